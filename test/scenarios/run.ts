/**
 * npm run test:scenarios [-- WORD]
 *
 * Lives nights that went wrong once, and asserts how each is judged and in which words. A word plays only those whose date or
 * matter holds it. Starts its own servers, and leaves nothing.
 */
import { amount } from '../../src/error/amount.ts';
import { startKeeper } from '../../src/warehouse/embedded/keeper-client.ts';
import { startMariadb } from '../../samples/servers/mariadb.ts';
import { installNeededPrograms } from '../harness/needed-programs.ts';
import { startPostgres } from '../harness/postgres.ts';
import { SERVERS_VARIABLE } from '../harness/servers.ts';
import type { Scenario } from './scenario.ts';

process.exitCode = await main(process.argv[2] ?? '');

async function main(word: string): Promise<number> {
  const missing = installNeededPrograms();
  if (missing !== undefined) {
    console.log(missing);
    return 1;
  }
  await using place = await startKeeper('scenarios');
  const [postgres15, postgres18, mariadb] = await Promise.all([
    startPostgres(15),
    startPostgres(18),
    startMariadb(),
  ]);
  await using servers = new AsyncDisposableStack();
  for (const server of [postgres15, postgres18, mariadb]) servers.use(server);
  // Before anything is loaded that asks for the servers.
  process.env['TMPDIR'] = place.folder;
  process.env[SERVERS_VARIABLE] = JSON.stringify({ postgres15, postgres18, mariadb });
  const [{ inputs }, { runningSync }, { harms }, { nights }, { columns }, { outage }] = await Promise.all([
    import('./inputs.ts'),
    import('./running-sync.ts'),
    import('./harms.ts'),
    import('./nights.ts'),
    import('./columns.ts'),
    import('./outage.ts'),
  ]);
  const all = [...inputs, ...runningSync, ...nights, ...columns, ...outage, ...harms].filter(
    ({ date, what }) => `${date} ${what}`.toLowerCase().includes(word.toLowerCase()),
  );
  let failures = 0;
  for (const scenario of all) if (!(await played(scenario))) failures++;
  console.log(
    failures === 0
      ? `✔ ${amount(all.length, 'scenario')}, each judged as it should be.`
      : `✖ ${failures} of ${amount(all.length, 'scenario')} not judged as it should be.`,
  );
  return failures === 0 && all.length > 0 ? 0 : 1;
}

async function played({ date, what, then, play }: Scenario): Promise<boolean> {
  const began = performance.now();
  const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  try {
    const now = await play();
    console.log(`✔ ${date}: ${what} (${seconds()})\n    then: ${then}\n    now:  ${now}`);
    return true;
  } catch (error) {
    console.log(`✖ ${date}: ${what} (${seconds()})`);
    console.log(error instanceof Error ? error.stack : String(error));
    return false;
  }
}
