import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildOnce, builtProgram } from '../built-program.ts';
import { median, type BenchContext, type Figure, type Measure } from '../measure.ts';

const root = resolve(import.meta.dirname, '..', '..');

/** How long the built program takes to help, and to check the files of the example deployment. */
export const startUp: Measure = { name: 'start-up', run };

async function run({ quick, say }: BenchContext): Promise<readonly Figure[]> {
  buildOnce(say);
  const cache = mkdtempSync(join(tmpdir(), 'nightjar-bench-cache-'));
  try {
    const rounds = quick ? 7 : 15;
    const help = times(['--help'], rounds, cache);
    const check = times(['check', '--files-only', '--file', join(root, 'nightjar.yaml')], rounds, cache);
    return await Promise.resolve([
      {
        measure: 'start-up: nightjar --help',
        value: median(help),
        unit: 'ms',
        bar: { at: 200, kind: 'at most' },
      },
      {
        measure: 'start-up: nightjar check of the files',
        value: median(check),
        unit: 'ms',
        bar: { at: 500, kind: 'at most' },
      },
    ]);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

function times(args: readonly string[], rounds: number, cache: string): readonly number[] {
  const once = (): number => {
    const began = performance.now();
    const ended = spawnSync(process.execPath, [builtProgram, ...args], {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    });
    if (ended.status !== 0) throw new Error(`nightjar ${args.join(' ')} ended with ${String(ended.status)}`);
    return performance.now() - began;
  };
  // The first run fills the compile cache, as the first run after an installation does.
  once();
  return Array.from({ length: rounds }, once);
}
