import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDifferences } from '../../src/audit/reconciliation/find-differences.ts';
import {
  inMariadb,
  inPostgres,
  temporaryMariadbDatabase,
  temporaryPostgresDatabase,
} from '../harness/databases.ts';
import { numbersTo } from '../harness/numbers.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import type { SourceConnection } from '../../src/source/source.ts';
import { declareTable } from '../source/declare.ts';
import { mariadbSource } from '../source/mariadb-source.ts';
import { postgresSource } from '../source/postgres-source.ts';
import { RawTables } from '../source/raw-tables.ts';

/** A table, which of its columns are its key, and what is done to its raw table before the two are compared. */
interface Subject {
  readonly name: string;
  readonly columns: string;
  readonly key: readonly string[];
  /** A SELECT that both systems understand, over the numbers 0 … 19,999 (`i`). */
  readonly rows: string;
  readonly harm: string;
  /** Differences by kind and key. */
  readonly found: readonly string[];
}

const size = 20_000;
const manyColumns = Array.from({ length: 120 }, (_, index) => `v${index}`);

const subjects: readonly Subject[] = [
  {
    name: 'numbers close together',
    columns: 'a bigint, v varchar(20)',
    key: ['c0'],
    rows: "i, 'x'",
    harm: "update raw_0 set c1 = 'y' where c0 in (0, 7777); delete from raw_0 where c0 = 19999; insert into raw_0 values (20000, 'x')",
    found: ['differs 0', 'differs 7777', 'extra 20000', 'missing 19999'],
  },
  {
    name: 'numbers far apart, below zero, and none',
    columns: 'a bigint, v varchar(20)',
    key: ['c0'],
    rows: "case i when 5 then -9223372036854775808 when 6 then 9223372036854775807 when 7 then null else i - 10000 end, 'x'",
    harm: "update raw_0 set c1 = 'y' where c0 is null or c0 in (-9223372036854775808, 9223372036854775807, -1, 1, 0)",
    found: [
      ...['differs ', 'differs -1', 'differs -9223372036854775808', 'differs 0', 'differs 1'],
      'differs 9223372036854775807',
    ],
  },
  {
    name: 'texts that a collation takes for one',
    columns: 'a varchar(20), v varchar(20)',
    key: ['c0'],
    rows: "case i when 1 then 'key' when 2 then 'KEY' when 3 then 'kéy' when 4 then 'key ' when 5 then '' else concat('k', i) end, 'x'",
    harm: "update raw_0 set c1 = 'X' where c0 in ('KEY', 'key ', '', 'k777')",
    found: ['differs ', 'differs KEY', 'differs k777', 'differs key '],
  },
  {
    name: 'two columns, the first with few values',
    columns: 'a int, b varchar(20), v varchar(20)',
    key: ['c0', 'c1'],
    rows: "case when i < 10 then 1 else 2 end, concat('k,', i), 'x'",
    harm: "delete from raw_0 where c1 in ('k,3', 'k,12000')",
    found: ['missing 1|k,3', 'missing 2|k,12000'],
  },
  {
    name: 'more columns than a function of PostgreSQL takes arguments',
    columns: `a int, ${manyColumns.map((name) => `${name} int`).join(', ')}`,
    key: ['c0'],
    rows: `i, ${manyColumns.map(() => '1').join(', ')}`,
    harm: 'update raw_0 set c111 = 2 where c0 = 300',
    found: ['differs 300'],
  },
  {
    name: 'no key at all, and rows that are there twice',
    columns: 'a int, v varchar(20)',
    key: [],
    rows: "case when i < 10 then 1 else i end, 'x'",
    harm: "insert into raw_0 values (1, 'x'); update raw_0 set c1 = 'y' where c0 = 500",
    found: ['differs ', 'extra ', 'missing '],
  },
  {
    name: 'a key that is none',
    columns: 'a int, v varchar(20)',
    key: ['c0'],
    rows: "3, concat('x', i)",
    harm: "update raw_0 set c1 = 'y' where c1 = 'x17000'",
    found: ['differs 3'],
  },
  {
    name: 'values that change places: their sum is the same',
    columns: 'a int, v varchar(20), w varchar(20)',
    key: ['c0'],
    rows: "i, 'x', 'y'",
    harm: "update raw_0 set c1 = 'y', c2 = 'x' where c0 = 4711",
    found: ['differs 4711 in c1,c2'],
  },
];

for (const { name, columns, key, rows, harm, found } of subjects) {
  test(`what differs from MariaDB and from PostgreSQL is narrowed to keys: ${name}`, async () => {
    await using mariadb = await temporaryMariadbDatabase(await testMariadb());
    await inMariadb(mariadb, async (connection) => {
      await connection.query(`create table t (${columns})`);
      await connection.query(
        `insert into t select ${rows} from (select cast(seq - 1 as signed) as i from ${numbersTo(size)} s) n`,
      );
    });
    await using postgres = await temporaryPostgresDatabase(await testPostgres(15));
    await inPostgres(postgres, async (client) => {
      await client.query(`create table t (${columns})`);
      await client.query(`insert into t select ${rows} from generate_series(0, ${size - 1}) i`);
    });
    for (const [source, schema] of [
      [mariadbSource(mariadb), mariadb.database],
      [postgresSource(postgres), 'public'],
    ] as const) {
      assert.deepEqual(await differencesAfter(harm, source, schema, key), found, schema);
    }
  });
}

test('a table that differs everywhere is not looked into everywhere', async () => {
  await using postgres = await temporaryPostgresDatabase(await testPostgres(18));
  await inPostgres(postgres, async (client) => {
    await client.query(
      "create table t (a bigint, v text); insert into t select i, 'x' from generate_series(1, 200000) i",
    );
  });
  await using raw = await RawTables.in(postgres);
  const table = await declareTable(postgresSource(postgres), 'public', 't', { key: ['c0'] });
  let seen = 0;
  let unread = 0;
  await raw.read(postgresSource(postgres), [table], {
    onRead: async (declared, source) => {
      await raw.client.query("update raw_0 set c1 = 'y'");
      const compared = await findDifferences(source, raw.checksums(declared), () => seen++);
      unread = compared.unread;
    },
  });
  // 196 ranges of 1,024 rows, of which a hundred are looked into.
  assert(seen > 90_000 && seen < 110_000, String(seen));
  assert(unread > 90 && unread < 110, String(unread));
});

async function differencesAfter(
  harm: string,
  source: SourceConnection,
  schema: string,
  key: readonly string[],
): Promise<readonly string[]> {
  await using database = await temporaryPostgresDatabase(await testPostgres(18));
  await using raw = await RawTables.in(database);
  const table = await declareTable(source, schema, 't', { key });
  const found: string[] = [];
  await raw.read(source, [table], {
    onRead: async (declared, checksums) => {
      const before = await findDifferences(checksums, raw.checksums(declared), (difference) => {
        assert.fail(`${difference.kind} before anything was harmed`);
      });
      assert.deepEqual(before, { leftRows: size, rightRows: size, unread: 0 });
      await raw.client.query(harm);
      await findDifferences(checksums, raw.checksums(declared), ({ kind, key: values, columns }) => {
        const which = columns.length > 1 ? ` in ${columns.map((index) => `c${index}`).join()}` : '';
        found.push(`${kind} ${values.join('|')}${which}`);
      });
    },
  });
  return found.sort();
}
