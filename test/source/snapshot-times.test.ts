import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import type { SnapshotRead, SourceConnection, TableToRead } from '../../src/source/source.ts';
import {
  inMariadb,
  inPostgres,
  temporaryMariadbDatabase,
  temporaryPostgresDatabase,
} from '../harness/databases.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import { declareTable } from './declare.ts';
import { mariadbSource } from './mariadb-source.ts';
import { postgresSource } from './postgres-source.ts';
import { limits, nowhere } from './raw-tables.ts';

const never = new AbortController().signal;

function read(source: SourceConnection, tables: readonly TableToRead[]): Promise<SnapshotRead> {
  return source.read({
    ...{ tables, limits, signal: never, onProgress: () => undefined },
    open: () => Promise.resolve(nowhere()),
  });
}

/** Milliseconds for which a lock is held once we are known to wait for it: what is measured is not less. */
const held = 300;

/** @param waits whether a session of ours waits for the lock by now. */
async function untilWaiting(waits: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 10_000;
  while (!(await waits())) if (Date.now() > until) throw new Error('nobody waits for the lock');
  await pass(held);
}

test('how long locks of a MariaDB are waited for is counted, and how long the snapshot is open', async () => {
  await using mariadb = await temporaryMariadbDatabase(await testMariadb());
  await inMariadb(mariadb, (connection) => connection.query('create table t (id int primary key)'));
  const source = mariadbSource(mariadb);
  const tables = [await declareTable(source, mariadb.database, 't')];
  const reading = await inMariadb(mariadb, async (connection) => {
    await connection.query('lock tables t write');
    const started = read(source, tables);
    await untilWaiting(() =>
      inMariadb(mariadb, async (other) => {
        const [rows] = await other.query<RowDataPacket[]>(
          "select 1 from information_schema.processlist where state = 'Waiting for table metadata lock' and info like ?",
          [`%${mariadb.database}%`],
        );
        return rows.length > 0;
      }),
    );
    await connection.query('unlock tables');
    return { started };
  });
  const { times } = await reading.started;
  assert.ok(times.locks * 1_000 >= held, String(times.locks));
  assert.ok(times.open >= times.locks, String(times.open));
});

test('how long locks of a PostgreSQL are waited for is counted, of volatile tables too', async (t) => {
  for (const volatile of [false, true]) {
    await t.test(volatile ? 'before the snapshot' : 'in the snapshot', async () => {
      await using database = await temporaryPostgresDatabase(await testPostgres(18));
      await inPostgres(database, (client) => client.query('create table t (id int)'));
      const source = postgresSource(database);
      const tables = [await declareTable(source, 'public', 't', { volatile })];
      const reading = await inPostgres(database, async (client) => {
        await client.query('begin; lock table t in access exclusive mode');
        const started = read(source, tables);
        await untilWaiting(() =>
          inPostgres(database, async (other) => {
            const { rows } = await other.query(
              "select from pg_locks where not granted and relation = 't'::regclass",
            );
            return rows.length > 0;
          }),
        );
        await client.query('commit');
        return { started };
      });
      const { times } = await reading.started;
      assert.ok(times.locks * 1_000 >= held, String(times.locks));
      assert.ok(times.open > 0);
    });
  }
});
