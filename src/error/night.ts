import { define } from './definition.ts';

export const nightErrors = {
  'NJ-NIGHT-DISAPPEARED': define<{ run: number }>({
    class: 'transient',
    example: { run: 41 },
    sentence: (d) => `Run ${d.run} ended without a word: its process was killed, or its machine went away.`,
    remedy: 'The next run has cleaned up after it. Nothing of it was published.',
  }),
};
