import { define } from './definition.ts';

export const internalErrors = {
  'NJ-INTERNAL-ABORTED': define<{ what: string; reason: string }>({
    class: 'transient',
    example: { what: 'The reading of shop.book', reason: 'SIGINT was received' },
    sentence: (d) => `${d.what} was stopped: ${d.reason}.`,
    remedy: 'Nothing was published by it. Start it again when you are ready.',
  }),
  'NJ-INTERNAL-UNEXPECTED': define<{ during: string; kind: string }>({
    class: 'bug',
    example: { during: 'the run', kind: 'TypeError' },
    sentence: (d) => `Something that should not happen did, during ${d.during} (${d.kind}).`,
    remedy:
      'The published generation is untouched. Report it with the run number; set NIGHTJAR_DEBUG=1 to see where it came from.',
  }),
};
