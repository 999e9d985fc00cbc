import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findDifferences } from '../../src/audit/reconciliation/find-differences.ts';
import { inPostgres, temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { declareTable } from './declare.ts';
import { postgresSource } from './postgres-source.ts';
import { newSeed, RawTables } from './raw-tables.ts';

/** One column type, and texts of values that it takes. */
interface Subject {
  readonly type: string;
  readonly values: fc.Arbitrary<string>;
  /** SQL whose text must arrive, of `v`; its own unless said. */
  readonly reference?: string;
}

const integers = (min: bigint, max: bigint): fc.Arbitrary<string> =>
  fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max, 0n, min + 1n, max - 1n)).map(String);

const digits = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom('0', '0', '1', '9'), maxLength, size: 'max' })
    .map((some) => (some === '' ? '0' : some));

const decimals = (whole: number, scale: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom('', '-'), digits(whole), digits(scale))
    .map(([sign, before, behind]) => `${sign}${before}.${behind}`);

const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ unit: 'binary', maxLength, size: 'max' }),
      fc.constantFrom('', ' ', "'", '\\', '\\N', '\t\n\r', '\u{10ffff}', '\uFEFF', 'a\u0301'),
    )
    .filter((value) => !value.includes('\0') && Array.from(value).length <= maxLength);

const two = (value: number): string => String(value).padStart(2, '0');

/** To the ends of what the type holds. */
const dates = fc.oneof(
  fc
    .tuple(
      fc.integer({ min: 1, max: 294_275 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(([year, month, day]) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`),
  fc.constantFrom('4713-01-01 BC', '0001-12-31 BC', '1900-02-28', '2000-02-29', 'infinity', '-infinity'),
);

const times = fc
  .tuple(
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 59 }),
    fc.integer({ min: 0, max: 59 }),
    fc.integer({ min: 0, max: 999_999 }),
  )
  .map(
    ([hour, minute, second, rest]) =>
      `${two(hour)}:${two(minute)}:${two(second)}.${String(rest).padStart(6, '0')}`,
  );

const instants = fc
  .tuple(dates, times)
  .map(([date, time]) =>
    date.includes('infinity')
      ? date
      : `${date.replace(' BC', '')} ${time}${date.includes('BC') ? ' BC' : ''}`,
  );

const intervals = fc
  .tuple(
    fc.integer({ min: -2_000_000, max: 2_000_000 }),
    fc.integer({ min: -2_000_000, max: 2_000_000 }),
    fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
  )
  .map(([months, days, microseconds]) => `${months} mons ${days} days ${microseconds} microseconds`);

const bytes = fc.uint8Array({ maxLength: 300 }).map((value) => `\\x${Buffer.from(value).toString('hex')}`);

const subjects: readonly Subject[] = [
  { type: 'int2', values: integers(-(2n ** 15n), 2n ** 15n - 1n) },
  { type: 'int4', values: integers(-(2n ** 31n), 2n ** 31n - 1n) },
  { type: 'int8', values: integers(-(2n ** 63n), 2n ** 63n - 1n) },
  { type: 'oid', values: integers(0n, 2n ** 32n - 1n) },
  { type: 'numeric', values: fc.oneof(decimals(200, 100), fc.constantFrom('NaN', 'Infinity', '-Infinity')) },
  { type: 'numeric(20,7)', values: decimals(13, 7) },
  { type: 'numeric(5,5)', values: decimals(0, 5) },
  { type: 'money', values: decimals(15, 2), reference: 'v::numeric::numeric(19,2)' },
  { type: 'float4', values: fc.float().map(String) },
  {
    type: 'float8',
    values: fc.oneof(fc.double(), fc.constantFrom(-0, 5e-324, 2 ** 53, 1e22, 1e23)).map(String),
  },
  { type: 'bool', values: fc.boolean().map(String) },
  { type: 'date', values: dates },
  { type: 'time', values: times, reference: 'v::interval' },
  { type: 'time(2)', values: times, reference: 'v::interval' },
  { type: 'timetz', values: times.map((value) => `${value}+05:30`) },
  { type: 'timestamp', values: instants },
  { type: 'timestamp(3)', values: instants },
  { type: 'timestamptz', values: instants, reference: "v at time zone 'UTC'" },
  { type: 'interval', values: intervals },
  { type: 'text', values: text(400) },
  { type: 'varchar(40)', values: text(40) },
  { type: 'char(40)', values: text(40) },
  { type: 'bytea', values: bytes },
  { type: 'uuid', values: fc.uuid() },
  { type: 'json', values: fc.json() },
  { type: 'jsonb', values: fc.json().filter((value) => !value.includes('\\u0000')) },
  { type: 'inet', values: fc.oneof(fc.ipV4(), fc.ipV6()) },
  { type: 'varbit', values: fc.string({ unit: fc.constantFrom('0', '1'), maxLength: 80 }) },
  {
    type: 'int8[]',
    values: fc.array(integers(-(2n ** 63n), 2n ** 63n - 1n)).map((all) => `{${all.join()}}`),
  },
  {
    type: 'numrange',
    values: fc.tuple(fc.integer(), fc.nat()).map(([low, more]) => `[${low},${low + more}]`),
  },
];

const rowsEach = 60;

for (const sourceMajor of [15, 18] as const) {
  const targetMajor = sourceMajor === 15 ? 18 : 15;
  test(`whatever a column of PostgreSQL ${sourceMajor} holds arrives in ${targetMajor}, and its checksums are those of the copy`, async () => {
    const seed = newSeed();
    await using from = await temporaryPostgresDatabase(await testPostgres(sourceMajor));
    await using to = await temporaryPostgresDatabase(await testPostgres(targetMajor));
    await using raw = await RawTables.in(to);
    const columns = subjects.map(({ type, values }) => ({
      type,
      texts: [null, ...fc.sample(values, { numRuns: rowsEach, seed })],
    }));
    await inPostgres(from, async (client) => {
      await client.query(
        `create table t (id int, ${columns.map(({ type }, at) => `v${at} ${type}`).join(', ')})`,
      );
      const casts = columns.map(({ type }, at) => `$${at + 1}::text::${type}`);
      for (let row = 0; row <= rowsEach; row++)
        await client.query(
          `insert into t select ${row}, ${casts.join(', ')}`,
          columns.map(({ texts }) => texts[row]),
        );
    });
    const source = postgresSource(from);
    const table = await declareTable(source, 'public', 't', { key: ['c0'] });
    await raw.read(source, [table], {
      onRead: async (read, checksums) => {
        await findDifferences(checksums, raw.checksums(read), ({ columns: found }) => {
          const types = found.map((index) => subjects[index - 1]?.type ?? 'id').join();
          assert.fail(`the two servers' checksums differ in ${types} (seed ${seed})`);
        });
      },
    });
    for (const [at, { type, reference = 'v' }] of subjects.entries()) {
      const wanted = await inPostgres(from, async (client) => {
        await client.query("set timezone = 'UTC'; set intervalstyle = iso_8601; set extra_float_digits = 1");
        const sql = `select (${reference})::text from (select id, v${at} as v from t) t order by id`;
        return (await client.query<[string | null]>({ text: sql, rowMode: 'array' })).rows;
      });
      const found = await raw.rows(`select c${at + 1}::text from raw_0 order by c0`);
      assert.deepEqual(found, wanted, `${type} (seed ${seed})`);
    }
  });
}
