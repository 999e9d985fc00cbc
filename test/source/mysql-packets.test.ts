import assert from 'node:assert/strict';
import { test } from 'node:test';
import mysql from 'mysql2/promise';
import { openReader } from '../../src/source/mysql/open-reader.ts';
import { proofs } from '../../src/source/mysql/proofs.ts';
import type { MysqlSession } from '../../src/source/mysql/session.ts';
import { SnapshotBroken } from '../../src/source/snapshot-broken.ts';
import { inMariadb, temporaryMariadbDatabase, type TemporaryMariadbDatabase } from '../harness/databases.ts';
import { numbersTo } from '../harness/numbers.ts';
import { testMariadb } from '../harness/servers.ts';

/** A session whose rows were proven to come as packets. */
async function reader({ host, port, user, password }: TemporaryMariadbDatabase): Promise<MysqlSession> {
  const session = await openReader({
    ...{ name: 'tis', lockWait: 1, patience: 60, signal: new AbortController().signal },
    server: () => ({ host, port, user, password, tls: undefined }),
  });
  assert(session.givesPackets);
  return session;
}

/** Streams a table, or what a view has, and counts its rows. */
async function count(
  session: MysqlSession,
  { database }: TemporaryMariadbDatabase,
  table: string,
  taken: (rows: number) => void = () => undefined,
): Promise<number | 'not prepared'> {
  let rows = 0;
  const subject = { printed: table, raw: `raw_${table}` };
  const prepared = await session.streamPackets(`select * from ${database}.${table}`, subject, () => () => {
    taken(++rows);
  });
  return prepared ? rows : 'not prepared';
}

async function databaseWith(sql: string): Promise<TemporaryMariadbDatabase> {
  const mariadb = await temporaryMariadbDatabase(await testMariadb());
  await inMariadb(mariadb, (connection) => connection.query(sql));
  return mariadb;
}

test('the same statement can be read again, and one that is not understood is not prepared', async () => {
  await using mariadb = await databaseWith('create table t (id int); insert into t values (1), (2), (null)');
  await using session = await reader(mariadb);
  assert.equal(await count(session, mariadb, 't'), 3);
  assert.equal(await count(session, mariadb, 't'), 3);
  assert.equal(await count(session, mariadb, 'nowhere'), 'not prepared');
  assert.equal(await count(session, mariadb, 't'), 3);
});

test('error 1412 breaks the snapshot, whichever of the statements meets it', async () => {
  await using mariadb = await databaseWith('create table t (id int); insert into t values (1)');
  await using session = await reader(mariadb);
  await session.query('start transaction with consistent snapshot', { printed: 'a snapshot', raw: '' });
  await inMariadb(mariadb, (connection) => connection.query('truncate t; insert into t values (2)'));
  await assert.rejects(
    count(session, mariadb, 't'),
    (error: unknown) => error instanceof SnapshotBroken && error.table === 'raw_t',
  );
  await session.query('rollback', { printed: 'a snapshot', raw: '' });
  assert.equal(await count(session, mariadb, 't'), 1);
});

test('a lock is waited for as long as declared, and then said to be one', async () => {
  await using mariadb = await databaseWith('create table t (id int); insert into t values (1)');
  await using session = await reader(mariadb);
  const holder = await mysql.createConnection({ ...mariadb });
  await holder.query('lock tables t write');
  await assert.rejects(count(session, mariadb, 't'), { code: 'NJ-SOURCE-LOCKED' });
  await holder.end();
  assert.equal(await count(session, mariadb, 't'), 1);
});

test('a connection that is lost before its statement is prepared is lost', async () => {
  await using mariadb = await databaseWith('create table t (id int)');
  await using session = await reader(mariadb);
  await inMariadb(mariadb, (connection) => connection.query(`kill ${session.threadId}`));
  await assert.rejects(count(session, mariadb, 't'), { code: 'NJ-SOURCE-LOST' });
});

test('a query that is killed while its rows come is lost', async () => {
  await using mariadb = await databaseWith(
    `create view t as select sleep(0.001), seq from ${numbersTo(100_000)} s`,
  );
  await using session = await reader(mariadb);
  let killing: Promise<unknown> | undefined;
  const reading = count(session, mariadb, 't', () => {
    killing ??= inMariadb(mariadb, (connection) => connection.query(`kill query ${session.threadId}`));
  });
  await assert.rejects(reading, { code: 'NJ-SOURCE-LOST', message: /ER_QUERY_INTERRUPTED/ });
  await killing;
});

test('what takes the rows may fail, and ends the statement with that', async () => {
  await using mariadb = await databaseWith(`create view t as select seq from ${numbersTo(1_000_000)} s`);
  for (const failing of [1, 3]) {
    await using session = await reader(mariadb);
    const reading = count(session, mariadb, 't', (rows) => {
      assert(rows <= failing, 'a row came after the failure');
      if (rows === failing) throw new RangeError('a row of ours');
    });
    await assert.rejects(reading, { code: 'NJ-SOURCE-QUERY' });
  }
});

test('what proves a connection is understood by this server, all of it', async () => {
  await using mariadb = await databaseWith('create table t (id int)');
  await using session = await reader(mariadb);
  for (const { select, columns } of proofs) {
    for (const format of ['text', 'binary'] as const) {
      const widths: number[] = [];
      const rowsOf = (fields: readonly unknown[]) => (): void => {
        widths.push(fields.length);
      };
      const subject = { printed: 'a proof', raw: '' };
      if (format === 'text') await session.streamCells(select(format), subject, rowsOf);
      else assert(await session.streamPackets(select(format), subject, rowsOf));
      assert.deepEqual(widths, [columns.length, columns.length]);
    }
  }
});
