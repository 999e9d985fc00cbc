/**
 * npm test [-- FILE…]
 *
 * Checks the files, starts the servers that the tests share, runs every test (or only the files named, without the
 * checks) and stops the servers. Whatever ends it, no process and no folder of its is left.
 */
import { glob, readFile, stat } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { runChecks } from './checks.ts';
import { runInGroup } from './harness/group.ts';
import { installNeededPrograms } from './harness/needed-programs.ts';
import { passedTests } from './harness/passed-tests.ts';
import { mysqlInPlace } from './harness/servers.ts';
import { startSharedServers, withoutColours } from './harness/shared-servers.ts';
import { readHazardTable, unprovedHazards } from './tis/hazard-table.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    process.exitCode = 128 + constants.signals[signal];
    interruption.abort(signal);
  });
}

try {
  const code = await main(process.argv.slice(2), interruption.signal);
  process.exitCode ??= code;
} catch (error) {
  if (!interruption.signal.aborted) throw error;
}
if (interruption.signal.aborted)
  console.log('Interrupted; the servers are stopped and their folders removed.');

async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  if (args.includes('--checks')) return (await runChecks(signal)).length === 0 ? 0 : 1;
  const missing = installNeededPrograms();
  if (missing !== undefined) {
    console.log(missing);
    return 1;
  }
  const failed = args.length === 0 ? await runChecks(signal) : [];
  if (failed.length > 0) {
    console.log(`✖ ${failed.join(', ')} failed, so that the tests were not run.`);
    return 1;
  }
  const all = await Array.fromAsync(glob(['test/**/*.test.ts', 'samples/**/*.test.ts']));
  const files = args.length === 0 ? all.filter((file) => !file.includes('node_modules')) : args;
  return runTests(files, args.length === 0, signal);
}

async function runTests(files: readonly string[], all: boolean, signal: AbortSignal): Promise<number> {
  await using servers = await startSharedServers('tests', mysqlInPlace());
  const report = join(servers.folder, 'report.xml');
  const { code } = await runInGroup(
    process.execPath,
    [join(import.meta.dirname, 'run-files.ts'), report, ...(await longestFirst(files))],
    { capture: false, environment: { ...withoutColours, ...servers.environment }, signal },
  );
  if (code !== 0 || !all) return code;
  // What the documentation says is shown by a test, was: only here is it known of all files.
  const passed = passedTests(await readFile(report, 'utf8'), process.cwd());
  const unproved = unprovedHazards(await readHazardTable(), passed);
  for (const sentence of unproved) console.log(`✖ ${sentence}`);
  return unproved.length === 0 ? 0 : 1;
}

/** A file that is long takes long, and one that makes a TIS longer: begun last it would keep everyone waiting. */
async function longestFirst(files: readonly string[]): Promise<readonly string[]> {
  const sizes = new Map(
    await Promise.all(
      files.map(async (file) => {
        const { size } = await stat(file);
        return [file, /^(samples|test\/tis)\//.test(file) ? 10 * size : size] as const;
      }),
    ),
  );
  return files.toSorted((one, other) => (sizes.get(other) ?? 0) - (sizes.get(one) ?? 0));
}
