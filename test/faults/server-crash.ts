import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresAddress } from '../harness/address.ts';

/**
 * Crashes a PostgreSQL server as `kill -9` of one of its processes does: the server ends every session, gives up what
 * was in its shared memory, and recovers from its log. Resolves once it lets someone in again.
 */
export async function crashPostgres(server: PostgresAddress): Promise<void> {
  const victim = await connectTo(server);
  // The victim is gone before the server knows: it is another session that shows when all are ended.
  const witness = await connectTo(server);
  const ended = new Promise<void>((resolve) => witness.once('end', () => resolve()));
  const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
  process.kill(rows[0]?.pid ?? Number.NaN, 'SIGKILL');
  await ended;
  await untilBack(server);
}

/** Waits until the server lets someone in. */
export async function untilBack(server: PostgresAddress): Promise<void> {
  const until = Date.now() + 20_000;
  for (;;) {
    try {
      const client = await connectTo(server);
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(20);
    }
  }
}

async function connectTo({ host, port, user, password }: PostgresAddress): Promise<pg.Client> {
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
