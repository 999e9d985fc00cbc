import { colours } from '../../src/cli/colours.ts';
import type { Context } from '../../src/cli/context.ts';
import { exitCode, type ExitCode } from '../../src/cli/exit-code.ts';
import type { DryRunOption } from '../../src/cli/samples.ts';
import type { PostgresTarget } from '../tis/database/target.ts';
import { findFault, hurtSample } from '../tis/hurt.ts';
import { showConsumer } from './consumer-now.ts';
import { named } from './environments.ts';
import { killRun } from './kill-run.ts';
import { goBack, runHurtNight } from './hurt-night.ts';
import { kill, offeredFaults } from './offered-faults.ts';
import { findRunningDemo, type RunningDemo } from './running-demo.ts';
import { asAdministrator, ensureDatabase } from './warehouses.ts';

const hurtDatabase = 'tis_hurt';
/** How long a fault that lasts is kept up beside the run. */
const lastsSeconds = 3;

/**
 * `nightjar demo hurt FAULT`: does one harm to a copy of production's TIS, runs a night from the copy, and shows what
 * the consumer reads now. The demo itself stays as it was. Throws NJ-USE-FAULT, NJ-USE-NO-DEMO.
 */
export async function hurtDemo(
  name: string | undefined,
  { dryRun = false }: DryRunOption,
  context: Context,
): Promise<ExitCode> {
  const { output } = context;
  if (name === undefined) {
    for (const fault of offeredFaults) {
      output.tell({ fault: fault.name, describes: fault.describes });
      output.say(`  ${fault.name.padEnd(28)} ${fault.describes}`);
    }
    return exitCode.done;
  }
  const fault = findFault(name, offeredFaults);
  const demo = await findRunningDemo();
  if (dryRun) {
    output.tell({ action: 'hurt', dryRun, fault: fault.name, describes: fault.describes });
    output.say(
      fault === kill
        ? `${kill.name} ${kill.describes}. Nothing was done.`
        : `${fault.name} ${fault.describes}: it would be done to a copy of production's TIS, and a night be run from it. Nothing was done.`,
    );
    return exitCode.done;
  }
  output.say(colours.bold('Before'));
  const before = await showConsumer(demo, 'before', context);
  output.say();
  let published: number | undefined;
  if (fault === kill) await killRun(output);
  else published = await hurtNight(demo, fault.name, context);
  output.say();
  output.say(colours.bold('What the consumer reads now'));
  await showConsumer(demo, 'now', context);
  if (published !== undefined) {
    await goBack(demo, { published, before }, context);
    await showConsumer(demo, 'gone back', context);
  }
  return exitCode.done;
}

/** A night over a harmed copy of the source; gives what it published, if it did. */
async function hurtNight(demo: RunningDemo, fault: string, context: Context): Promise<number | undefined> {
  const { server } = demo;
  const { output, signal } = context;
  await dropCopy(server);
  await ensureDatabase(server, hurtDatabase, named.source('production'));
  try {
    const { host, port, user, password } = server;
    const target: PostgresTarget = { kind: 'postgres', host, port, user, password, database: hurtDatabase };
    const begun = Promise.withResolvers<undefined>();
    const table = fault === 'empty-table' ? 'Person' : undefined;
    const onBegun = (): void => {
      begun.resolve(undefined);
    };
    const harm = hurtSample(target, fault, { table, seconds: lastsSeconds, onBegun, signal });
    // A harm that lasts is done beside the run, the others before it.
    const done = await Promise.race([harm, begun.promise]);
    const whatIsDone = done?.sentence ?? `${fault} is done for ${lastsSeconds} seconds, beside the run.`;
    output.tell({ action: 'hurt', fault, sentence: whatIsDone });
    output.say(`${colours.bold('The harm')} (to a copy of production's TIS): ${whatIsDone}`);
    output.say(colours.bold('The night'));
    const [published, { sentence }] = await Promise.all([runHurtNight(demo, hurtDatabase, context), harm]);
    if (done === undefined) output.say(`  ${sentence}`);
    return published;
  } finally {
    await dropCopy(server);
  }
}

async function dropCopy(server: RunningDemo['server']): Promise<void> {
  await asAdministrator(server, 'postgres', (client) =>
    client.query(`drop database if exists ${hurtDatabase} with (force)`),
  );
}
