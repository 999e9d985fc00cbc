import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runShell } from './child.ts';
import type { BenchContext } from './measure.ts';

export function pgloaderIsHere(): boolean {
  return spawnSync('pgloader', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Loads `bench.wide` of the source into `pgloader.wide` of a database. Its batches are tuned down: at its defaults it exhausts its heap. */
export async function loadByPgloader({ mariadb, postgres }: BenchContext, database: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nightjar-bench-pgloader-'));
  try {
    const file = join(folder, 'wide.load');
    writeFileSync(
      file,
      `LOAD DATABASE
  FROM mysql://${mariadb.user}:${mariadb.password}@${mariadb.host}:${mariadb.port}/bench
  INTO postgresql://${postgres.user}:${postgres.password}@${postgres.host}:${postgres.port}/${database}
  WITH include drop, create tables, create no indexes, no foreign keys, reset no sequences,
       workers = 2, concurrency = 1, batch rows = 5000, batch size = 4MB, prefetch rows = 5000
  ALTER SCHEMA 'bench' RENAME TO 'pgloader'
  CAST type datetime to timestamp using zero-dates-to-null
  INCLUDING ONLY TABLE NAMES MATCHING 'wide';
`,
      { mode: 0o600 },
    );
    await runShell(`pgloader --root-dir ${folder} --quiet ${file}`, {});
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
