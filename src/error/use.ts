import { define } from './definition.ts';

export const useErrors = {
  'NJ-USE-ENVIRONMENT': define<{ wanted: string; known: string }>({
    class: 'source',
    sentence: (d) =>
      d.wanted === ''
        ? `The deployment file has several environments: ${d.known}.`
        : `There is no environment "${d.wanted}"; the deployment file has ${d.known}.`,
    remedy: 'Say which with --environment NAME (or -e NAME).',
  }),
  'NJ-USE-CONSUMER': define<{ wanted: string; known: string }>({
    class: 'source',
    sentence: (d) => `There is no consumer "${d.wanted}"; the environment has ${d.known}.`,
    remedy: 'Use one of those names.',
  }),
  'NJ-USE-DATASET': define<{ consumer: string; wanted: string; nearest: string | undefined; known: string }>({
    class: 'source',
    sentence: (d) =>
      `Consumer "${d.consumer}" may not read a dataset "${d.wanted}".` +
      (d.nearest === undefined ? ` It reads ${d.known}.` : ` Did you mean ${d.nearest}?`),
    remedy: 'Use one of its datasets, or grant it another in the deployment file.',
  }),
  'NJ-USE-NO-SAMPLES': define<object>({
    class: 'source',
    sentence: () =>
      'The sample TIS is not beside this program: it comes with a checkout, not with a release.',
    remedy: 'Run it from a checkout of the project.',
  }),
  'NJ-USE-NO-DEMO': define<object>({
    class: 'source',
    sentence: () => 'No demo is up here.',
    remedy: 'Start one with "npm run demo" in another terminal, wait for its screen, and try again.',
  }),
  'NJ-USE-VALUE': define<{ option: string; found: string; expected: string }>({
    class: 'source',
    sentence: (d) => `${d.option} is "${d.found}", but it must be ${d.expected}.`,
    remedy: 'Correct the command; --help shows examples.',
  }),
};
