import assert from 'node:assert/strict';
import { test } from 'node:test';
import type pg from 'pg';
import { findDifferences } from '../../src/audit/reconciliation/find-differences.ts';
import type { DeclaredType } from '../../src/pipeline/declared-type.ts';
import { inPostgres, temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { declareTable } from './declare.ts';
import { postgresSource } from './postgres-source.ts';
import { RawTables } from './raw-tables.ts';

/** Type, what is declared for it, and values with what arrives, as text. */
const subjects: readonly (readonly [
  type: string,
  declared: string,
  values: Readonly<Record<string, string>>,
])[] = [
  ['int2', 'smallint', { '-32768': '-32768' }],
  ['int4', 'integer', { '2147483647': '2147483647' }],
  ['int8', 'bigint', { '-9223372036854775808': '-9223372036854775808' }],
  ['oid', 'bigint', { '4294967295': '4294967295' }],
  [
    'numeric',
    'numeric',
    { NaN: 'NaN', Infinity: 'Infinity', '-1.50': '-1.50', '1e-20': '0.00000000000000000001' },
  ],
  ['numeric(10,2)', 'numeric(10,2)', { '12345678.90': '12345678.90' }],
  ['numeric(2,-3)', 'numeric', { '12345': '12000' }],
  ['money', 'numeric(19,2)', { '-12.34': '-12.34' }],
  ['float4', 'real', { '0.8': '0.8', NaN: 'NaN', '-Infinity': '-Infinity', '-0': '-0' }],
  ['float8', 'double', { '0.1': '0.1', '5e-324': '5e-324', NaN: 'NaN' }],
  ['bool', 'boolean', { true: 't', false: 'f' }],
  ['date', 'date', { '2024-02-29': '2024-02-29', infinity: 'infinity', '0044-03-15 BC': '0044-03-15 BC' }],
  ['time', 'interval', { '23:59:59.999999': '23:59:59.999999', '24:00': '24:00:00' }],
  ['timetz', 'text', { '12:00+02': '12:00:00+02' }],
  [
    'timestamp(3)',
    'timestamp(3)',
    { '2024-02-29 12:00:00.5': '2024-02-29 12:00:00.5', '-infinity': '-infinity' },
  ],
  [
    'timestamptz',
    'timestamp(6)',
    {
      '2024-07-01 12:00:00+01': '2024-07-01 11:00:00',
      '1847-11-30 23:58:45-00:01:15': '1847-12-01 00:00:00',
    },
  ],
  [
    'interval',
    'interval',
    {
      '1 mon -3 days 04:05:06.7': '1 mon -3 days +04:05:06.7',
      '-14 mons 5 days -838:59:59.000001': '-1 years -2 mons +5 days -838:59:59.000001',
      '-178000000 years -00:00:00.5': '-178000000 years -00:00:00.5',
    },
  ],
  ['text', 'text', { 'é€😀': 'é€😀', '': '' }],
  ['varchar(5)', 'varchar(5)', { 'ab ': 'ab ' }],
  ['varchar', 'text', { x: 'x' }],
  ['char(5)', 'varchar(5)', { ab: 'ab' }],
  ['"char"', 'text', { c: 'c' }],
  ['name', 'text', { n: 'n' }],
  ['bytea', 'bytes', { '\\x00ff80': '\\x00ff80', '': '\\x' }],
  ['uuid', 'text', { 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11': 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' }],
  ['json', 'text', { '{"b": 1,  "a":[1]}': '{"b": 1,  "a":[1]}' }],
  ['jsonb', 'text', { '{"b":1}': '{"b": 1}' }],
  ['jsonpath', 'text', { '$.a': '$."a"' }],
  ['xml', 'text', { '<a/>': '<a/>' }],
  ['inet', 'text', { '10.0.0.1/8': '10.0.0.1/8' }],
  ['cidr', 'text', { '10.0.0.0/8': '10.0.0.0/8' }],
  ['macaddr', 'text', { '08:00:2b:01:02:03': '08:00:2b:01:02:03' }],
  ['bit(3)', 'text', { '101': '101' }],
  ['varbit', 'text', { '10101': '10101' }],
  ['point', 'text', { '(1,2)': '(1,2)' }],
  ['polygon', 'text', { '((0,0),(1,1))': '((0,0),(1,1))' }],
  ['tsvector', 'text', { 'a b': "'a' 'b'" }],
  ['int4range', 'text', { '[1,3]': '[1,4)' }],
  ['int4multirange', 'text', { '{[1,2]}': '{[1,3)}' }],
  ['int[]', 'text', { '{1,NULL,3}': '{1,NULL,3}' }],
  ['float8[]', 'text', { '{0.3333333333333333}': '{0.3333333333333333}' }],
  ['bytea[]', 'text', { '{"\\\\x00"}': '{"\\\\x00"}' }],
  ['timestamptz[]', 'text', { '{2024-07-01 12:00+01}': '{"2024-07-01 11:00:00+00"}' }],
  ['interval[]', 'text', { '{1 mon}': '{"1 mon"}' }],
  ['mood', 'text', { 'so so': 'so so' }],
  ['pair', 'text', { '(1,"x y")': '(1,"x y")' }],
  ['postcode', 'varchar(8)', { 'AB1 2CD': 'AB1 2CD' }],
  ['price', 'numeric(6,2)', { '1.5': '1.50' }],
  ['pg_lsn', 'text', { '16/B374D848': '16/B374D848' }],
  ['regclass', 'text', { pg_class: 'pg_class' }],
  ['xid', 'text', { '7': '7' }],
];

const types = `
  create type mood as enum ('so so', 'good'); create type pair as (a int, b text);
  create domain code as varchar(8); create domain postcode as code default ''; create domain price as numeric(6,2)`;

for (const sourceMajor of [15, 18] as const) {
  const targetMajor = sourceMajor === 15 ? 18 : 15;
  test(`every type of PostgreSQL ${sourceMajor} arrives in ${targetMajor}`, async (t) => {
    await using from = await temporaryPostgresDatabase(await testPostgres(sourceMajor));
    await using to = await temporaryPostgresDatabase(await testPostgres(targetMajor));
    await using raw = await RawTables.in(to);
    await inPostgres(from, async (client) => {
      // The database's own defaults must not matter.
      await client.query(
        `alter database ${from.database} set timezone = 'Asia/Kathmandu';
         alter database ${from.database} set datestyle = 'German'; alter database ${from.database} set intervalstyle = iso_8601;
         alter database ${from.database} set extra_float_digits = 0; alter database ${from.database} set bytea_output = escape`,
      );
      await client.query(types);
    });
    await inPostgres(from, (client) => fill(client));
    const source = postgresSource(from);
    const table = await declareTable(source, 'public', 't', { key: ['c0'] });
    await raw.read(source, [table], {
      onRead: async (read, checksums) => {
        const { leftRows } = await findDifferences(checksums, raw.checksums(read), (difference) => {
          const columns = difference.columns.map((index) => subjects[index - 1]?.[0] ?? 'id').join();
          assert.fail(`the two servers' checksums differ: ${difference.kind} in ${columns}`);
        });
        assert(leftRows > 0);
      },
    });
    await raw.client.query('set intervalstyle = postgres');
    for (const [index, [type, declared, values]] of subjects.entries()) {
      await t.test(`${type} as ${declared}`, async () => {
        assert.equal(table.declared.columns[index + 1]?.type.text, declared);
        const wanted = Object.values(values);
        const rows = await raw.rows(`select c${index + 1} from raw_0 order by c0 limit ${wanted.length}`);
        assert.deepEqual(
          rows.map(([value]) => value),
          wanted,
        );
      });
    }
  });
}

/** One table with a column of each type; its rows go down the values of all, and are null below. */
async function fill(client: pg.Client): Promise<void> {
  const columns = subjects.map(([type], index) => `v${index} ${type}`);
  await client.query(`create table t (id int, ${columns.join(', ')})`);
  const height = Math.max(...subjects.map(([, , values]) => Object.keys(values).length));
  for (let row = 0; row < height; row++) {
    const cells = subjects.map(([, , values]) => Object.keys(values)[row] ?? null);
    const casts = subjects.map(([type], index) => `$${index + 1}::text::${type}`);
    await client.query(`insert into t select ${row}, ${casts.join(', ')}`, cells);
  }
}

test('no type of the catalogue is left out', async () => {
  await using database = await temporaryPostgresDatabase(await testPostgres(18));
  await using raw = await RawTables.in(database);
  const { rows } = await raw.client.query<{ name: string }>(
    `select format_type(t.oid, null) as name from pg_type t left join pg_type element on element.oid = t.typelem
      where t.typnamespace = 'pg_catalog'::regnamespace and t.typtype in ('b', 'r', 'm', 'e')
        and coalesce(element.typtype, 'b') not in ('c', 'p') and t.oid <> 'anyarray'::regtype order by t.oid`,
  );
  const columns = rows.map(({ name }, index) => `k${index} ${name}`);
  await raw.client.query(
    `create table everything (${columns.join(', ')}); insert into everything default values`,
  );
  const source = postgresSource(database);
  const table = await declareTable(source, 'public', 'everything');
  const inferred: readonly DeclaredType[] = table.declared.columns.map((column) => column.type);
  assert.equal(inferred.length, rows.length);
  assert(rows.length > 150);
  const read = await raw.read(source, [table]);
  assert.equal(read.tables[0]?.received, 1);
});
