import { define } from './definition.ts';

export const nightErrors = {
  'NJ-NIGHT-STOPPED': define<{
    run: number;
    night: string;
    stage: string;
    reason: string;
    /** What consumers read now, and what is left of the run: whole sentences. */
    state: string;
  }>({
    class: 'transient',
    example: {
      run: 42,
      night: '2026-11-20',
      stage: 'extract',
      reason: 'SIGINT was received',
      state:
        'What consumers read is untouched: generation 41 of night 2026-11-19. Its raw tables and its candidate are removed.',
    },
    sentence: (d) => `Run ${d.run} of night ${d.night} was stopped in ${d.stage}: ${d.reason}. ${d.state}`,
    remedy: 'Run again when you are ready.',
  }),
  'NJ-NIGHT-FAULTS-UNLISTED': define<{ environment: string; generation: number; run: number }>({
    class: 'transient',
    example: { environment: 'production', generation: 43, run: 57 },
    sentence: (d) =>
      `The list of faults of generation ${d.generation} of "${d.environment}" is not complete: it is written after the publication, and run ${d.run} has not come to the end of that. Rows with a fault may be missing from it, all of them too.`,
    remedy:
      'While that run is at work, wait for its end: "nightjar status" says. Where it was broken off, run again: each publication writes a list of its own.',
  }),
  'NJ-NIGHT-DISAPPEARED': define<{ run: number }>({
    class: 'transient',
    example: { run: 41 },
    sentence: (d) => `Run ${d.run} ended without a word: its process was killed, or its machine went away.`,
    remedy:
      'The next run has cleaned up after it. Nothing of it was published: a run that died after its publication is written down as published.',
  }),
};
