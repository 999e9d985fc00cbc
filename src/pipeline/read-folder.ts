import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultList } from './fault-list.ts';

/** The files of a pipeline folder. */
export interface FolderFiles {
  /** Bytes by path inside the folder, with `/` between; sorted. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Hex SHA-256 over all names and bytes. */
  readonly digest: string;
}

/** Reads all files of a folder and its folders; what begins with a dot is left alone. */
export async function readFolder(folder: string, faults: FaultList): Promise<FolderFiles | undefined> {
  const paths: string[] = [];
  try {
    if (!(await stat(folder)).isDirectory()) throw new NotAFolder();
    await list(folder, '', paths);
  } catch (error) {
    faults.add(
      'NJ-CONFIG-FOLDER-MISSING',
      { folder, reason: reasonOf(error) },
      { file: folder, line: 1, column: 1 },
    );
    return undefined;
  }
  const sorted = paths.toSorted();
  const contents = await Promise.all(
    sorted.map(async (path) => {
      const file = join(folder, path);
      try {
        return await readFile(file);
      } catch (error) {
        faults.add(
          'NJ-CONFIG-FILE-UNREADABLE',
          { file, reason: reasonOf(error) },
          { file, line: 1, column: 1 },
        );
        return undefined;
      }
    }),
  );
  const files = new Map<string, Uint8Array>();
  const hash = createHash('sha256');
  for (const [index, path] of sorted.entries()) {
    const bytes = contents[index];
    if (bytes === undefined) continue;
    files.set(path, bytes);
    // Lengths keep names and contents apart: no two folders come to the same bytes.
    hash.update(`${Buffer.byteLength(path)}:${path}${bytes.length}:`).update(bytes);
  }
  return { files, digest: hash.digest('hex') };
}

class NotAFolder extends Error {}

async function list(folder: string, below: string, paths: string[]): Promise<void> {
  for (const name of await readdir(join(folder, below))) {
    if (name.startsWith('.')) continue;
    const path = below === '' ? name : `${below}/${name}`;
    if ((await stat(join(folder, path))).isDirectory()) await list(folder, path, paths);
    else paths.push(path);
  }
}

/** What the operating system says, without its path: `ENOENT`. */
export function reasonOf(error: unknown): string {
  if (error instanceof NotAFolder) return 'it is not a folder';
  if (!(error instanceof Error) || !('code' in error)) return 'it cannot be opened';
  switch (error.code) {
    case 'ENOENT':
      return 'it does not exist';
    case 'EACCES':
      return 'this user may not read it';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return String(error.code);
  }
}
