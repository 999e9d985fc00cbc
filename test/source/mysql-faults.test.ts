import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { nightjarError, NightjarError } from '../../src/error/nightjar-error.ts';
import type { MariadbAddress } from '../harness/address.ts';
import { inMariadb, temporaryMariadbDatabase, type TemporaryMariadbDatabase } from '../harness/databases.ts';
import { numbersTo } from '../harness/numbers.ts';
import { testMariadb } from '../harness/servers.ts';
import { declareTable } from './declare.ts';
import { loseRows } from './lose-rows.ts';
import { mariadbSource } from './mariadb-source.ts';
import { limits, nowhere } from './raw-tables.ts';
import { startServerProxy } from './server-proxy.ts';

const never = new AbortController().signal;

/** Reading of one table into nowhere, through another address if one is given. */
async function readNowhere(
  mariadb: TemporaryMariadbDatabase,
  table: string,
  changes: {
    readonly port?: number;
    readonly user?: string;
    readonly password?: string;
    readonly signal?: AbortSignal;
    readonly lockWait?: number;
    readonly snapshotLimit?: number;
    readonly opened?: () => void;
  } = {},
): Promise<void> {
  const toRead = await declareTable(mariadbSource(mariadb), mariadb.database, table);
  const { lockWait = limits.lockWait, snapshotLimit = limits.snapshotLimit, signal = never } = changes;
  await mariadbSource(mariadb, changes).read({
    tables: [toRead],
    limits: { ...limits, lockWait, snapshotLimit },
    open: () => {
      changes.opened?.();
      return Promise.resolve(nowhere());
    },
    onProgress: () => undefined,
    signal,
  });
}

async function databaseWith(sql: string): Promise<TemporaryMariadbDatabase> {
  const mariadb = await temporaryMariadbDatabase(await testMariadb());
  await inMariadb(mariadb, (connection) => connection.query(sql));
  return mariadb;
}

const manyRows = `create table t (id int primary key, v varchar(200)); insert into t select seq, repeat('x', 200) from ${numbersTo(20_000)} s`;

/** Threads of a user on the server. */
async function threadsOf(server: MariadbAddress, user: string): Promise<number> {
  const [rows] = await inMariadb(server, (connection) =>
    connection.query<RowDataPacket[]>('select id from information_schema.processlist where user = ?', [user]),
  );
  return rows.length;
}

/** Waits a moment for a user's threads to be gone: the one that ended another is just leaving too. */
async function assertNoThreadsOf(server: MariadbAddress, user: string): Promise<void> {
  for (let attempt = 0; attempt < 20 && (await threadsOf(server, user)) > 0; attempt++) await wait(50);
  assert.equal(await threadsOf(server, user), 0);
}

/** A user of the database's name, who may read it. */
async function addReader(
  mariadb: TemporaryMariadbDatabase,
): Promise<AsyncDisposable & { user: string; password: string }> {
  const account = `'${mariadb.database}'@'127.0.0.1'`;
  await inMariadb(mariadb, (connection) =>
    connection.query(
      `create user ${account} identified by 'a word'; grant select on ${mariadb.database}.* to ${account}`,
    ),
  );
  return {
    user: mariadb.database,
    password: 'a word',
    [Symbol.asyncDispose]: async () => {
      await inMariadb(mariadb, (connection) => connection.query(`drop user ${account}`));
    },
  };
}

test('a wrong password is denied, and the message holds no more than the names', async () => {
  const server = await testMariadb();
  const source = mariadbSource(server, { password: 'not-the-password' });
  await assert.rejects(source.describe('mysql', never), (error: unknown) => {
    assert(error instanceof NightjarError);
    assert.equal(error.code, 'NJ-SOURCE-DENIED');
    assert.equal(
      error.message,
      `The source connection "tis" at 127.0.0.1:${server.port} refuses user "${server.user}".`,
    );
    assert.equal(error.cause, undefined);
    return true;
  });
});

test('a server that is not there is unreachable', async () => {
  const server = await testMariadb();
  await assert.rejects(mariadbSource(server, { port: 1 }).describe('mysql', never), {
    code: 'NJ-SOURCE-UNREACHABLE',
  });
  await assert.rejects(mariadbSource(server, { host: 'nowhere.invalid' }).describe('mysql', never), {
    code: 'NJ-SOURCE-UNREACHABLE',
  });
});

test('connecting to a server that does not answer can be aborted', async () => {
  const listener = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const server = await testMariadb();
  const begun = Date.now();
  await assert.rejects(mariadbSource(server, { port }).describe('mysql', AbortSignal.timeout(200)), {
    code: 'NJ-INTERNAL-ABORTED',
  });
  assert(Date.now() - begun < 2_000);
  const closed = once(listener, 'close');
  listener.close();
  // Only when nobody is connected any more.
  await closed;
});

test('a connection that is lost while rows come is an error', async () => {
  await using mariadb = await databaseWith(manyRows);
  await using proxy = await startServerProxy(mariadb, () => {
    let bytes = 0;
    return (piece) => ((bytes += piece.length) > 1_000_000 ? 'cut' : piece);
  });
  await assert.rejects(readNowhere(mariadb, 't', { port: proxy.port }), { code: 'NJ-SOURCE-LOST' });
});

test('a connection that falls silent is given up when the snapshot has been open too long', async () => {
  await using mariadb = await databaseWith(manyRows);
  await using reader = await addReader(mariadb);
  await using proxy = await startServerProxy(mariadb, () => {
    let bytes = 0;
    return (piece) => ((bytes += piece.length) > 1_000_000 ? 'halt' : piece);
  });
  await assert.rejects(readNowhere(mariadb, 't', { port: proxy.port, snapshotLimit: 1, ...reader }), {
    code: 'NJ-SOURCE-SNAPSHOT-TOO-LONG',
  });
  await assertNoThreadsOf(mariadb, reader.user);
});

test('rows that are lost on the way are missed', async () => {
  await using mariadb = await databaseWith(
    "create table t (id int, v varchar(20)); insert into t values (1, 'one'), (2, 'LOSE ME'), (3, 'three'), (4, 'LOSE ME')",
  );
  await using proxy = await startServerProxy(mariadb, () => loseRows('LOSE ME'));
  await assert.rejects(readNowhere(mariadb, 't', { port: proxy.port }), {
    code: 'NJ-SOURCE-CUT-SHORT',
    message: `The source counted 4 rows in ${mariadb.database}.t in this snapshot, but 2 arrived.`,
  });
});

test('a session that does not have the isolation we asked for is refused', async () => {
  await using mariadb = await databaseWith('create table t (id int primary key)');
  await using proxy = await startServerProxy(
    mariadb,
    () => (piece) =>
      Buffer.from(piece.toString('latin1').replaceAll('REPEATABLE-READ', 'SOMETHING-OTHER'), 'latin1'),
  );
  await assert.rejects(readNowhere(mariadb, 't', { port: proxy.port }), {
    code: 'NJ-SOURCE-SNAPSHOT-REFUSED',
  });
});

test('a lock is waited for as long as declared', async () => {
  await using mariadb = await databaseWith('create table t (id int primary key)');
  const holder = await mysql.createConnection({ ...mariadb });
  await holder.query('lock tables t write');
  const begun = Date.now();
  const reading = readLocked(mariadb);
  await assert.rejects(reading, {
    code: 'NJ-SOURCE-LOCKED',
    message: /locked by another session for more than 1 s/,
  });
  assert(Date.now() - begun < 4_000);
  await holder.end();
});

/** Declared by hand: describing would wait for the lock too. */
async function readLocked(mariadb: TemporaryMariadbDatabase): Promise<void> {
  await mariadbSource(mariadb).read({
    tables: [
      {
        schema: mariadb.database,
        declared: {
          ...{ source: 'test', table: 't', name: 'raw_t', key: [], volatile: false },
          columns: [{ column: 'id', name: 'id', type: { text: 'integer', raw: 'int8', capacity: [32] } }],
        },
      },
    ],
    limits: { ...limits, lockWait: 1 },
    open: () => Promise.resolve(nowhere()),
    onProgress: () => undefined,
    signal: never,
  });
}

for (const [name, sql] of [
  ['that sends rows', `create view t as select seq, sleep(0.001) from ${numbersTo(1_000_000)} s`],
  ['that computes without a word', 'create view t as select benchmark(2000000000, sha2(1, 512)) as v'],
] as const) {
  test(`an abort ends the source's query ${name}, at once`, async () => {
    await using mariadb = await databaseWith(sql);
    await using reader = await addReader(mariadb);
    const abort = new AbortController();
    const reading = readNowhere(mariadb, 't', { ...reader, signal: abort.signal });
    // Whichever of the two statements is at work by then.
    await wait(700);
    assert.equal(await threadsOf(mariadb, reader.user), 1);
    const reason = nightjarError('NJ-INTERNAL-ABORTED', { what: 'The run', reason: 'Ctrl-C' });
    const begun = Date.now();
    abort.abort(reason);
    await assert.rejects(reading, reason);
    assert(Date.now() - begun < 2_000);
    await assertNoThreadsOf(mariadb, reader.user);
  });
}

test('an abort ends a source that waits for us to take its rows', async () => {
  await using mariadb = await databaseWith(
    `create table t (v longtext); insert into t select repeat('x', 1000000) from ${numbersTo(50)} s`,
  );
  await using reader = await addReader(mariadb);
  const toRead = await declareTable(mariadbSource(mariadb), mariadb.database, 't');
  const abort = new AbortController();
  const stuck = nowhere();
  stuck._write = (): void => undefined;
  let taken = 0;
  const reading = mariadbSource(mariadb, reader).read({
    ...{ tables: [toRead], limits, signal: abort.signal },
    open: () => Promise.resolve(stuck),
    onProgress: ({ bytes }) => (taken = bytes),
  });
  await wait(1_000);
  assert.equal(await threadsOf(mariadb, reader.user), 1);
  assert(taken > 0 && taken < 5_000_000, `${taken} bytes are kept in memory`);
  abort.abort('the deadline has passed');
  await assert.rejects(reading, { code: 'NJ-INTERNAL-ABORTED', message: /the deadline has passed/ });
  await assertNoThreadsOf(mariadb, reader.user);
});
