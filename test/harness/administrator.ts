import pg from 'pg';
import type { PostgresAddress } from './address.ts';

const pools = new Map<string, pg.Pool>();

/**
 * Runs one statement as the superuser, in the database `postgres`, on a connection that is kept: most tests make databases and
 * roles, and connecting costs more than that. Nothing waits for it at the end of a process.
 */
export async function administer(server: PostgresAddress, statement: string): Promise<void> {
  const { host, port, user, password } = server;
  const key = `${host}:${port}`;
  const pool =
    pools.get(key) ??
    new pg.Pool({ host, port, user, password, database: 'postgres', max: 2, allowExitOnIdle: true });
  if (!pools.has(key)) {
    pools.set(key, pool);
    // A server that is crashed or stopped under a test ends what is kept, and the pool drops it.
    pool.on('error', () => undefined);
  }
  const client = await alive(pool);
  try {
    await client.query(statement);
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** One that answers: a server may have been crashed since, or another be on its port. */
async function alive(pool: pg.Pool): Promise<pg.PoolClient> {
  for (let left = pool.totalCount; ; left--) {
    const client = await pool.connect();
    try {
      await client.query('select');
      return client;
    } catch (error) {
      client.release(true);
      if (left <= 0) throw error;
    }
  }
}
