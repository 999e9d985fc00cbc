import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveOnFreePort } from '../../src/warehouse/embedded/free-port.ts';
import { startKeeper, type Keeper } from '../../src/warehouse/embedded/keeper-client.ts';
import { unprivilegedUser } from '../../src/warehouse/embedded/unprivileged.ts';

export interface MariadbOptions {
  /** On unless said otherwise: without it a snapshot cannot name its position. */
  readonly binlog?: boolean;
  /** Server variables, as after `--`; they win over ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface RunningMariadb extends AsyncDisposable {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** May do everything. */
  readonly user: 'root';
  readonly password: string;
  readonly pid: number;
  readonly exited: Promise<string>;
}

/** Debian's programs, without a service; sbin may be missing from an ordinary user's PATH. */
const ownPrograms = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };

/** Whether the server's programs are on this machine. */
export function mariadbIsHere(): boolean {
  const folders = ownPrograms.PATH.split(':');
  return ['mariadbd', 'mariadb-install-db'].every((program) =>
    folders.some((folder) => existsSync(join(folder, program))),
  );
}

/** Starts a private MariaDB with temporary data; most tests share one instead (test/harness/servers.ts). */
export async function startMariadb(options: MariadbOptions = {}): Promise<RunningMariadb> {
  const keeper = await startKeeper('mariadb');
  try {
    return await startUnder(keeper, options);
  } catch (error) {
    await keeper.stop();
    throw error;
  }
}

async function startUnder(keeper: Keeper, options: MariadbOptions): Promise<RunningMariadb> {
  const user = unprivilegedUser();
  const password = randomBytes(12).toString('hex');
  const home = join(keeper.folder, 'home');
  const data = join(home, 'data');
  const initFile = join(home, 'accounts.sql');
  // A server that starts takes away what it finds in its folder for temporary tables, also another's.
  const temporary = join(home, 'tmp');
  const environment = { ...ownPrograms, TMPDIR: temporary };
  await mkdir(home, { mode: 0o700 });
  await mkdir(temporary, { mode: 0o700 });
  await writeFile(initFile, accounts(password), { mode: 0o600 });
  if (user !== undefined)
    for (const path of [home, temporary, initFile]) await chown(path, user.uid, user.gid);

  const installed = await keeper.run({
    program: 'mariadb-install-db',
    args: [
      '--no-defaults',
      `--datadir=${data}`,
      '--skip-test-db',
      '--auth-root-authentication-method=normal',
    ],
    environment,
    user,
    limitMs: 60_000,
  });
  if (!installed.ok) throw new Error(`mariadb-install-db: ${installed.exit}\n${installed.output}`);

  const { port, answer } = await serveOnFreePort((free) =>
    keeper.serve({
      program: 'mariadbd',
      args: [
        '--no-defaults',
        ...Object.entries({ ...ourSettings(home, options), ...options.settings, port: String(free) }).map(
          ([name, value]) => `--${name}=${value}`,
        ),
        `--datadir=${data}`,
        `--init-file=${initFile}`,
      ],
      environment,
      user,
      limitMs: 60_000,
      ready: 'ready for connections',
      stop: [{ signal: 'SIGTERM', limitMs: 10_000 }],
    }),
  );
  if (!answer.ok || answer.pid === undefined) throw new Error(`mariadbd: ${answer.exit}\n${answer.output}`);
  return {
    host: '127.0.0.1',
    port,
    user: 'root',
    password,
    pid: answer.pid,
    exited: keeper.serverExited,
    [Symbol.asyncDispose]: () => keeper.stop(),
  };
}

function accounts(password: string): string {
  return [
    `CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    "GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;",
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`,
    '',
  ].join('\n');
}

function ourSettings(home: string, options: MariadbOptions): Record<string, string> {
  return {
    'bind-address': '127.0.0.1',
    socket: join(home, 's'),
    'pid-file': join(home, 'pid'),
    // A server that starts deletes what looks like a temporary table in this folder, also another server's.
    tmpdir: home,
    'skip-name-resolve': 'ON',
    'character-set-server': 'utf8mb4',
    'innodb-buffer-pool-size': '64M',
    'innodb-log-file-size': '48M',
    'innodb-flush-log-at-trx-commit': '0',
    'max-allowed-packet': '128M',
    'performance-schema': 'OFF',
    // The sample and the tests write dates that only an old application could have written.
    'sql-mode': 'NO_ENGINE_SUBSTITUTION',
    ...(options.binlog === false
      ? {}
      : { 'log-bin': join(home, 'data', 'log'), 'binlog-format': 'ROW', 'server-id': '1' }),
  };
}
