/**
 * npm run test:scenarios [-- WORD]
 *
 * Lives nights that went wrong once, and asserts how each is judged and in which words. A word plays only those whose date or
 * matter holds it. Starts its own servers, and leaves nothing.
 */
import { amount } from '../../src/error/amount.ts';
import { inLanes } from '../harness/lanes.ts';
import { installNeededPrograms } from '../harness/needed-programs.ts';
import { startSharedServers } from '../harness/shared-servers.ts';
import type { Scenario } from './scenario.ts';

process.exitCode = await main(process.argv[2] ?? '');

async function main(word: string): Promise<number> {
  const missing = installNeededPrograms();
  if (missing !== undefined) {
    console.log(missing);
    return 1;
  }
  await using servers = await startSharedServers('scenarios');
  // Before anything is loaded that asks for the servers.
  Object.assign(process.env, servers.environment);
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
  // Each has its own databases. A night waits for its instant, and another is played meanwhile.
  await inLanes([1, 2, 3], all, async (_lane, scenario) => {
    if (!(await played(scenario))) failures++;
  });
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
