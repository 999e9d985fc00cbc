/**
 * npm test [-- FILE…]
 *
 * Checks the files, starts the servers that the tests share, runs every test (or only the files named, without the
 * checks) and stops the servers. Whatever ends it, no process and no folder of its is left.
 */
import { glob, readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { startKeeper } from '../src/warehouse/embedded/keeper-client.ts';
import { runChecks } from './checks.ts';
import { runInGroup } from './harness/group.ts';
import { startMariadb } from '../samples/servers/mariadb.ts';
import { installNeededPrograms } from './harness/needed-programs.ts';
import { passedTests } from './harness/passed-tests.ts';
import { startPostgres } from './harness/postgres.ts';
import { mysqlInPlace, SERVERS_VARIABLE, sharedServersSchema } from './harness/servers.ts';
import { readHazardTable, unprovedHazards } from './tis/hazard-table.ts';

/** A test that waits longer hangs. */
const TEST_LIMIT_MS = 180_000;

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
  const files =
    args.length === 0 ? await Array.fromAsync(glob(['test/**/*.test.ts', 'samples/**/*.test.ts'])) : args;
  return runTests(files, args.length === 0, signal);
}

async function runTests(files: readonly string[], all: boolean, signal: AbortSignal): Promise<number> {
  // The tests' own temporary folders go below this one, and go with it.
  await using place = await startKeeper('tests');
  const mysql = mysqlInPlace();
  const [postgres15, postgres18, started] = await Promise.all([
    startPostgres(15),
    startPostgres(18),
    mysql === undefined ? startMariadb() : undefined,
  ]);
  await using servers = new AsyncDisposableStack();
  for (const server of [postgres15, postgres18, started]) servers.use(server);
  const mariadb = mysql ?? started;
  const environment = {
    // What a test expects of our words is without colours, whoever runs it and wherever.
    ...{ NO_COLOR: '1', FORCE_COLOR: undefined },
    TMPDIR: place.folder,
    [SERVERS_VARIABLE]: JSON.stringify(sharedServersSchema.parse({ postgres15, postgres18, mariadb })),
  };
  const report = join(place.folder, 'report.xml');
  const { code } = await runInGroup(
    process.execPath,
    [
      ...['--test', '--test-concurrency=8', `--test-timeout=${TEST_LIMIT_MS}`],
      ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
      ...['--test-reporter=junit', `--test-reporter-destination=${report}`],
      ...files.filter((file) => !file.includes('node_modules')).sort(),
    ],
    { capture: false, environment, signal },
  );
  if (code !== 0 || !all) return code;
  // What the documentation says is shown by a test, was: only here is it known of all files.
  const passed = passedTests(await readFile(report, 'utf8'), process.cwd());
  const unproved = unprovedHazards(await readHazardTable(), passed);
  for (const sentence of unproved) console.log(`✖ ${sentence}`);
  return unproved.length === 0 ? 0 : 1;
}
