import { z } from 'zod';
import {
  mariadbAddressSchema,
  postgresAddressSchema,
  type MariadbAddress,
  type PostgresAddress,
  type TestedMajor,
} from './address.ts';
import { startMariadb, type RunningMariadb } from '../../samples/servers/mariadb.ts';
import { startPostgres, type RunningPostgres } from './postgres.ts';

/** Set by test/run.ts, which starts each server once for all files; a file that is run alone starts its own. */
export const SERVERS_VARIABLE = 'NIGHTJAR_TEST_SERVERS';

export const sharedServersSchema = z.object({
  postgres15: postgresAddressSchema,
  postgres18: postgresAddressSchema,
  mariadb: mariadbAddressSchema,
});

export type SharedServers = z.infer<typeof sharedServersSchema>;

const shared = sharedServers();
const own: {
  postgres: Map<TestedMajor, Promise<RunningPostgres>>;
  mariadb: Promise<RunningMariadb> | undefined;
} = {
  postgres: new Map(),
  mariadb: undefined,
};

/** A PostgreSQL that other test files use at the same time: make databases and roles of your own (databases.ts). */
export async function testPostgres(major: TestedMajor): Promise<PostgresAddress> {
  if (shared !== undefined) return major === 15 ? shared.postgres15 : shared.postgres18;
  const started = own.postgres.get(major) ?? startPostgres(major);
  own.postgres.set(major, started);
  return started;
}

/**
 * Names a MySQL, `mysql://root:password@127.0.0.1:3306`, that takes the place of the shared MariaDB: for a look at what
 * docs/reference/mysql-8.md tells of. Nothing starts or ends it.
 */
const MYSQL_VARIABLE = 'NIGHTJAR_TEST_MYSQL';

/** The MySQL of the environment; `undefined` where none is named. */
export function mysqlInPlace(): MariadbAddress | undefined {
  const named = process.env[MYSQL_VARIABLE];
  if (named === undefined) return undefined;
  const { hostname: host, port, username: user, password } = new URL(named);
  return mariadbAddressSchema.parse({ host, port: Number(port), user, password });
}

/** A MariaDB (with a binary log) that other test files use at the same time: make databases of your own. */
export async function testMariadb(): Promise<MariadbAddress> {
  if (shared !== undefined) return shared.mariadb;
  own.mariadb ??= startMariadb();
  return own.mariadb;
}

// Not a hook of the runner's: a hook belongs to the test that first asked, and others still use the server.
process.once('beforeExit', () => {
  for (const started of [...own.postgres.values(), own.mariadb]) {
    void started?.then((server) => server[Symbol.asyncDispose]());
  }
});

function sharedServers(): SharedServers | undefined {
  const text = process.env[SERVERS_VARIABLE];
  return text === undefined ? undefined : sharedServersSchema.parse(JSON.parse(text));
}
