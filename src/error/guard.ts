import { define } from './definition.ts';

/** How many of what failed a message spells out. */
const spelt = 5;

/** The first few in full, of the others the names: all of a bad night would fill a screen and hide its cause. */
function failedSentences(failed: readonly { readonly name: string; readonly sentence: string }[]): string {
  const lines = failed.slice(0, spelt).map((one) => `[${one.name}] ${one.sentence}`);
  const rest = failed.slice(spelt).map((one) => one.name);
  const others = rest.length === 0 ? [] : [`And ${rest.length} more: ${rest.join(', ')}.`];
  return failed.length === 1
    ? lines.join('')
    : [`${failed.length} judgements failed:`, ...lines, ...others].join('\n    ');
}

export const guardErrors = {
  'NJ-GUARD-HELD': define<{
    generation: number;
    failed: readonly { readonly name: string; readonly sentence: string }[];
  }>({
    class: 'guard',
    example: {
      generation: 43,
      failed: [
        {
          name: 'empty:order_line',
          sentence:
            'order_line has no row tonight, and 1,200 rows are published: a table was probably emptied, or being refilled, as we read.',
        },
      ],
    },
    sentence: (d) =>
      `Nothing was published: the guards held generation ${d.generation}. ${failedSentences(d.failed)}`,
    remedy:
      'See each with its keys and its SQL: "nightjar hold show -e ENVIRONMENT". Where the source is at fault, mend it and run again; where all is as it should be, "nightjar hold approve" publishes this candidate.',
  }),
  'NJ-GUARD-REHEARSED': define<{ failed: readonly { readonly name: string; readonly sentence: string }[] }>({
    class: 'guard',
    example: {
      failed: [
        {
          name: 'empty:order_line',
          sentence:
            'order_line has no row tonight, and 1,200 rows are published: a table was probably emptied, or being refilled, as we read.',
        },
      ],
    },
    sentence: (d) =>
      `The guards would have held this candidate, which was not to be published (--dry-run) and is gone. ${failedSentences(d.failed)}`,
    remedy: 'Without --dry-run the candidate is kept: "nightjar hold show" then shows it.',
  }),
  'NJ-GUARD-NOTHING-HELD': define<{ environment: string }>({
    class: 'guard',
    example: { environment: 'production' },
    sentence: (d) => `No candidate of ${d.environment} is held.`,
    remedy: '"nightjar status" says what is published and how the latest runs ended.',
  }),
  'NJ-GUARD-VOID': define<{ generation: number; against: string; published: string }>({
    class: 'guard',
    example: { generation: 43, against: 'generation 41', published: 'generation 42' },
    sentence: (d) =>
      d.published === d.against
        ? `Generation ${d.generation} was judged against ${d.against}, which is published, but something else was meanwhile: an approval does not outlive that.`
        : `Generation ${d.generation} was judged against ${d.against}, and ${d.published} is published by now: its judgements say nothing about it.`,
    remedy: 'Run again: the new candidate is judged against what is published.',
  }),
  'NJ-GUARD-NIGHT-OVER': define<{ generation: number; judged: string; today: string }>({
    class: 'guard',
    example: { generation: 43, judged: '2026-11-20', today: '2026-11-21' },
    sentence: (d) =>
      `Generation ${d.generation} was judged on ${d.judged}, and today is ${d.today}: an approval holds for the day of the judgement only.`,
    remedy: 'Run again: the new candidate shows what the sources hold now.',
  }),
  'NJ-GUARD-OTHER-RELEASE': define<{ generation: number; built: string; here: string }>({
    class: 'guard',
    example: { generation: 43, built: '0.1.0+3f2a', here: '0.1.0+99c1' },
    sentence: (d) =>
      `Generation ${d.generation} was built by release ${d.built}, and this is ${d.here}: its tables may not be what these files describe.`,
    remedy: 'Approve with the release that built it, or run again with this one.',
  }),
  'NJ-GUARD-TOKEN': define<{ what: string; found: string }>({
    class: 'guard',
    example: { what: 'An approval', found: 'no token was given' },
    sentence: (d) => `${d.what} carries the name of whoever makes it, and ${d.found}.`,
    remedy:
      'Put your personal token into the environment variable NIGHTJAR_TOKEN, or its file into NIGHTJAR_TOKEN_FILE. "nightjar hold token" makes one; its digest goes under "people" in the deployment file.',
  }),
  'NJ-GUARD-TOKEN-UNKNOWN': define<{ what: string; environment: string }>({
    class: 'guard',
    example: { what: 'An approval', environment: 'production' },
    sentence: (d) =>
      `${d.what} carries the name of whoever makes it, and no person under "people" of ${d.environment} has the token that was given.`,
    remedy:
      'Give the token whose digest stands there, in the file and the environment that are meant. Or let "nightjar hold token" make another, and put its digest there: docs/reference/deployment-file.md has the lines.',
  }),
  'NJ-GUARD-NO-PEOPLE': define<{ what: string; environment: string }>({
    class: 'guard',
    example: { what: 'An approval', environment: 'production' },
    sentence: (d) =>
      `${d.what} carries the name of whoever makes it, and the deployment file has no "people" for ${d.environment}: nobody may.`,
    remedy:
      'Let "nightjar hold token" make a token, and put its digest under "people" of that environment: docs/reference/deployment-file.md has the lines.',
  }),
};
