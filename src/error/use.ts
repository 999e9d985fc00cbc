import { define } from './definition.ts';

function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
}

/** `a, b or c` */
function anyOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names);
}

export const useErrors = {
  'NJ-USE-ENVIRONMENT': define<{ wanted: string; known: string; nearest: string | undefined }>({
    class: 'use',
    example: { wanted: 'stagign', known: 'production, staging', nearest: 'staging' },
    sentence: (d) =>
      d.wanted === ''
        ? `The deployment file has several environments: ${d.known}.`
        : `There is no environment "${d.wanted}"; the deployment file has ${d.known}.${didYouMean(d.nearest)}`,
    remedy: 'Say which with --environment NAME (or -e NAME), or in NIGHTJAR_ENVIRONMENT.',
  }),
  'NJ-USE-CONSUMER': define<{ wanted: string; known: string; nearest: string | undefined }>({
    class: 'use',
    example: { wanted: 'report', known: 'reports, till', nearest: 'reports' },
    sentence: (d) =>
      `There is no consumer "${d.wanted}"; the environment has ${d.known || 'none'}.${didYouMean(d.nearest)}`,
    remedy: 'Use one of those names.',
  }),
  'NJ-USE-DATASET': define<{ consumer: string; wanted: string; nearest: string | undefined; known: string }>({
    class: 'use',
    example: { consumer: 'reports', wanted: 'boook', nearest: 'book', known: 'book, order_line' },
    sentence: (d) =>
      `Consumer "${d.consumer}" may not read a dataset "${d.wanted}".` +
      (d.nearest === undefined ? ` It reads ${d.known || 'none'}.` : didYouMean(d.nearest)),
    remedy: 'Use one of its datasets, or grant it another in the deployment file.',
  }),
  'NJ-USE-UNKNOWN': define<{ what: string; wanted: string; nearest: readonly string[]; known: string }>({
    class: 'use',
    example: { what: 'dataset', wanted: 'boook', nearest: ['book'], known: 'book, order_line' },
    sentence: (d) =>
      `There is no ${d.what} "${d.wanted}".` +
      (d.nearest.length === 0 ? ` Known: ${d.known}.` : didYouMean(anyOf(d.nearest))),
    remedy: 'Correct the name; --help shows examples.',
  }),
  'NJ-USE-NO-SAMPLES': define<object>({
    class: 'use',
    example: {},
    sentence: () =>
      'The sample TIS is not beside this program: it comes with a checkout, not with a release.',
    remedy: 'Run it from a checkout of the project.',
  }),
  'NJ-USE-SAMPLE': define<{ sentence: string }>({
    class: 'use',
    example: { sentence: 'The database holds tables that no sample made.' },
    sentence: (d) => d.sentence,
    remedy: 'Correct the command; "nightjar sample --help" shows examples.',
  }),
  'NJ-USE-NO-DEMO': define<object>({
    class: 'use',
    example: {},
    sentence: () => 'No demo is up here.',
    remedy: 'Start one with "npm run demo" in another terminal, wait for its screen, and try again.',
  }),
  'NJ-USE-DEMO-UP': define<{ folder: string }>({
    class: 'use',
    example: { folder: '.nightjar/demo' },
    sentence: (d) => `A demo is up, and its data (${d.folder}) are in use.`,
    remedy: 'End it with Ctrl-C in its terminal, and try again.',
  }),
  'NJ-USE-VALUE': define<{ option: string; found: string | undefined; expected: string }>({
    class: 'use',
    example: { option: '--dataset', found: 'boook', expected: 'a dataset, such as book' },
    sentence: (d) =>
      `${d.option} must be ${d.expected}${d.found === undefined ? '' : `, and is "${d.found}"`}.`,
    remedy: 'Correct the command; --help shows examples.',
  }),
  'NJ-USE-FAULT': define<{ wanted: string; known: string; nearest: string | undefined }>({
    class: 'use',
    example: { wanted: 'empty-tabel', known: 'empty-table, drop-table', nearest: 'empty-table' },
    sentence: (d) =>
      `There is no harm "${d.wanted}"` +
      (d.nearest === undefined ? `; there are ${d.known}.` : `.${didYouMean(d.nearest)}`),
    remedy: 'Without a name, "nightjar sample hurt" and "nightjar demo hurt" list them with what they do.',
  }),
  'NJ-USE-COMMAND': define<{ sentence: string }>({
    class: 'use',
    example: { sentence: "Unknown command 'runn' (Did you mean run?)." },
    sentence: (d) => d.sentence,
    remedy: '"nightjar --help" lists the commands, "nightjar COMMAND --help" shows what one takes.',
  }),
};
