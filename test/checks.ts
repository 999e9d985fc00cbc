import { runInGroup } from './harness/group.ts';

/** All that can be said about the files without running them. */
const checks = [
  { name: 'Types', args: ['node_modules/typescript/bin/tsc'] },
  {
    name: 'Lint',
    args: ['node_modules/eslint/bin/eslint.js', '--cache', '--cache-location', '.nightjar/eslint', '.'],
  },
  { name: 'Structure', args: ['scripts/check-structure.mjs'] },
  { name: 'Format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
];

/** Runs them two at a time, says how each went, and returns the names of those that failed. */
export async function runChecks(signal: AbortSignal): Promise<string[]> {
  const failed: string[] = [];
  const waiting = [...checks];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const started = Date.now();
      const { code, output } = await runInGroup(process.execPath, check.args, { capture: true, signal });
      signal.throwIfAborted();
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? '✔' : '✖'} ${check.name} (${seconds} s)`);
      if (code === 0) continue;
      failed.push(check.name);
      console.log(output.trimEnd());
    }
  };
  await Promise.all([work(), work()]);
  return failed;
}
