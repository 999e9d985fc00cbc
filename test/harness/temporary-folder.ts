import { chmod, mkdtemp, readdir, rm, watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
  /** Resolves once nothing is in it any more. */
  empty(): Promise<void>;
}

/** A folder for one test. 0700 unless `shared`, so that a server under another user cannot walk to what is in it. */
export async function temporaryFolder(shared: 'private' | 'shared' = 'private'): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'nightjar-test-'));
  if (shared === 'shared') await chmod(path, 0o755);
  return {
    path,
    empty: () => untilEmpty(path),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 10 }),
  };
}

/** Resolves once nothing is in the folder any more. */
export async function untilEmpty(path: string): Promise<void> {
  const stop = new AbortController();
  const changes = watch(path, { signal: stop.signal });
  try {
    // The look comes after the watch began, so that no change falls between them.
    if ((await readdir(path)).length === 0) return;
    for await (const _ of changes) if ((await readdir(path)).length === 0) return;
  } finally {
    stop.abort();
  }
}
