import { statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nightjarError } from '../../error/nightjar-error.ts';
import { copyBinaries, ownBinaries, type EmbeddedMajor, type PostgresBinaries } from './binaries.ts';
import { HANDED_FOLDER, lastLine, openCluster, type Cluster } from './cluster.ts';
import { saysPortInUse, serveOnFreePort } from './free-port.ts';
import { startKeeper, type Keeper } from './keeper-client.ts';
import { unprivilegedUser } from './unprivileged.ts';

const START_LIMIT_MS = 120_000;
/** Below this much shared memory (a container's default is 64 MB) parallel queries would fail. */
const ENOUGH_SHARED_MEMORY = 512 * 1024 * 1024;

export interface EmbeddedPostgresOptions {
  /** Kept between starts and recovered after a crash; left out, the data are temporary. */
  readonly dataFolder?: string;
  /** Nightjar's own, PostgreSQL 18, unless said otherwise. */
  readonly binaries?: PostgresBinaries;
  /** Any free one unless said otherwise. */
  readonly port?: number;
  /** Server settings, as in postgresql.conf; they win over ours. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface EmbeddedPostgres extends AsyncDisposable {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** The superuser. */
  readonly user: 'postgres';
  readonly password: string;
  /** Of the superuser, in the database `postgres`. */
  readonly adminUrl: string;
  readonly major: EmbeddedMajor;
  /** Temporary, and gone with the server, however this process ends. */
  readonly folder: string;
  readonly pid: number;
  /** How the server ended, in words; pending while it runs. */
  readonly exited: Promise<string>;
  /** Stops the server and waits until it and all that was temporary are gone. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL server of our own on 127.0.0.1. It ends with this process, however this process ends.
 *
 * @throws NJ-WAREHOUSE-EMBEDDED, …-MISSING, …-IN-USE, …-VERSION; NJ-INTERNAL-ABORTED once `signal` is aborted.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const { signal } = options;
  refuseAborted(signal);
  const keeper = await startKeeper('postgres');
  const giveUp = () => void keeper.stop();
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    // It may have been aborted while there was no keeper to stop.
    refuseAborted(signal);
    return await startUnder(keeper, options);
  } catch (error) {
    await keeper.stop();
    // What failed is then the consequence, not the reason.
    refuseAborted(signal);
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

async function startUnder(keeper: Keeper, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataFolder } = options;
  const { major, native } = options.binaries ?? ownBinaries();
  const user = unprivilegedUser();
  const bin = await copyBinaries(native, keeper.folder, user);
  const cluster = await openCluster(keeper, bin, major, dataFolder ?? join(keeper.folder, 'data'), user);
  const temporary = dataFolder === undefined;
  const logFile = join(dataFolder ?? keeper.folder, 'postgresql.log');
  await writeFile(logFile, '', { mode: 0o600 });
  const settings = { ...(await ourSettings(temporary)), ...options.settings };

  const serve = (port: number) =>
    keeper.serve({
      program: join(bin, 'postgres'),
      args: ['-D', HANDED_FOLDER, ...settingArguments({ ...settings, port: String(port) })],
      environment: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
      user,
      folder: cluster.folder,
      limitMs: START_LIMIT_MS,
      // A standby says "read-only connections".
      ready: 'database system is ready to accept ',
      // Fast, then immediate. What is temporary needs no checkpoint.
      stop: [
        ...(temporary ? [] : [{ signal: 'SIGINT' as const, limitMs: 15_000 }]),
        { signal: 'SIGQUIT', limitMs: 10_000 },
      ],
      logFile,
    });
  const { port, answer } =
    options.port === undefined
      ? await serveOnFreePort(serve)
      : { port: options.port, answer: await serve(options.port) };
  if (answer.ok && answer.pid !== undefined) return describe(keeper, cluster, major, port, answer.pid);
  throw nightjarError('NJ-WAREHOUSE-EMBEDDED', {
    during: 'its start',
    reason: saysPortInUse(answer)
      ? `port ${port} of 127.0.0.1 is in use`
      : `${answer.exit}; ${lastLine(answer.output)}`,
  });
}

function describe(
  keeper: Keeper,
  cluster: Cluster,
  major: EmbeddedMajor,
  port: number,
  pid: number,
): EmbeddedPostgres {
  return {
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: cluster.password,
    adminUrl: `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/postgres`,
    major,
    folder: keeper.folder,
    pid,
    exited: keeper.serverExited,
    stop: () => keeper.stop(),
    [Symbol.asyncDispose]: () => keeper.stop(),
  };
}

async function ourSettings(temporary: boolean): Promise<Record<string, string>> {
  const memory = await statfs('/dev/shm').catch(() => undefined);
  const enough = memory !== undefined && memory.bavail * memory.bsize >= ENOUGH_SHARED_MEMORY;
  return {
    listen_addresses: '127.0.0.1',
    // The path of a socket may have 107 bytes at most, and a folder's path may be longer.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Row values stand in the messages of errors, their details and their statements: none of these is logged.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    // In files of the data folder, which go with it; a server that is stopped in haste may leave the other kind behind.
    dynamic_shared_memory_type: temporary || !enough ? 'mmap' : 'posix',
    // Only a crash of the machine could lose something, and then the temporary folder is lost as well.
    ...(temporary ? { fsync: 'off', full_page_writes: 'off' } : {}),
  };
}

function settingArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function refuseAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  const reason: unknown = signal.reason;
  throw nightjarError('NJ-INTERNAL-ABORTED', {
    what: 'The start of the embedded PostgreSQL',
    reason: reason instanceof Error ? reason.message : 'on request',
  });
}
