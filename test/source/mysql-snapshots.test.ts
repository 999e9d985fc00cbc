import assert from 'node:assert/strict';
import { test } from 'node:test';
import mysql from 'mysql2/promise';
import { SnapshotBroken } from '../../src/source/snapshot-broken.ts';
import type { SourceConnection, TableToRead } from '../../src/source/source.ts';
import type { MariadbAddress } from '../harness/address.ts';
import { inMariadb, temporaryMariadbDatabase, type TemporaryMariadbDatabase } from '../harness/databases.ts';
import { startMariadb, type RunningMariadb } from '../../samples/servers/mariadb.ts';
import { testMariadb } from '../harness/servers.ts';
import { declareTable } from './declare.ts';
import { mariadbSource } from './mariadb-source.ts';
import { limits, nowhere } from './raw-tables.ts';

const never = new AbortController().signal;

/** Two tables that a writer changes in one transaction; `early` is volatile. */
async function twoTables(server: MariadbAddress): Promise<TemporaryMariadbDatabase> {
  const mariadb = await temporaryMariadbDatabase(server);
  await inMariadb(mariadb, (connection) =>
    connection.query(
      'create table early (id int primary key auto_increment); create table late (id int primary key auto_increment)',
    ),
  );
  return mariadb;
}

async function declared(source: SourceConnection, database: string): Promise<readonly TableToRead[]> {
  const late = await declareTable(source, database, 'late');
  const early = await declareTable(source, database, 'early', { volatile: true });
  return [
    { ...late, declared: { ...late.declared, name: 'raw_late' } },
    { ...early, declared: { ...early.declared, name: 'raw_early' } },
  ];
}

/** Adds a row to both tables, again and again, until stopped. */
async function startWriter(mariadb: TemporaryMariadbDatabase): Promise<AsyncDisposable> {
  const { host, port, user, password, database } = mariadb;
  const connection = await mysql.createConnection({ host, port, user, password, database });
  const stopped = new AbortController();
  const work = (async () => {
    while (!stopped.signal.aborted) {
      await connection.query('start transaction');
      await connection.query('insert into early values ()');
      await connection.query('insert into late values ()');
      await connection.query('commit');
    }
  })();
  return {
    [Symbol.asyncDispose]: async () => {
      stopped.abort();
      await work;
      await connection.end();
    },
  };
}

async function readTogether(
  mariadb: TemporaryMariadbDatabase,
  reader: Partial<MariadbAddress> = {},
): Promise<{
  readonly order: readonly string[];
  readonly counts: readonly number[];
  readonly remarks: readonly string[];
}> {
  const source = mariadbSource({ ...mariadb, ...reader });
  const order: string[] = [];
  const read = await source.read({
    tables: await declared(source, mariadb.database),
    limits,
    open: ({ declared: { name } }) => {
      order.push(name);
      return Promise.resolve(nowhere());
    },
    onProgress: () => undefined,
    signal: never,
  });
  return { order, counts: read.tables.map((table) => table.received), remarks: read.remarks };
}

test('volatile tables are read first, of the same instant, while others write', async () => {
  await using mariadb = await twoTables(await testMariadb());
  await using _writer = await startWriter(mariadb);
  for (let round = 0; round < 10; round++) {
    const { order, counts, remarks } = await readTogether(mariadb);
    assert.deepEqual(order, ['raw_early', 'raw_late']);
    assert.equal(counts[0], counts[1]);
    assert.deepEqual(remarks, []);
  }
});

test('volatile tables are let go at once: the source can truncate them while the rest is read', async () => {
  await using mariadb = await twoTables(await testMariadb());
  await inMariadb(mariadb, (connection) =>
    connection.query('insert into early values (1); insert into late values (1)'),
  );
  const source = mariadbSource(mariadb);
  let truncated = false;
  const read = await source.read({
    tables: await declared(source, mariadb.database),
    limits,
    open: async (table) => {
      if (table.declared.name === 'raw_late') {
        await inMariadb(mariadb, (connection) =>
          connection.query('set lock_wait_timeout = 1; truncate early; insert into early values (1), (2)'),
        );
        truncated = true;
      }
      return nowhere();
    },
    onProgress: () => undefined,
    signal: never,
  });
  assert(truncated);
  assert.deepEqual(
    read.tables.map((table) => table.received),
    [1, 1],
  );
  assert.match(read.position ?? '', /^\S+:\d+$/);
  assert(Math.abs(read.clockAhead) < 1_000);
  assert(Math.abs(read.takenAt.getTime() - Date.now()) < 60_000);
});

test('no table is locked before its turn', async () => {
  await using mariadb = await twoTables(await testMariadb());
  await inMariadb(mariadb, (connection) => connection.query('create table last (id int)'));
  const source = mariadbSource(mariadb);
  const last = await declareTable(source, mariadb.database, 'last');
  const tables = [...(await declared(source, mariadb.database)), last];
  await source.read({
    tables,
    limits,
    open: async ({ declared: { name } }) => {
      if (name === 'raw_late') {
        // Impossible under another's metadata lock.
        await inMariadb(mariadb, (connection) =>
          connection.query('set lock_wait_timeout = 1; lock tables last write; unlock tables'),
        );
      }
      return nowhere();
    },
    onProgress: () => undefined,
    signal: never,
  });
});

test('a table in whose place another was put under the snapshot breaks it', async () => {
  await using mariadb = await twoTables(await testMariadb());
  const source = mariadbSource(mariadb);
  const run = (sql: string) => inMariadb(mariadb, (connection) => connection.query(sql));
  await run('insert into late values (1); create table fresh like late');
  // Times in a catalogue are whole seconds.
  await run('do sleep(1.1)');
  const swap = source.read({
    tables: await declared(source, mariadb.database),
    limits,
    open: async ({ declared: { name } }) => {
      // To the snapshot it has no row: it was made before, and filled since.
      if (name === 'raw_early')
        await run('insert into fresh values (1), (2); rename table late to former, fresh to late');
      return nowhere();
    },
    onProgress: () => undefined,
    signal: never,
  });
  await assert.rejects(
    swap,
    (error: unknown) => error instanceof SnapshotBroken && error.table === 'raw_late',
  );
});

test('positions prove nothing on a replica that does not log what it is sent', async () => {
  await using server = await startMariadb({ settings: { 'log-slave-updates': 'OFF' } });
  await using mariadb = await twoTables(server);
  const locks = async (): Promise<unknown> => {
    const [rows] = await inMariadb(server, (connection) =>
      connection.query<mysql.RowDataPacket[]>("show global status like 'Com_flush'"),
    );
    return rows[0]?.['Value'];
  };
  await readTogether(mariadb);
  assert.equal(await locks(), '0');
  // Its thread that applies what comes is enough: nothing needs to come.
  await inMariadb(server, (connection) =>
    connection.query(
      "change master to master_host = '127.0.0.1', master_port = 1, master_user = 'u'; start slave",
    ),
  );
  assert.deepEqual((await readTogether(mariadb)).order, ['raw_early', 'raw_late']);
  assert.equal(await locks(), '1');
});

/** A server that would get everything wrong if its defaults held: no binary log, and hostile settings for each session. */
function startHostileServer(): Promise<RunningMariadb> {
  return startMariadb({
    binlog: false,
    settings: {
      'init-connect':
        "set session transaction isolation level read committed; set sql_select_limit = 1, sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES', time_zone = '+05:00', character_set_results = latin1, autocommit = 0",
      'max-statement-time': '1',
      'idle-transaction-timeout': '1',
    },
  });
}

test('without a binary log', async (t) => {
  await using server = await startHostileServer();
  await using mariadb = await twoTables(server);
  const reader = { user: 'reader', password: 'a word' };
  await inMariadb(server, (connection) =>
    connection.query(
      `create user reader@'127.0.0.1' identified by 'a word'; grant select on ${mariadb.database}.* to reader@'127.0.0.1'`,
    ),
  );
  await using _writer = await startWriter(mariadb);

  await t.test('equal snapshots are taken under a momentary read lock', async () => {
    for (let round = 0; round < 5; round++) {
      const { order, counts, remarks } = await readTogether(mariadb);
      assert.deepEqual(order, ['raw_early', 'raw_late']);
      assert.equal(counts[0], counts[1]);
      assert.deepEqual(remarks, []);
    }
  });

  await t.test(
    'and where that is not allowed, one snapshot serves both, volatile tables first, and says so',
    async () => {
      const { order, counts, remarks } = await readTogether(mariadb, reader);
      assert.deepEqual(order, ['raw_early', 'raw_late']);
      assert.equal(counts[0], counts[1]);
      assert(Number(counts[0]) > 1);
      assert.match(remarks.join(), /volatile tables were read first/);
    },
  );

  await t.test('a statement may take longer than the server would have it', async () => {
    await inMariadb(mariadb, (connection) => connection.query('create view slow as select sleep(1.5) as s'));
    const source = mariadbSource(mariadb, reader);
    const read = await source.read({
      tables: [await declareTable(source, mariadb.database, 'slow')],
      limits,
      open: () => Promise.resolve(nowhere()),
      onProgress: () => undefined,
      signal: never,
    });
    assert.equal(read.tables[0]?.received, 1);
  });

  await t.test('and a transaction of ours may wait longer for the volatile tables', async () => {
    const source = mariadbSource(mariadb);
    const read = await source.read({
      tables: [
        await declareTable(source, mariadb.database, 'slow', { volatile: true }),
        ...(await declared(source, mariadb.database)),
      ],
      limits,
      open: () => Promise.resolve(nowhere()),
      onProgress: () => undefined,
      signal: never,
    });
    assert.equal(read.tables.length, 3);
  });

  await t.test('the settings of the session are ours', async () => {
    await inMariadb(mariadb, (connection) =>
      connection.query(
        "set time_zone = '+00:00'; create table moment (at timestamp, word varchar(9)); insert into moment values ('2024-01-01 12:00:00', 'é€'), ('2024-01-01 13:00:00', '😀')",
      ),
    );
    const source = mariadbSource(mariadb, reader);
    const table = await declareTable(source, mariadb.database, 'moment');
    const pieces: Buffer[] = [];
    await source.read({
      tables: [table],
      limits,
      open: () => {
        const sink = nowhere();
        sink._write = (piece: Buffer, _encoding, done): void => {
          pieces.push(Buffer.from(piece));
          done();
        };
        return Promise.resolve(sink);
      },
      onProgress: () => undefined,
      signal: never,
    });
    const copy = Buffer.concat(pieces);
    const noon = Buffer.alloc(8);
    noon.writeBigInt64BE((BigInt(Date.UTC(2024, 0, 1, 12)) - BigInt(Date.UTC(2000, 0, 1))) * 1000n);
    assert(copy.includes(noon));
    assert(copy.includes('é€'));
    assert(copy.includes('😀'));
  });
});
