import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runNightjar } from '../harness/command.ts';
import { shopFiles, writeMarkedShop, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, shopDeployment } from '../harness/shop-deployment.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

interface Subject {
  readonly type: string;
  /** SQL of its value in the first row and in the second. */
  readonly values: readonly [string, string];
  /** What is shown of them. */
  readonly shown: readonly [string, string];
  /** What --json says of them; absent: what is shown. */
  readonly json?: readonly [unknown, unknown];
}

/** Each type that a contract can have. */
const subjects: readonly Subject[] = [
  { type: 'smallint', values: ['-7', '32767'], shown: ['-7', '32767'], json: [-7, 32767] },
  { type: 'integer', values: ['-7', '2147483647'], shown: ['-7', '2147483647'], json: [-7, 2147483647] },
  {
    type: 'bigint',
    values: ['-7', '9223372036854775807'],
    shown: ['-7', '9223372036854775807'],
    json: [-7, '9223372036854775807'],
  },
  { type: 'numeric(6,2)', values: ['1.5', "'NaN'"], shown: ['1.50', 'NaN'] },
  { type: 'real', values: ['0.8', "'-Infinity'"], shown: ['0.8', '-Infinity'], json: [0.8, '-Infinity'] },
  { type: 'double precision', values: ['0.1', "'NaN'"], shown: ['0.1', 'NaN'], json: [0.1, 'NaN'] },
  { type: 'boolean', values: ['true', 'null'], shown: ['true', '∅'], json: [true, null] },
  { type: 'date', values: ["'2024-02-29'", "'infinity'"], shown: ['2024-02-29', 'infinity'] },
  {
    type: 'timestamp(3)',
    values: ["'2024-02-29 12:00:00.5'", "'-infinity'"],
    shown: ['2024-02-29 12:00:00.5', '-infinity'],
  },
  {
    type: 'interval',
    values: ["'-838:59:59.5'", "'1 mon -3 days 04:05:06.7'"],
    shown: ['-838:59:59.5', '1 mon -3 days +04:05:06.7'],
  },
  {
    type: 'text',
    values: ["chr(27) || '[2Jé' || chr(10) || 'b' || chr(155)", "'é€😀'"],
    shown: ['\\u001b[2Jé\\nb\\u009b', 'é€😀'],
    json: ['\u001b[2Jé\nb\u009b', 'é€😀'],
  },
  {
    type: 'varchar(40)',
    values: ["repeat('😀', 30)", "'a' || chr(9) || 'b'"],
    shown: [`${'😀'.repeat(27)}…`, 'a\\tb'],
    json: ['😀'.repeat(30), 'a\tb'],
  },
  { type: 'bytea', values: ["'\\x00ff80'", "''"], shown: ['\\x00ff80', '\\x'] },
];

const cast = (value: string, type: string): string => `(${value})::${type}`;
const columns = subjects.map((subject, index) => ({ ...subject, name: `c${index}` }));
const files: ShopFiles = {
  'datasets/secret.sql': `select s.id as secret_id, ${columns
    .map(
      ({ type, values: [one, two], name }) =>
        `case s.id when 1 then ${cast(one, type)} else ${cast(two, type)} end as ${name}`,
    )
    .join(', ')} from shop_secret s where s.id <= 2\n`,
  'datasets/secret.yaml': shopFiles['datasets/secret.yaml'].replace(
    /  marker: .*\n/,
    columns
      .map(
        ({ name, type }) => `  ${name}: { type: "${type}", from: shop.secret.id, description: A value. }\n`,
      )
      .join(''),
  ),
};

test('a value of every type is shown as PostgreSQL prints it, on one line, and as JSON without a loss', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const file = join(place.path, 'nightjar.yaml');
  await writeFile(file, shopDeployment(undefined, shop));
  await writeMarkedShop(join(place.path, 'shop'), files);
  await shop.publish('n1', { files });
  const read = async (...more: readonly string[]): Promise<readonly string[]> => {
    const args = ['read', 'insider', 'secret', '--file', file, ...more];
    const { code, lines, output } = await runNightjar(args, commandVariables(shop));
    assert.equal(code, 0, output);
    return lines;
  };
  const cells = (await read()).filter((line) => line.startsWith('  '));
  assert.deepEqual(
    cells.map((line) => line.trim().split(/ {2,}/)),
    [0, 1].flatMap((row) => [
      ['secret_id', String(row + 1)],
      ...columns.map(({ name, shown }) => [name, String(shown[row])]),
    ]),
  );
  const [told = ''] = await read('--json');
  assert.partialDeepStrictEqual(JSON.parse(told), {
    rows: [0, 1].map((row) => ({
      secret_id: row + 1,
      ...Object.fromEntries(columns.map(({ name, shown, json }) => [name, (json ?? shown)[row]])),
    })),
  });
});
