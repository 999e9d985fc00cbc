import { startMariadb } from '../../samples/servers/mariadb.ts';
import { startKeeper } from '../../src/warehouse/embedded/keeper-client.ts';
import type { MariadbAddress } from './address.ts';
import { startPostgres } from './postgres.ts';
import { quickPlace } from './quick-place.ts';
import { SERVERS_VARIABLE, sharedServersSchema } from './servers.ts';

/** The servers that all tests of a run share, and the folder of their temporary files. Whatever ends this process, none is left. */
export interface StartedServers extends AsyncDisposable {
  readonly folder: string;
  /** By which a process below finds the servers (servers.ts), and puts its own temporary folders into ours. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What a test expects of our words is without colours, whoever runs it and wherever. */
export const withoutColours = { NO_COLOR: '1', FORCE_COLOR: undefined };

/**
 * Starts one server of each kind; `name` becomes part of the folder's name.
 *
 * @param mysql takes MariaDB's place, and is not ours to stop.
 */
export async function startSharedServers(name: string, mysql?: MariadbAddress): Promise<StartedServers> {
  const quick = quickPlace();
  // Unless somebody says where.
  if (quick !== undefined) process.env['TMPDIR'] ??= quick;
  await using started = new AsyncDisposableStack();
  const place = started.use(await startKeeper(name));
  const [postgres15, postgres18, mariadb] = await Promise.all([
    startPostgres(15),
    startPostgres(18),
    mysql === undefined ? startMariadb() : undefined,
  ]);
  for (const server of [postgres15, postgres18, mariadb]) started.use(server);
  const addresses = sharedServersSchema.parse({ postgres15, postgres18, mariadb: mysql ?? mariadb });
  const all = started.move();
  return {
    folder: place.folder,
    environment: { TMPDIR: place.folder, [SERVERS_VARIABLE]: JSON.stringify(addresses) },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
