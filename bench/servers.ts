import { startMariadb } from '../samples/servers/mariadb.ts';
import type { MariadbAddress, PostgresAddress } from '../test/harness/address.ts';
import { startPostgres } from '../test/harness/postgres.ts';

export type MariadbBench = MariadbAddress;
export type PostgresBench = PostgresAddress;

export interface BenchServers extends AsyncDisposable {
  readonly mariadb: MariadbBench;
  readonly postgres: PostgresBench;
}

/** What a small real warehouse without a standby has: a sixth of the machine's memory, checkpoints far apart. */
export const warehouseSettings = {
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_buffers: '4GB',
  max_wal_size: '8GB',
  checkpoint_timeout: '30min',
};

/** One MariaDB and one PostgreSQL of our own. */
export async function startServers(): Promise<BenchServers> {
  const mariadb = await startMariadb({ binlog: false, settings: { 'innodb-buffer-pool-size': '2G' } });
  try {
    const postgres = await startPostgres(18, { settings: warehouseSettings });
    return {
      mariadb,
      postgres,
      [Symbol.asyncDispose]: async () => {
        await postgres[Symbol.asyncDispose]();
        await mariadb[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await mariadb[Symbol.asyncDispose]();
    throw error;
  }
}
