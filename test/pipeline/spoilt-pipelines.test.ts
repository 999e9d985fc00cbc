import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { isErrorCode } from '../../src/error/catalogue.ts';
import { FaultList } from '../../src/pipeline/fault-list.ts';
import type { FolderFiles } from '../../src/pipeline/read-folder.ts';
import { readPipelineFiles } from '../../src/pipeline/read-pipeline.ts';
import { loadParser } from '../../src/pipeline/sql/parse-sql.ts';
import { shop } from './shop.ts';

before(loadParser);

/** What a hand that slips, or means ill, may put anywhere. */
const scraps = [
  '',
  ' ',
  '\n',
  '\t',
  ':',
  ': ',
  '- ',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '#',
  '&a ',
  '*a',
  '!!x ',
  '<<: ',
  '|',
  '>',
  '---\n',
  '? ',
  '~',
  'null',
  '0',
  '-1',
  '1e9',
  'true',
  'é',
  '😀',
  '\uFEFF',
  '\0',
  '\u2028',
  ',',
  ';',
  '(',
  ')',
  '*',
  '.',
  '--',
  '/*',
  '$1',
  '$$',
  '::',
  '::text',
  '=',
  '<>',
  ' and ',
  ' or ',
  ' not ',
  ' select ',
  ' from ',
  ' where ',
  ' limit 1 ',
  ' order by 1 ',
  ' group by 1 ',
  ' distinct ',
  ' union all ',
  ' over () ',
  ' with x as (select 1) ',
  ' lateral ',
  ' using (id) ',
  ' exists (select 1) ',
  ' in (1, 2) ',
  ' any ',
  'now()',
  'sum(1)',
  'array_agg(1)',
  'case when true then 1 end',
  'key:',
  'columns:',
  'description: x\n',
  '__proto__',
  'constructor',
  'toString',
];

interface Slip {
  readonly file: number;
  readonly at: number;
  readonly cut: number;
  readonly put: string;
}

const slip: fc.Arbitrary<Slip> = fc.record({
  file: fc.nat(1000),
  at: fc.nat(10_000),
  cut: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(400)),
  put: fc.oneof(fc.constantFrom(...scraps), fc.string({ unit: 'binary', maxLength: 4 })),
});

function spoil(files: ReadonlyMap<string, string>, slips: readonly Slip[]): FolderFiles {
  const texts = new Map(files);
  const names = [...texts.keys()];
  for (const { file, at, cut, put } of slips) {
    const name = names[file % names.length] ?? '';
    const text = texts.get(name) ?? '';
    const start = at % (text.length + 1);
    texts.set(name, text.slice(0, start) + put + text.slice(start + cut));
  }
  return { files: new Map([...texts].map(([name, text]) => [name, Buffer.from(text)])), digest: '' };
}

function check(files: ReadonlyMap<string, string>, slips: readonly Slip[]): void {
  const found = spoil(files, slips);
  const { pipeline, faults } = readPipelineFiles('pipeline', found, new FaultList());
  assert.equal(pipeline === undefined, faults.length > 0);
  for (const fault of faults) {
    assert.ok(isErrorCode(fault.code) && fault.code.startsWith('NJ-CONFIG-'), fault.code);
    assert.ok(
      fault.position !== undefined && fault.position.line >= 1 && fault.position.column >= 1,
      fault.message,
    );
    assert.ok(!fault.message.includes('undefined') && !fault.message.includes('[object'), fault.message);
    const path = fault.position.file.slice('pipeline/'.length);
    const text = Buffer.from(found.files.get(path) ?? []).toString();
    assert.ok(
      fault.position.line <= text.split('\n').length,
      `${fault.message} in line ${fault.position.line} of ${path}`,
    );
  }
}

test('a spoilt shop ends in faults with places, never in an exception', () => {
  const files = new Map(Object.entries(shop));
  fc.assert(
    fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), (slips) => check(files, slips)),
    { numRuns: 400 },
  );
});

test('spoilt datasets of the real pipeline end in faults with places, never in an exception', async () => {
  const folder = join(import.meta.dirname, '..', '..', 'pipelines', 'tis-ndw');
  const paths = await readdir(folder, { recursive: true });
  const files = new Map<string, string>();
  for (const path of paths.filter((name) => /\.(yaml|sql|csv)$/.test(name)))
    files.set(path, await readFile(join(folder, path), 'utf8'));
  fc.assert(
    fc.property(fc.array(slip, { minLength: 20, maxLength: 60 }), (slips) => check(files, slips)),
    { numRuns: 8 },
  );
});

test('files that are nested too deeply are faults', () => {
  const deep: readonly (readonly [string, string])[] = [
    ['datasets/customer.sql', `select ${'('.repeat(3000)}1${')'.repeat(3000)} as customer_id`],
    ['datasets/customer.sql', `select ${'('.repeat(30_000)}1${')'.repeat(30_000)} as customer_id`],
    ['datasets/customer.sql', `select 1${'+1'.repeat(30_000)} as customer_id`],
    ['datasets/customer.sql', `select 1${'+1'.repeat(3000)} as customer_id`],
    [
      'datasets/customer.sql',
      `select 1 as customer_id where ${'exists (select 1 where '.repeat(200)}true${')'.repeat(200)}`,
    ],
    [
      'datasets/customer.sql',
      `select ${'(select '.repeat(60)}1${' as a limit 1)'.repeat(60)} as customer_id`,
    ],
    ['datasets/customer.yaml', `description: ${'['.repeat(20_000)}`],
    ['datasets/customer.yaml', `description: ${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['sources/shop.yaml', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
  ];
  for (const [path, text] of deep) {
    const files = new Map<string, Uint8Array>(
      Object.entries({ ...shop, [path]: text }).map(([name, content]) => [name, Buffer.from(content)]),
    );
    const { faults } = readPipelineFiles('pipeline', { files, digest: '' }, new FaultList());
    assert.ok(faults.length > 0, path);
  }
});
