import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { colours } from '../../src/cli/colours.ts';
import type { Context } from '../../src/cli/context.ts';
import { demoFiles, demoFolder } from '../../src/cli/demo-files.ts';
import { exitCode, wasStopped, type ExitCode } from '../../src/cli/exit-code.ts';
import type { DemoOptions } from '../../src/cli/samples.ts';
import { NightjarError, nightjarError } from '../../src/error/nightjar-error.ts';
import { tonight } from '../../src/night/tonight.ts';
import { startEmbeddedPostgres } from '../../src/warehouse/embedded/embedded-postgres.ts';
import { abortReason } from '../../src/warehouse/session.ts';
import { mariadbIsHere, startMariadb } from '../servers/mariadb.ts';
import { readState, writeState, type DemoState } from './demo-folder.ts';
import { deploymentText, variablesOf } from './deployment-text.ts';
import { dayAfter } from './day-after.ts';
import { runNights } from './nights.ts';
import { announceDemo } from './running-demo.ts';
import { commandsScreen, endedScreen, nightObjects, nightsScreen } from './screen.ts';
import { advanceSources, ensureSources } from './sources.ts';
import { prepareWarehouses, type DemoServer } from './warehouses.ts';

/** Where the pipeline is, as the demo's deployment file says it. */
const pipeline = resolve(import.meta.dirname, '..', '..', 'pipelines', 'tis-ndw');

/** England at one fiftieth: 6,400 people, 42,000 placements. */
const usualScale = 1 / 50;

/**
 * A whole night of three environments on this machine while readers poll; then stays up until it is stopped, so that
 * the other commands have something to look at and to hurt. The first time it lives two days, later one more. Stopped
 * at any point, it begins there when it is started again. Throws NJ-INTERNAL-ABORTED when it is stopped before it is up.
 */
export async function runDemo(options: DemoOptions, context: Context): Promise<ExitCode> {
  const { output, signal } = context;
  const earlier = await readState();
  // Two days are lived the first time, and the second of them is today.
  const begun: DemoState = earlier ?? {
    firstDay: dayAfter(tonight('Europe/London'), -1),
    scale: options.scale ?? usualScale,
  };
  const days = daysToLive(begun);
  if (options.dryRun === true) {
    output.tell({ action: 'demo', dryRun: true, folder: demoFolder, makes: earlier === undefined, days });
    output.say(
      `${earlier === undefined ? 'It would make up three TIS databases, and then' : 'It would'} run the ${days.length === 1 ? 'night' : 'nights'} of ${days.join(' and ')} in three environments; its data lie in ${demoFolder}.`,
    );
    return exitCode.done;
  }
  output.say(
    `${colours.bold('Nightjar demo')}: its data lie in ${demoFolder}; "npm run demo -- --clean" removes them.`,
  );
  try {
    return await live(begun, days, options, context);
  } catch (error) {
    if (!signal.aborted) throw error;
    // What a run says of the state that it left is true here too; what to do is ours.
    if (error instanceof NightjarError && wasStopped(error)) output.say(error.message);
    throw nightjarError('NJ-INTERNAL-ABORTED', { what: 'The demo', reason: abortReason(signal) });
  }
}

function daysToLive({ firstDay, today }: DemoState): readonly string[] {
  return today === undefined ? [firstDay, dayAfter(firstDay, 1)] : [dayAfter(today, 1)];
}

async function live(
  begun: DemoState,
  days: readonly string[],
  options: DemoOptions,
  context: Context,
): Promise<ExitCode> {
  const { output, signal } = context;
  const { firstDay, scale } = begun;
  await mkdir(demoFolder, { recursive: true });
  output.say('Starting the embedded PostgreSQL …');
  await using postgres = await startEmbeddedPostgres({ dataFolder: resolve(demoFiles.postgres), signal });
  // From here on only one demo is at work in the folder.
  await writeState(begun);
  const { host, port, user, password: superuserPassword, major } = postgres;
  const server: DemoServer = { host, port, user, password: superuserPassword, major };
  // New at each start, known to this machine's user alone, and gone with the demo.
  const password = randomBytes(18).toString('base64url');
  output.say(
    begun.today === undefined ? 'Making up three TIS databases (once) …' : 'Waking the three TIS databases …',
  );
  await using mariadb = mariadbIsHere() ? await startMariadb() : undefined;
  const sources = await ensureSources({
    server,
    mariadb,
    scale,
    firstDay,
    today: begun.today ?? firstDay,
    password,
    say: (line) => {
      output.say(line);
    },
    signal,
  });
  await prepareWarehouses(server, password);
  const variables = variablesOf(sources, server, password);
  await writeFile(demoFiles.deployment, deploymentText(sources, pipeline));

  const reports = [];
  for (const day of days) {
    if (day !== firstDay) {
      output.say(`\nA day passes in TIS: it is now ${day}.`);
      await advanceSources(sources, day, signal);
    }
    output.say();
    const report = await runNights({ day, variables, server, password }, context);
    for (const night of nightObjects(report)) output.tell(night);
    reports.push(report);
    await writeState({ ...begun, today: day });
  }
  await announceDemo(
    {
      pid: process.pid,
      file: resolve(demoFiles.deployment),
      today: days.at(-1) ?? firstDay,
      variables,
      server,
    },
    postgres.folder,
  );
  try {
    const up = options.exit !== true;
    const next = up ? commandsScreen(reports, sources, postgres) : endedScreen;
    for (const line of [...nightsScreen(reports, sources), ...next]) output.say(line);
    output.tell({ action: 'demo', up, file: resolve(demoFiles.deployment), port });
    if (up) await stopped(signal, postgres.exited);
  } finally {
    await rm(demoFiles.running, { force: true });
  }
  return exitCode.done;
}

/** Resolves when it is asked to stop, or the server has ended by itself. */
async function stopped(signal: AbortSignal, serverEnded: Promise<string>): Promise<void> {
  // Neither a signal nor a promise keeps a process alive.
  const alive = setInterval(() => undefined, 60_000);
  const asked = new Promise<void>((done) => {
    if (signal.aborted) done();
    signal.addEventListener('abort', () => {
      done();
    });
  });
  await Promise.race([asked, serverEnded]);
  clearInterval(alive);
}
