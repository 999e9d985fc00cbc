import { define } from './definition.ts';

function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
}

export const useErrors = {
  'NJ-USE-ENVIRONMENT': define<{ wanted: string; known: string; nearest: string | undefined }>({
    class: 'source',
    example: { wanted: 'stagign', known: 'production, staging', nearest: 'staging' },
    sentence: (d) =>
      d.wanted === ''
        ? `The deployment file has several environments: ${d.known}.`
        : `There is no environment "${d.wanted}"; the deployment file has ${d.known}.${didYouMean(d.nearest)}`,
    remedy: 'Say which with --environment NAME (or -e NAME).',
  }),
  'NJ-USE-CONSUMER': define<{ wanted: string; known: string; nearest: string | undefined }>({
    class: 'source',
    example: { wanted: 'report', known: 'reports, till', nearest: 'reports' },
    sentence: (d) =>
      `There is no consumer "${d.wanted}"; the environment has ${d.known}.${didYouMean(d.nearest)}`,
    remedy: 'Use one of those names.',
  }),
  'NJ-USE-DATASET': define<{ consumer: string; wanted: string; nearest: string | undefined; known: string }>({
    class: 'source',
    example: { consumer: 'reports', wanted: 'boook', nearest: 'book', known: 'book, order_line' },
    sentence: (d) =>
      `Consumer "${d.consumer}" may not read a dataset "${d.wanted}".` +
      (d.nearest === undefined ? ` It reads ${d.known}.` : ` Did you mean ${d.nearest}?`),
    remedy: 'Use one of its datasets, or grant it another in the deployment file.',
  }),
  'NJ-USE-NO-SAMPLES': define<object>({
    class: 'source',
    example: {},
    sentence: () =>
      'The sample TIS is not beside this program: it comes with a checkout, not with a release.',
    remedy: 'Run it from a checkout of the project.',
  }),
  'NJ-USE-SAMPLE': define<{ sentence: string }>({
    class: 'source',
    example: { sentence: 'The database holds tables that no sample made.' },
    sentence: (d) => d.sentence,
    remedy: 'Correct the command; "nightjar sample --help" shows examples.',
  }),
  'NJ-USE-NO-DEMO': define<object>({
    class: 'source',
    example: {},
    sentence: () => 'No demo is up here.',
    remedy: 'Start one with "npm run demo" in another terminal, wait for its screen, and try again.',
  }),
  'NJ-USE-VALUE': define<{ option: string; found: string; expected: string }>({
    class: 'source',
    example: { option: '--to', found: 'something else', expected: 'mysql://user:password@host:port/prefix' },
    sentence: (d) => `${d.option} is "${d.found}", but it must be ${d.expected}.`,
    remedy: 'Correct the command; --help shows examples.',
  }),
};
