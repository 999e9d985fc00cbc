import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Connection } from 'mysql2/promise';
import { SnapshotBroken } from '../../src/source/snapshot-broken.ts';
import type { SourceConnection, TableToRead } from '../../src/source/source.ts';
import {
  inMariadb,
  temporaryMariadbDatabase,
  temporaryPostgresDatabase,
  type TemporaryMariadbDatabase,
} from '../harness/databases.ts';
import { numbersTo } from '../harness/numbers.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import { declare, declareTable } from './declare.ts';
import { mariadbSource } from './mariadb-source.ts';
import { limits, nowhere, RawTables } from './raw-tables.ts';

interface Stage extends AsyncDisposable {
  readonly mariadb: TemporaryMariadbDatabase;
  readonly source: SourceConnection;
  readonly raw: RawTables;
  readonly run: (sql: string) => Promise<void>;
}

/** A database with what `sql` makes in it, and raw tables to read it into. */
async function stage(sql: string): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  const mariadb = stack.use(await temporaryMariadbDatabase(await testMariadb()));
  const postgres = stack.use(await temporaryPostgresDatabase(await testPostgres(18)));
  const raw = stack.use(await RawTables.in(postgres));
  const run = (statements: string): Promise<void> =>
    inMariadb(mariadb, async (connection: Connection) => {
      await connection.query(statements);
    });
  await run(sql);
  return {
    mariadb,
    source: mariadbSource(mariadb),
    raw,
    run,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const never = new AbortController().signal;

test('names of any kind can be read', async () => {
  const names = [
    'select',
    'UPPER',
    'a b',
    'back`tick',
    "qu'ote",
    'dou"ble',
    'é€',
    'a?b',
    '?',
    'x'.repeat(64),
    '#1',
    ':c',
  ];
  const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
  const columns = names.map((name) => `${quote(name)} varchar(70)`).join(', ');
  const values = names.map((name) => `'${name.replaceAll("'", "''")}'`).join(', ');
  await using on = await stage(
    names
      .map(
        (name) => `create table ${quote(name)} (${columns}); insert into ${quote(name)} values (${values});`,
      )
      .join(''),
  );
  const { tables: live } = await on.source.describe(on.mariadb.database, never);
  const tables = live.map((table, index) => declare(table, `raw_${index}`));
  assert.deepEqual(tables.map(({ declared }) => declared.table).sort(), [...names].sort());
  await on.raw.read(on.source, tables);
  for (const { declared } of tables) {
    const rows = await on.raw.rows(`select * from ${declared.name}`);
    assert.deepEqual(rows, [[...names, null]]);
  }
});

test('rows over 16 MB, and cells with every length of a length, arrive whole', async () => {
  const sizes = [0, 1, 250, 251, 65_535, 65_536, 16_777_214, 16_777_215, 16_777_216, 20_000_000];
  const selects = sizes.map(
    (size, id) => `select ${id} as id, repeat('é', ${size} div 2) as t, repeat('b', ${size} mod 2) as rest`,
  );
  await using on = await stage(`create view large as ${selects.join(' union all ')}`);
  const table = await declareTable(on.source, on.mariadb.database, 'large');
  const read = await on.raw.read(on.source, [table]);
  assert.equal(read.tables[0]?.received, sizes.length);
  const rows = await on.raw.rows(
    "select c0, octet_length(c1) + octet_length(c2), c1 = repeat('é', length(c1)) from raw_0 order by c0",
  );
  assert.deepEqual(
    rows,
    sizes.map((size, id) => [String(id), String(size), 't']),
  );
});

test('a row over the limit ends the run while it arrives', async () => {
  await using on = await stage("create view large as select repeat('x', 100000000) as t");
  const table = await declareTable(on.source, on.mariadb.database, 'large');
  await assert.rejects(on.raw.read(on.source, [table], { rowLimit: 4_000_000 }), (error: Error) => {
    const [, bytes] = /has at least (\d+) bytes/.exec(error.message) ?? [];
    return (
      'code' in error &&
      error.code === 'NJ-SOURCE-ROW-TOO-LARGE' &&
      Number(bytes) > 4_000_000 &&
      Number(bytes) < 6_000_000
    );
  });
});

test('a table of a thousand columns', async () => {
  const numbers = Array.from({ length: 1000 }, (_, index) => index);
  await using on = await stage(
    `create table wide (${numbers.map((n) => `k${n} int`).join(', ')});
     insert into wide values (${numbers.join(', ')}), (${numbers.map(() => 'null').join(', ')})`,
  );
  const table = await declareTable(on.source, on.mariadb.database, 'wide');
  await on.raw.read(on.source, [table]);
  const rows = await on.raw.rows('select * from raw_0 order by c1');
  assert.deepEqual(rows, [
    [...numbers.map(String), null],
    [...numbers.map(() => null), null],
  ]);
});

test('views, empty tables, and tables without a key', async () => {
  await using on = await stage(
    `create table nothing (id int primary key, t text);
     create table keyless (a int, b varchar(5)); insert into keyless values (1, 'x'), (1, 'x'), (2, null);
     create view seen as select a + 1 as next, count(*) as n from keyless group by a`,
  );
  const { tables: live } = await on.source.describe(on.mariadb.database, never);
  assert.deepEqual(
    live
      .map(({ table, kind, engine, key }) => ({ table, kind, engine, key }))
      .sort((a, b) => a.table.localeCompare(b.table)),
    [
      { table: 'keyless', kind: 'table', engine: 'InnoDB', key: [] },
      { table: 'nothing', kind: 'table', engine: 'InnoDB', key: ['id'] },
      { table: 'seen', kind: 'view', engine: undefined, key: [] },
    ],
  );
  const tables = live.map((table) => declare(table, `raw_${table.table}`));
  const read = await on.raw.read(on.source, tables);
  assert.deepEqual(
    Object.fromEntries(read.tables.map((table) => [table.name, [table.counted, table.received]])),
    { raw_nothing: [0, 0], raw_keyless: [3, 3], raw_seen: [2, 2] },
  );
  assert.deepEqual(await on.raw.rows('select c0, c1 from raw_keyless order by 1, 2'), [
    ['1', 'x'],
    ['1', 'x'],
    ['2', null],
  ]);
  assert.deepEqual(await on.raw.rows('select c0, c1 from raw_seen order by 1'), [
    ['2', '2'],
    ['3', '1'],
  ]);
});

test('a table truncated under the snapshot breaks it (error 1412)', async () => {
  await using on = await stage(
    'create table a (id int primary key); create table b (id int primary key); insert into a values (1); insert into b values (1)',
  );
  const { tables: live } = await on.source.describe(on.mariadb.database, never);
  const tables = live.map((table) => declare(table, `raw_${table.table}`));
  const reading = on.source.read({
    tables,
    limits,
    open: async (table) => {
      if (table.declared.name === 'raw_a') await on.run('truncate b; insert into b values (2)');
      return on.raw.open(table);
    },
    onProgress: () => undefined,
    signal: never,
  });
  await assert.rejects(
    reading,
    (error: unknown) => error instanceof SnapshotBroken && error.table === 'raw_b',
  );
});

test('all tables show one instant', async () => {
  await using on = await stage(
    'create table a (id int primary key); create table b (id int primary key); insert into a values (1); insert into b values (1)',
  );
  const { tables: live } = await on.source.describe(on.mariadb.database, never);
  const read = await on.source.read({
    tables: live.map((table) => declare(table, `raw_${table.table}`)),
    limits,
    open: async (table) => {
      await on.run('insert into b select max(id) + 1 from b');
      return on.raw.open(table);
    },
    onProgress: () => undefined,
    signal: never,
  });
  assert.deepEqual(
    read.tables.map((table) => table.received),
    [1, 1],
  );
});

test('a table of an engine without snapshots is refused', async () => {
  await using on = await stage('create table m (id int) engine = MyISAM');
  const table = await declareTable(on.source, on.mariadb.database, 'm');
  await assert.rejects(on.raw.read(on.source, [table]), { code: 'NJ-SOURCE-ENGINE' });
});

test('what changed since the declaration is refused inside the snapshot', async () => {
  await using on = await stage('create table t (id int, f float, v varchar(20), gone int)');
  const table = await declareTable(on.source, on.mariadb.database, 't');
  const only = (column: string): TableToRead => ({
    ...table,
    declared: { ...table.declared, columns: table.declared.columns.filter((c) => c.column === column) },
  });
  await on.run('alter table t modify id varchar(10), modify f varchar(10), modify v varchar(10), drop gone');
  const refused = (column: string, code: string): Promise<void> =>
    assert.rejects(on.raw.read(on.source, [only(column)]), { code });
  await refused('id', 'NJ-SOURCE-COLUMN-RETYPED');
  // Where rows are read as text it is cast in the SELECT, so that the result alone would not tell.
  await refused('f', 'NJ-SOURCE-COLUMN-RETYPED');
  await refused('v', 'NJ-SOURCE-COLUMN-NARROWED');
  await refused('gone', 'NJ-SOURCE-COLUMN-MISSING');
  await on.run('drop table t');
  await refused('id', 'NJ-SOURCE-TABLE-MISSING');
});

test('what our user may not read is described as such', async () => {
  await using on = await stage('create table open (id int, secret int); create table shut (id int)');
  const user = on.mariadb.database;
  await on.run(
    `create user '${user}'@'127.0.0.1' identified by 'word'; grant select (id), insert (secret) on ${user}.open to '${user}'@'127.0.0.1';
     grant insert on ${user}.shut to '${user}'@'127.0.0.1'`,
  );
  try {
    const source = mariadbSource(on.mariadb, { user, password: 'word' });
    const { tables: live } = await source.describe(on.mariadb.database, never);
    assert.deepEqual(
      live.map((table) => [table.table, table.columns.map((column) => [column.name, column.readable])]),
      [
        [
          'open',
          [
            ['id', true],
            ['secret', false],
          ],
        ],
        ['shut', [['id', false]]],
      ],
    );
    const read = await on.raw.read(source, [
      await declareTable(source, on.mariadb.database, 'open', { columns: ['id'] }),
    ]);
    assert.equal(read.tables[0]?.received, 0);
  } finally {
    await on.run(`drop user '${user}'@'127.0.0.1'`);
  }
});

test('repairs are counted by column and kind, and noted in their row', async () => {
  await using on = await stage(
    `set sql_mode = 'ALLOW_INVALID_DATES';
     create table r (id int primary key, d date, e datetime(3), t varchar(20), n bigint unsigned);
     insert into r values (1, '0000-00-00', '2024-02-30 10:00:00', x'610062', 18446744073709551615),
                          (2, '2024-02-29', '0000-00-00', 'fine', 1), (3, '0000-00-00', null, '', null)`,
  );
  const table = await declareTable(on.source, on.mariadb.database, 'r', {
    types: { n: { text: 'bigint', raw: 'int8', capacity: [64] } },
  });
  const read = await on.raw.read(on.source, [table]);
  assert.deepEqual(read.tables[0]?.repairs, [
    { column: 'c1', kind: 'zero-date', cells: 2 },
    { column: 'c2', kind: 'impossible-date', cells: 1 },
    { column: 'c3', kind: 'nul', cells: 1 },
    { column: 'c4', kind: 'out-of-range', cells: 1 },
    { column: 'c2', kind: 'zero-date', cells: 1 },
  ]);
  assert.deepEqual(await on.raw.rows('select * from raw_0 order by c0'), [
    ['1', null, null, 'ab', null, 'c1:zero-date,c2:impossible-date,c3:nul,c4:out-of-range'],
    ['2', '2024-02-29', null, 'fine', '1', 'c2:zero-date'],
    ['3', null, null, '', null, 'c1:zero-date'],
  ]);
});

test('a sink that fails ends the reading with its error, and the source is let go', async () => {
  await using on = await stage(`create table t (v longtext);
    insert into t select repeat('x', 100000) from ${numbersTo(500)} s`);
  const table = await declareTable(on.source, on.mariadb.database, 't');
  const reading = on.source.read({
    tables: [table],
    limits,
    open: async () => {
      const sink = nowhere();
      let pieces = 0;
      sink._write = (_chunk, _encoding, done): void => {
        done(++pieces === 3 ? new Error('the disk is full') : null);
      };
      return sink;
    },
    onProgress: () => undefined,
    signal: never,
  });
  await assert.rejects(reading, { message: 'the disk is full' });
});
