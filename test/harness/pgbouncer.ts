import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveOnFreePort } from '../../src/warehouse/embedded/free-port.ts';
import { startKeeper, type Keeper } from '../../src/warehouse/embedded/keeper-client.ts';
import { unprivilegedUser } from '../../src/warehouse/embedded/unprivileged.ts';
import type { PostgresAddress } from './address.ts';

export interface PgbouncerOptions {
  readonly server: Pick<PostgresAddress, 'host' | 'port'>;
  readonly mode: 'session' | 'transaction';
  /** Who may come in; the same passwords are used towards the server. */
  readonly users: readonly { readonly user: string; readonly password: string }[];
  /** Of the section [pgbouncer]; they win over ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface RunningPgbouncer extends AsyncDisposable {
  readonly host: '127.0.0.1';
  readonly port: number;
}

/** Starts Debian's PgBouncer before a server; every database of the server can be reached through it. */
export async function startPgbouncer(options: PgbouncerOptions): Promise<RunningPgbouncer> {
  const keeper = await startKeeper('pgbouncer');
  try {
    return await startUnder(keeper, options);
  } catch (error) {
    await keeper.stop();
    throw error;
  }
}

async function startUnder(keeper: Keeper, options: PgbouncerOptions): Promise<RunningPgbouncer> {
  const user = unprivilegedUser();
  const home = join(keeper.folder, 'home');
  const configuration = join(home, 'pgbouncer.ini');
  const userList = join(home, 'users.txt');
  await mkdir(home, { mode: 0o700 });
  await writeFile(
    userList,
    options.users.map((each) => `${quoted(each.user)} ${quoted(each.password)}\n`).join(''),
  );
  if (user !== undefined) await chown(home, user.uid, user.gid);

  const { port, answer } = await serveOnFreePort(async (free) => {
    await writeFile(configuration, configurationText(options, userList, free));
    return keeper.serve({
      program: 'pgbouncer',
      args: [configuration],
      environment: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      user,
      limitMs: 20_000,
      ready: 'process up: PgBouncer',
      // To PgBouncer SIGTERM means "at once"; SIGINT would wait for its clients.
      stop: [{ signal: 'SIGTERM', limitMs: 5_000 }],
    });
  });
  if (!answer.ok) throw new Error(`pgbouncer: ${answer.exit}\n${answer.output}`);
  return { host: '127.0.0.1', port, [Symbol.asyncDispose]: () => keeper.stop() };
}

function configurationText(options: PgbouncerOptions, userList: string, port: number): string {
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: userList,
    pool_mode: options.mode,
    max_client_conn: '200',
    default_pool_size: '10',
    ignore_startup_parameters: 'extra_float_digits,options',
    ...options.settings,
  };
  const { host, port: serverPort } = options.server;
  return [
    '[databases]',
    `* = host=${host} port=${serverPort}`,
    '[pgbouncer]',
    ...Object.entries(settings).map(([name, value]) => `${name} = ${value}`),
    '',
  ].join('\n');
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
