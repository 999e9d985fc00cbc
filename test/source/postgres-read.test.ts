import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { nightjarError } from '../../src/error/nightjar-error.ts';
import { SnapshotBroken } from '../../src/source/snapshot-broken.ts';
import type { SnapshotLimits, SourceConnection, TableToRead } from '../../src/source/source.ts';
import {
  inPostgres,
  temporaryPostgresDatabase,
  type TemporaryPostgresDatabase,
} from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { declare, declareTable } from './declare.ts';
import { postgresSource } from './postgres-source.ts';
import { limits, nowhere, RawTables } from './raw-tables.ts';
import { startServerProxy } from './server-proxy.ts';

const never = new AbortController().signal;

async function databaseWith(sql: string, major: 15 | 18 = 18): Promise<TemporaryPostgresDatabase> {
  const database = await temporaryPostgresDatabase(await testPostgres(major));
  await inPostgres(database, (client) => client.query(sql));
  return database;
}

async function declareAll(
  source: SourceConnection,
  volatile: readonly string[] = [],
): Promise<readonly TableToRead[]> {
  const { tables: live } = await source.describe('public', never);
  return live.map((table) =>
    declare(table, `raw_${table.table}`, { volatile: volatile.includes(table.table) }),
  );
}

/** Reads tables into nowhere; `meanwhile` is told each raw name before its table is read. */
function readMeanwhile(
  source: SourceConnection,
  tables: readonly TableToRead[],
  meanwhile: (table: string) => Promise<unknown>,
  changes: Partial<SnapshotLimits> & { readonly signal?: AbortSignal } = {},
): ReturnType<SourceConnection['read']> {
  const { signal = never, ...changed } = changes;
  return source.read({
    ...{ tables, limits: { ...limits, ...changed }, signal },
    open: async (table) => {
      await meanwhile(table.declared.name);
      return nowhere();
    },
    onProgress: () => undefined,
  });
}

const isBrokenBy =
  (table: string) =>
  (error: unknown): boolean =>
    error instanceof SnapshotBroken && error.table === table;

const twoTables =
  'create table a (id int); create table b (id int); insert into a values (1); insert into b values (1)';

const rewritings: Readonly<Record<string, string>> = {
  'truncated and filled again': 'truncate b; insert into b values (7)',
  'altered and so rewritten': 'alter table b alter id type bigint using id + 1',
  'put in the place of another':
    'alter table b rename to old; create table b (id int); insert into b values (7)',
};

for (const major of [15, 18] as const) {
  for (const [name, sql] of Object.entries(rewritings)) {
    test(`a table ${name} under the snapshot breaks it (PostgreSQL ${major})`, async () => {
      await using database = await databaseWith(twoTables, major);
      const source = postgresSource(database);
      const tables = await declareAll(source);
      const reading = readMeanwhile(source, tables, (table) =>
        table === 'raw_a' ? inPostgres(database, (client) => client.query(sql)) : Promise.resolve(),
      );
      await assert.rejects(reading, isBrokenBy('raw_b'));
    });
  }
}

test('partitions, children and what a view reads are watched too', async () => {
  await using database = await databaseWith(
    `create table a (id int);
     create table parted (id int) partition by range (id);
     create table part partition of parted for values from (0) to (10);
     create table parent (id int); create table child () inherits (parent);
     create table base (id int); create view inner_view as select * from base; create view z as select * from inner_view;
     insert into a values (1); insert into parted values (1); insert into child values (1); insert into base values (1)`,
  );
  const source = postgresSource(database);
  const all = await declareAll(source);
  const only = (...names: readonly string[]): readonly TableToRead[] =>
    all.filter((table) => names.includes(table.declared.table));
  for (const [table, truncated] of [
    ['parted', 'part'],
    ['parent', 'child'],
    ['z', 'base'],
  ] as const) {
    const reading = readMeanwhile(source, only('a', table), (name) =>
      name === 'raw_a'
        ? inPostgres(database, (client) => client.query(`truncate ${truncated}`))
        : Promise.resolve(),
    );
    await assert.rejects(reading, isBrokenBy(`raw_${table}`));
  }
  const attached = readMeanwhile(source, only('a', 'parted'), (name) =>
    name === 'raw_a'
      ? inPostgres(database, (client) =>
          client.query(
            'create table more (id int); insert into more values (20); alter table parted attach partition more for values from (10) to (30)',
          ),
        )
      : Promise.resolve(),
  );
  await assert.rejects(attached, isBrokenBy('raw_parted'));
  const read = await readMeanwhile(source, only('a', 'parted', 'z'), () => Promise.resolve());
  assert.deepEqual(
    read.tables.map((table) => table.received),
    [1, 1, 0],
  );
});

test('volatile tables are locked before the snapshot, read first, and let go at once', async () => {
  await using database = await databaseWith(twoTables);
  const source = postgresSource(database);
  const tables = await declareAll(source, ['b']);
  const order: string[] = [];
  const read = await readMeanwhile(source, tables, async (table) => {
    order.push(table);
    const truncate = inPostgres(database, (client) =>
      client.query("set lock_timeout = '300ms'; truncate b; insert into b values (1), (2)"),
    );
    if (table === 'raw_b') await assert.rejects(truncate, { code: '55P03' });
    else await truncate;
  });
  assert.deepEqual(order, ['raw_b', 'raw_a']);
  assert.deepEqual(
    read.tables.map((table) => table.received),
    [1, 1],
  );
  assert.match(read.position ?? '', /^snapshot \d+:\d+:/);
});

test('all tables show one instant', async () => {
  await using database = await databaseWith(twoTables);
  const source = postgresSource(database);
  const read = await readMeanwhile(source, await declareAll(source, ['a']), () =>
    inPostgres(database, (client) => client.query('insert into b values (2)')),
  );
  assert.deepEqual(
    read.tables.map((table) => table.received),
    [1, 1],
  );
});

test('volatile tables and the others show the same instant while others write', async () => {
  await using database = await databaseWith(twoTables);
  const source = postgresSource(database);
  const tables = await declareAll(source, ['b']);
  const writer = new pg.Client(database.url);
  await writer.connect();
  const stopped = new AbortController();
  const writing = (async () => {
    while (!stopped.signal.aborted) await writer.query('insert into a values (1); insert into b values (1)');
  })();
  for (let round = 0; round < 10; round++) {
    const read = await readMeanwhile(source, tables, () => Promise.resolve());
    const [one, other] = read.tables.map((table) => table.received);
    assert.equal(one, other);
  }
  stopped.abort();
  await writing;
  await writer.end();
});

test('names of any kind can be read', async () => {
  const names = [
    'select',
    'UPPER',
    'a b',
    'back`tick',
    "qu'ote",
    'dou"ble',
    'é€',
    '$1',
    'back\\slash',
    'x'.repeat(63),
  ];
  const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const columns = names.map((name) => `${quote(name)} text default ${pg.escapeLiteral(name)}`).join(', ');
  await using database = await databaseWith(
    names
      .map((name) => `create table ${quote(name)} (${columns}); insert into ${quote(name)} default values;`)
      .join(''),
  );
  await using raw = await RawTables.in(database);
  const source = postgresSource(database);
  const { tables: live } = await source.describe('public', never);
  const tables = live.map((table, index) => declare(table, `raw_${index}`));
  assert.deepEqual(tables.map(({ declared }) => declared.table).sort(), [...names].sort());
  // In one order as volatile ones too: their names stand in LOCK TABLE.
  const volatile = tables.map(({ schema, declared }) => ({
    schema,
    declared: { ...declared, volatile: true },
  }));
  for (const declaredTables of [tables, volatile]) {
    await raw.read(source, declaredTables);
    for (const { declared } of declaredTables) {
      assert.deepEqual(await raw.rows(`select * from ${declared.name}`), [[...names, null]]);
    }
  }
});

test('empty tables, tables without a key, views, and a thousand columns', async () => {
  const numbers = Array.from({ length: 1000 }, (_, index) => index);
  await using database = await databaseWith(
    `create table nothing (id int, other int, primary key (other, id)); create table keyless (a int);
     insert into keyless values (1), (1); create materialized view kept as select 1 as x;
     create view seen as select a + 1 as next from keyless;
     create table wide (${numbers.map((n) => `k${n} int default ${n}`).join(', ')}); insert into wide default values`,
  );
  await using raw = await RawTables.in(database);
  const source = postgresSource(database);
  const { tables: live } = await source.describe('public', never);
  assert.deepEqual(
    live.map(({ table, kind, key }) => [table, kind, key]),
    [
      ['kept', 'view', []],
      ['keyless', 'table', []],
      ['nothing', 'table', ['other', 'id']],
      ['seen', 'view', []],
      ['wide', 'table', []],
    ],
  );
  const read = await raw.read(source, await declareAll(source, ['keyless', 'kept', 'seen']));
  assert.deepEqual(
    Object.fromEntries(read.tables.map((table) => [table.name, [table.counted, table.received]])),
    { raw_keyless: [2, 2], raw_kept: [1, 1], raw_nothing: [0, 0], raw_seen: [2, 2], raw_wide: [1, 1] },
  );
  assert.deepEqual(await raw.rows('select * from raw_wide'), [[...numbers.map(String), null]]);
});

test('large rows arrive whole, and those over the limit are refused', async () => {
  await using database = await databaseWith("create view large as select repeat('é', 10000000) as t");
  await using raw = await RawTables.in(database);
  const source = postgresSource(database);
  const table = await declareTable(source, 'public', 'large');
  await raw.read(source, [table]);
  assert.deepEqual(await raw.rows("select octet_length(c0), c0 = repeat('é', 10000000) from raw_0"), [
    ['20000000', 't'],
  ]);
  await assert.rejects(raw.read(source, [table], { rowLimit: 1_000_000 }), {
    code: 'NJ-SOURCE-ROW-TOO-LARGE',
  });
});

test('what changed since the declaration is refused', async () => {
  await using database = await databaseWith('create table t (id int, v varchar(20), gone int)');
  const source = postgresSource(database);
  const table = await declareTable(source, 'public', 't');
  const refused = async (column: string, code: string): Promise<void> => {
    const columns = table.declared.columns.filter((candidate) => candidate.column === column);
    const only = { ...table, declared: { ...table.declared, columns } };
    await assert.rejects(
      readMeanwhile(source, [only], () => Promise.resolve()),
      { code },
    );
  };
  await inPostgres(database, (client) =>
    client.query('alter table t alter id type text, alter v type varchar(10), drop gone'),
  );
  await refused('id', 'NJ-SOURCE-COLUMN-RETYPED');
  await refused('v', 'NJ-SOURCE-COLUMN-NARROWED');
  await refused('gone', 'NJ-SOURCE-COLUMN-MISSING');
  await inPostgres(database, (client) => client.query('drop table t'));
  await refused('id', 'NJ-SOURCE-TABLE-MISSING');
});

test('a type that changes under the snapshot without a new file is seen', async () => {
  await using database = await databaseWith('create table a (id int); create table b (v varchar(20))');
  const source = postgresSource(database);
  const reading = readMeanwhile(source, await declareAll(source), (table) =>
    table === 'raw_a'
      ? inPostgres(database, (client) =>
          client.query(
            'alter table b alter v type text; alter table b add gone int; alter table b drop v; alter table b rename gone to v',
          ),
        )
      : Promise.resolve(),
  );
  await assert.rejects(reading, { code: 'NJ-SOURCE-COLUMN-RETYPED' });
});

test('rows that a policy would hide are an error', async () => {
  await using database = await databaseWith(
    `create table t (id int); insert into t values (1), (2); alter table t enable row level security;
     create policy odd on t using (id = 1)`,
  );
  const role = database.database;
  await inPostgres(database, (client) =>
    client.query(`create role ${role} login password 'a word'; grant select on t to ${role}`),
  );
  try {
    const source = postgresSource(database, { user: role, password: 'a word' });
    const tables = await declareAll(source);
    await assert.rejects(
      readMeanwhile(source, tables, () => Promise.resolve()),
      {
        code: 'NJ-SOURCE-ROWS-HIDDEN',
        message: `Row-level security may hide rows of table public.t from our user, and a row that is hidden would look deleted. What shows all: ALTER ROLE ${role} BYPASSRLS;`,
      },
    );
    await inPostgres(database, (client) => client.query(`alter role ${role} bypassrls`));
    await readMeanwhile(source, tables, () => Promise.resolve());
    // Its owner sees all of a table, unless that is forced upon it too.
    const hides = async (sql: string): Promise<boolean> => {
      await inPostgres(database, (client) => client.query(sql));
      const { tables: live } = await source.describe('public', never);
      return live[0]?.unhide !== undefined;
    };
    assert.equal(await hides(`alter role ${role} nobypassrls; alter table t owner to ${role}`), false);
    assert.equal(await hides('alter table t force row level security'), true);
    assert.equal(await hides('alter table t disable row level security'), false);
  } finally {
    await inPostgres(database, (client) => client.query(`drop owned by ${role}; drop role ${role}`));
  }
});

test('what our user may not read is described as such', async () => {
  await using database = await databaseWith(
    'create table open (id int, secret int); create table shut (id int)',
  );
  const role = database.database;
  await inPostgres(database, (client) =>
    client.query(`create role ${role} login password 'a word'; grant select (id) on open to ${role}`),
  );
  try {
    const source = postgresSource(database, { user: role, password: 'a word' });
    const { tables: live } = await source.describe('public', never);
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
    const open = await declareTable(source, 'public', 'open', { volatile: true, columns: ['id'] });
    const read = await readMeanwhile(source, [open], () => Promise.resolve());
    assert.equal(read.tables[0]?.received, 0);
  } finally {
    await inPostgres(database, (client) => client.query(`drop owned by ${role}; drop role ${role}`));
  }
});

test('a database that does not know its encoding is refused', async () => {
  const server = await testPostgres(18);
  const name = `ascii_${process.pid}`;
  await inPostgres(server, (client) =>
    client.query(
      `create database ${name} encoding 'SQL_ASCII' template template0 locale 'C' locale_provider libc`,
    ),
  );
  try {
    await using database = await temporaryPostgresDatabase(server);
    const source = postgresSource(database, { database: name });
    await assert.rejects(source.describe('public', never), { code: 'NJ-SOURCE-ENCODING' });
  } finally {
    await inPostgres(server, (client) => client.query(`drop database ${name}`));
  }
});

test('what lies on another server is refused, also behind a view', async () => {
  await using database = await databaseWith(
    `create foreign data wrapper far; create server away foreign data wrapper far;
     create foreign table f (v text) server away; create view seen as select * from f`,
  );
  const source = postgresSource(database);
  for (const table of await declareAll(source)) {
    await assert.rejects(
      readMeanwhile(source, [table], () => Promise.resolve()),
      { code: 'NJ-SOURCE-FOREIGN' },
    );
  }
});

/** Has the server say something else than it does, of the same length. */
const saying =
  (truth: string, lie: string) =>
  () =>
  (piece: Buffer): Buffer =>
    Buffer.from(piece.toString('latin1').replaceAll(truth, lie), 'latin1');

test('a session that does not have the isolation we asked for is refused', async () => {
  await using database = await databaseWith(twoTables);
  const tables = await declareAll(postgresSource(database));
  await using proxy = await startServerProxy(database, saying('repeatable read', 'read committed '));
  const source = postgresSource(database, { port: proxy.port });
  await assert.rejects(
    readMeanwhile(source, tables, () => Promise.resolve()),
    { code: 'NJ-SOURCE-SNAPSHOT-REFUSED' },
  );
});

test('a role or a database that is refused, and a server that is not there', async () => {
  await using database = await databaseWith('select 1');
  const denied = postgresSource(database, { user: 'nobody_of_that_name' });
  await assert.rejects(denied.describe('public', never), { code: 'NJ-SOURCE-DENIED' });
  const absent = postgresSource(database, { port: 1 });
  await assert.rejects(absent.describe('public', never), { code: 'NJ-SOURCE-UNREACHABLE' });
});

test('connecting to a server that does not answer can be aborted', async () => {
  const listener = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await using database = await databaseWith('select 1');
  const begun = Date.now();
  await assert.rejects(postgresSource(database, { port }).describe('public', AbortSignal.timeout(200)), {
    code: 'NJ-INTERNAL-ABORTED',
  });
  assert(Date.now() - begun < 2_000);
  const closed = once(listener, 'close');
  listener.close();
  // Only when nobody is connected any more.
  await closed;
});

const manyRows = "create table t as select id, repeat('x', 200) as v from generate_series(1, 20000) id";

test('a connection that is lost while rows come is an error', async () => {
  await using database = await databaseWith(manyRows);
  await using proxy = await startServerProxy(database, () => {
    let bytes = 0;
    return (piece) => ((bytes += piece.length) > 1_000_000 ? 'cut' : piece);
  });
  const source = postgresSource(database, { port: proxy.port });
  const tables = await declareAll(source);
  await assert.rejects(
    readMeanwhile(source, tables, () => Promise.resolve()),
    { code: 'NJ-SOURCE-LOST' },
  );
});

/** Backends of the database, besides the one that asks. */
async function backendsOf(database: TemporaryPostgresDatabase): Promise<number> {
  const { rows } = await inPostgres(database, (client) =>
    client.query<{ n: string }>(
      'select count(*) as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    ),
  );
  return Number(rows[0]?.n);
}

/** Waits a moment for our backends to be gone: the one that ended another is just leaving too. */
async function assertNoBackendsOf(database: TemporaryPostgresDatabase): Promise<void> {
  for (let attempt = 0; attempt < 20 && (await backendsOf(database)) > 0; attempt++) await wait(50);
  assert.equal(await backendsOf(database), 0);
}

test('a connection that falls silent is given up when the snapshot has been open too long', async () => {
  await using database = await databaseWith(manyRows);
  await using proxy = await startServerProxy(database, () => {
    let bytes = 0;
    return (piece) => ((bytes += piece.length) > 1_000_000 ? 'halt' : piece);
  });
  const source = postgresSource(database, { port: proxy.port });
  const tables = await declareAll(source);
  await assert.rejects(
    readMeanwhile(source, tables, () => Promise.resolve(), { snapshotLimit: 1 }),
    { code: 'NJ-SOURCE-SNAPSHOT-TOO-LONG' },
  );
  await assertNoBackendsOf(database);
});

test('a lock is waited for as long as declared', async () => {
  for (const volatile of [[], ['t']]) {
    await using database = await databaseWith('create table t (id int)');
    const source = postgresSource(database);
    const tables = await declareAll(source, volatile);
    const holder = new pg.Client(database.url);
    await holder.connect();
    await holder.query('begin; lock table t in access exclusive mode');
    await assert.rejects(
      readMeanwhile(source, tables, () => Promise.resolve(), { lockWait: 1 }),
      {
        code: 'NJ-SOURCE-LOCKED',
        message: /public\.t of "tis" was locked by another session for more than 1 s/,
      },
    );
    await holder.end();
  }
});

for (const [name, sql] of [
  [
    'that sends rows',
    "create view t as select repeat('x', 1000) as v, pg_sleep(0.0001)::text as w from generate_series(1, 1000000)",
  ],
  ['that computes without a word', 'create view t as select pg_sleep(60)::text as v'],
] as const) {
  test(`an abort ends the source's query ${name}, at once`, async () => {
    await using database = await databaseWith(sql);
    const source = postgresSource(database);
    const tables = await declareAll(source);
    const abort = new AbortController();
    const reading = readMeanwhile(source, tables, () => Promise.resolve(), { signal: abort.signal });
    await wait(700);
    assert.equal(await backendsOf(database), 1);
    const reason = nightjarError('NJ-INTERNAL-ABORTED', { what: 'The run', reason: 'Ctrl-C' });
    const begun = Date.now();
    abort.abort(reason);
    await assert.rejects(reading, reason);
    assert(Date.now() - begun < 2_000);
    await assertNoBackendsOf(database);
  });
}

test('an abort ends a source that waits for us to take its rows', async () => {
  await using database = await databaseWith(
    "create view t as select repeat('x', 1000000) as v from generate_series(1, 100)",
  );
  const source = postgresSource(database);
  const tables = await declareAll(source);
  const abort = new AbortController();
  const stuck = nowhere();
  stuck._write = (): void => undefined;
  let taken = 0;
  const reading = source.read({
    ...{ tables, limits, signal: abort.signal },
    open: () => Promise.resolve(stuck),
    onProgress: ({ bytes }) => (taken = bytes),
  });
  await wait(1_000);
  assert.equal(await backendsOf(database), 1);
  assert(taken > 0 && taken < 5_000_000, `${taken} bytes are kept in memory`);
  abort.abort();
  await assert.rejects(reading, { code: 'NJ-INTERNAL-ABORTED' });
  await assertNoBackendsOf(database);
});

test('a sink that fails ends the reading with its error, and the source is let go', async () => {
  await using database = await databaseWith(
    "create view t as select repeat('x', 1000000) as v from generate_series(1, 100)",
  );
  const source = postgresSource(database);
  const tables = await declareAll(source);
  const failing = nowhere();
  let pieces = 0;
  failing._write = (_chunk, _encoding, done): void => {
    done(++pieces === 3 ? new Error('the disk is full') : null);
  };
  const reading = source.read({
    ...{ tables, limits, signal: never },
    open: () => Promise.resolve(failing),
    onProgress: () => undefined,
  });
  await assert.rejects(reading, { message: 'the disk is full' });
  await assertNoBackendsOf(database);
});
