import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** The built program's first file: what a release runs. */
export const builtProgram = join(root, 'dist', 'cli', 'main.js');

let built = false;

/** Builds the program, once for all measures. */
export function buildOnce(say: (line: string) => void): void {
  if (built) return;
  say('building the program');
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], {
    cwd: root,
    stdio: 'ignore',
  });
  if (status !== 0) throw new Error('the build failed');
  built = true;
}
