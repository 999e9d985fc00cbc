import { errorCodes, explanation, type Explanation } from '../../src/cli/explanation.ts';
import { generatedFrom } from './markdown.ts';

/** What the codes of a family are about, in the order of the page. */
const families: readonly (readonly [name: string, about: string])[] = [
  [
    'CONFIG',
    'Faults of a pipeline folder or of the deployment file. Each is given with file, line and column; `nightjar check` reports all of them.',
  ],
  ['SOURCE', 'Faults of a source, or of the way to it.'],
  ['WAREHOUSE', 'Faults of a warehouse, or of the way to it.'],
  [
    'CONTRACT',
    'The data break what a contract promises. A number of rows, and the first few keys, are named; other values never are.',
  ],
  ['GUARD', 'A judgement of a candidate generation against the published one.'],
  ['PUBLISH', 'Publication, going back, and what a consumer is told instead of data.'],
  ['NIGHT', 'What became of a run.'],
  ['USE', 'Wrong use of the command line.'],
  ['INTERNAL', 'The end of a run from outside, and our own faults.'],
];

/** `docs/reference/errors.md`. Throws where a code belongs to no family of the page. */
export function errorsPage(): string {
  const codes = errorCodes();
  const homeless = codes.filter((code) => !families.some(([name]) => isOf(code, name)));
  if (homeless.length > 0) throw new Error(`the page has no family for ${homeless.join(', ')}`);
  const lines = [
    ...generatedFrom('`src/error/`'),
    '# Errors',
    '',
    'Every error has a code, a class, a sentence with the names concerned, and what to do about it. `nightjar explain CODE`',
    'shows the same on the command line. No error holds a secret, or a row value but keys, and values of columns that a contract',
    'declares as `coded` or `distribution`, which no personal column can be: what a database says beside its code may',
    "quote a row, and stays in that database's own log.",
    '',
    'The class decides what is worth trying:',
    '',
    '| class | meaning |',
    '| --- | --- |',
    ...classes(codes.map((code) => explanation(code))),
    '',
    "Exit codes are on the page of the [command line](command-line.md). What a consumer's session is told, NJ001 to NJ009, is",
    'on the page for [consumers](../how-to/read-the-warehouse.md). The sentences below are examples.',
    ...families.flatMap(([name, about]) => [
      '',
      `## NJ-${name}`,
      '',
      about,
      ...codes.filter((code) => isOf(code, name)).flatMap((code) => section(explanation(code))),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function isOf(code: string, family: string): boolean {
  return code.startsWith(`NJ-${family}-`);
}

function classes(all: readonly Explanation[]): readonly string[] {
  const meanings = new Map(all.map((one) => [one.class, one.classMeaning]));
  return [...meanings].sort().map(([name, meaning]) => `| ${name} | ${meaning} |`);
}

function section({ code, class: kind, example, remedy }: Explanation): readonly string[] {
  return [
    '',
    `### ${code}`,
    '',
    ...example.split('\n').map((line) => `> ${line}`.trimEnd()),
    '',
    `Class: ${kind}. ${remedy}`,
  ];
}
