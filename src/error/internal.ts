import { define } from './definition.ts';

export const internalErrors = {
  'NJ-INTERNAL-ABORTED': define<{ what: string; reason: string }>({
    class: 'transient',
    example: { what: 'The reading of shop.book', reason: 'SIGINT was received' },
    sentence: (d) => `${d.what} was stopped: ${d.reason}.`,
    remedy: 'Start it again when you are ready; what it had completed by then stays.',
  }),
  'NJ-INTERNAL-UNEXPECTED': define<{ during: string; kind: string }>({
    class: 'bug',
    example: { during: 'the command', kind: 'TypeError' },
    sentence: (d) => `Something that should not happen did, during ${d.during} (${d.kind}).`,
    remedy:
      'Report it, with the lines of ours that are named and the number of the run if it was one. What consumers read now, "nightjar status" says.',
  }),
};
