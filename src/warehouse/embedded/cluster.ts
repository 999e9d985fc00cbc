import { randomBytes } from 'node:crypto';
import {
  chown,
  mkdir,
  readFile,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { nightjarError } from '../../error/nightjar-error.ts';
import type { EmbeddedMajor } from './binaries.ts';
import type { Keeper } from './keeper-client.ts';
import type { UnprivilegedUser } from './unprivileged.ts';

/** As the keeper hands the data folder on: works for a user who cannot walk the path to it (a clone below /root). */
export const HANDED_FOLDER = '/proc/self/fd/3';

const PASSWORD_FILE = 'nightjar-superuser-password';
const INITDB_LIMIT_MS = 60_000;
const ABANDONED_AFTER_MS = 10 * 60_000;

export interface Cluster {
  readonly folder: string;
  readonly password: string;
}

/**
 * Opens the cluster below `dataFolder`, or makes it. It is made under another name and renamed when it is whole, so
 * that a start that was killed half-way leaves nothing that looks like a cluster.
 */
export async function openCluster(
  keeper: Keeper,
  bin: string,
  major: EmbeddedMajor,
  dataFolder: string,
  user: UnprivilegedUser | undefined,
): Promise<Cluster> {
  const folder = join(dataFolder, 'cluster');
  await mkdir(dataFolder, { recursive: true });
  await removeAbandoned(dataFolder);
  if ((await stat(folder).catch(() => undefined)) === undefined) {
    await makeCluster(keeper, bin, major, folder, user);
  }
  const found = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  if (found !== String(major)) {
    throw nightjarError('NJ-WAREHOUSE-EMBEDDED-VERSION', {
      folder: dataFolder,
      found,
      expected: String(major),
    });
  }
  await refuseLiveOwner(folder, dataFolder);
  return { folder, password: await readFile(join(folder, PASSWORD_FILE), 'utf8') };
}

async function makeCluster(
  keeper: Keeper,
  bin: string,
  major: EmbeddedMajor,
  folder: string,
  user: UnprivilegedUser | undefined,
): Promise<void> {
  const unfinished = `${folder}.${randomBytes(4).toString('hex')}.new`;
  const password = randomBytes(24).toString('hex');
  const passwordFile = join(keeper.folder, 'password');
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) {
    await chown(unfinished, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  const outcome = await keeper.run({
    program: join(bin, 'initdb'),
    args: [
      ...['--pgdata', HANDED_FOLDER, '--username', 'postgres', '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-sync', '--no-instructions'],
      ...localeArguments(major),
    ],
    environment: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    user,
    folder: unfinished,
    limitMs: INITDB_LIMIT_MS,
  });
  await rm(passwordFile, { force: true });
  if (!outcome.ok) {
    await rm(unfinished, { recursive: true, force: true });
    throw nightjarError('NJ-WAREHOUSE-EMBEDDED', {
      during: 'initdb',
      reason: `${outcome.exit}; ${lastLine(outcome.output)}`,
    });
  }
  await writeFile(join(unfinished, PASSWORD_FILE), password, { mode: 0o600 });
  try {
    await rename(unfinished, folder);
  } catch {
    // Another start was faster: its cluster is as good, and whether it is free is asked next.
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** The same order of text everywhere. Before 17 only the system's C.UTF-8 gives it. */
function localeArguments(major: EmbeddedMajor): string[] {
  return major >= 17
    ? ['--no-locale', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8']
    : ['--locale', 'C.UTF-8'];
}

/**
 * PostgreSQL itself refuses a folder whose postmaster.pid names a living process, but takes any process of that number
 * for a server: after a restart of the machine that may be anything. A server works in its data folder, so we look
 * there; what we cannot see we leave to PostgreSQL.
 */
async function refuseLiveOwner(folder: string, dataFolder: string): Promise<void> {
  const lockFile = join(folder, 'postmaster.pid');
  const text = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const pid = Number.parseInt(text, 10);
  const worksIn = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (worksIn === undefined) return;
  if (worksIn === (await realpath(folder))) {
    throw nightjarError('NJ-WAREHOUSE-EMBEDDED-IN-USE', { folder: dataFolder, pid });
  }
  await rm(lockFile, { force: true });
}

async function removeAbandoned(dataFolder: string): Promise<void> {
  for (const name of await readdir(dataFolder)) {
    if (!name.endsWith('.new')) continue;
    const path = join(dataFolder, name);
    const made = (await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (Date.now() - made > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

export function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}
