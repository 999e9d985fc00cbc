import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import pc from 'picocolors';
import type { Context } from '../../src/cli/context.ts';
import { exitCode, type ExitCode } from '../../src/cli/exit-code.ts';
import { tonight } from '../../src/night/tonight.ts';
import { startEmbeddedPostgres } from '../../src/warehouse/embedded/embedded-postgres.ts';
import { mariadbIsHere, startMariadb } from '../servers/mariadb.ts';
import { demoFiles, demoFolder, readState, writeState } from './demo-folder.ts';
import { deploymentText, variablesOf } from './deployment-text.ts';
import { dayAfter } from './day-after.ts';
import { runNights } from './nights.ts';
import type { RunningDemo } from './running-demo.ts';
import { screen } from './screen.ts';
import { advanceSources, ensureSources } from './sources.ts';
import { prepareWarehouses, type DemoServer } from './warehouses.ts';

/** Where the pipeline is, as the demo's deployment file says it. */
const pipeline = resolve(import.meta.dirname, '..', '..', 'pipelines', 'tis-ndw');

/**
 * A whole night of three environments on this machine while readers poll; then stays up until it is stopped, so that
 * the other commands have something to look at and to hurt. The first time it lives two days, later one more.
 */
export async function runDemo(options: { readonly exit: boolean }, context: Context): Promise<ExitCode> {
  const { output, signal } = context;
  output.say(
    `${pc.bold('Nightjar demo')}: its data lie in ${demoFolder}; "npm run demo -- --clean" removes them.`,
  );
  await mkdir(demoFolder, { recursive: true });
  const earlier = await readState();
  // Two days are lived the first time, and the second of them is today.
  const firstDay = earlier?.firstDay ?? dayAfter(tonight('Europe/London'), -1);
  output.say('Starting the embedded PostgreSQL …');
  await using postgres = await startEmbeddedPostgres({ dataFolder: resolve(demoFiles.postgres), signal });
  const server: DemoServer = {
    host: postgres.host,
    port: postgres.port,
    user: postgres.user,
    password: postgres.password,
    major: postgres.major,
  };
  // New at each start, known to this machine's user alone, and gone with the demo.
  const password = randomBytes(18).toString('base64url');
  output.say(
    earlier === undefined ? 'Making up three TIS databases (once) …' : 'Waking the three TIS databases …',
  );
  await using mariadb = mariadbIsHere() ? await startMariadb() : undefined;
  const sources = await ensureSources({
    server,
    mariadb,
    firstDay,
    today: earlier?.today ?? firstDay,
    password,
    say: (line) => {
      output.say(line);
    },
    signal,
  });
  await prepareWarehouses(server, password);
  const variables = variablesOf(sources, server, password);
  await writeFile(demoFiles.deployment, deploymentText(sources, pipeline));

  let today = earlier?.today ?? firstDay;
  const days: string[] = [];
  if (earlier === undefined) days.push(today);
  today = dayAfter(today, 1);
  days.push(today);

  const reports = [];
  for (const day of days) {
    if (day !== firstDay) {
      output.say(`\nA day passes in TIS: it is now ${day}.`);
      await advanceSources(sources, day, signal);
    }
    output.say();
    reports.push(await runNights({ day, variables, server, password }, context));
    await writeState({ firstDay, today: day });
  }
  const running: RunningDemo = { pid: process.pid, file: resolve(demoFiles.deployment), variables, server };
  await writeFile(demoFiles.running, JSON.stringify(running), { mode: 0o600 });
  try {
    for (const line of screen(reports, sources, postgres.port)) output.say(line);
    if (!options.exit) {
      output.say(`\nThe demo stays up for these commands. ${pc.bold('Ctrl-C')} ends it.`);
      await stopped(signal, postgres.exited);
    }
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
