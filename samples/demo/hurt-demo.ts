import pc from 'picocolors';
import type { Context } from '../../src/cli/context.ts';
import { exitCode, type ExitCode } from '../../src/cli/exit-code.ts';
import { nightjarError } from '../../src/error/nightjar-error.ts';
import { nearestName } from '../../src/pipeline/nearest-name.ts';
import { faultList, hurtSample } from '../tis/hurt.ts';
import { showConsumer } from './consumer-now.ts';
import { named } from './environments.ts';
import { killRun } from './kill-run.ts';
import { goBack, runHurtNight } from './hurt-night.ts';
import { findRunningDemo } from './running-demo.ts';
import { asAdministrator, ensureDatabase } from './warehouses.ts';

const killSentence = 'Kills a run with SIGKILL in the middle of its work.';
const hurtDatabase = 'tis_hurt';

/**
 * `nightjar demo hurt FAULT`: does one harm to a copy of production's TIS, runs a night from the copy, and shows what
 * the consumer reads now. The demo itself stays as it was.
 */
export async function hurtDemo(fault: string | undefined, context: Context): Promise<ExitCode> {
  const { output } = context;
  // A busy source needs someone to be busy beside the run: the scenarios do that.
  const offered = faultList.filter(({ name }) => !name.startsWith('truncate-during'));
  if (fault === undefined) {
    output.say(`  ${'kill'.padEnd(22)} ${killSentence}`);
    for (const { name, describes } of offered) output.say(`  ${name.padEnd(22)} ${describes}`);
    return exitCode.done;
  }
  const names = ['kill', ...offered.map(({ name }) => name)];
  if (!names.includes(fault)) {
    const nearest = nearestName(fault, names);
    const expected =
      nearest === undefined ? `one of ${names.join(', ')}` : `the name of a harm, such as ${nearest}`;
    throw nightjarError('NJ-USE-VALUE', { option: 'The fault', found: fault, expected });
  }
  const demo = await findRunningDemo();
  output.say(pc.bold('Before'));
  const before = await showConsumer(demo, context);
  output.say();
  let published: number | undefined;
  if (fault === 'kill') {
    await killRun(output);
  } else {
    const { server } = demo;
    await dropCopy(server);
    await ensureDatabase(server, hurtDatabase, named.source('production'));
    try {
      const { host, port, user, password } = server;
      const target = { kind: 'postgres', host, port, user, password, database: hurtDatabase } as const;
      const { sentence } = await hurtSample(
        target,
        fault,
        fault === 'empty-table' ? { table: 'Person' } : {},
      );
      output.say(`${pc.bold('The harm')} (to a copy of production's TIS): ${sentence}`);
      output.say(pc.bold('The night'));
      published = await runHurtNight(demo, hurtDatabase, context);
    } finally {
      await dropCopy(server);
    }
  }
  output.say();
  output.say(pc.bold('What the consumer reads now'));
  await showConsumer(demo, context);
  if (published !== undefined) {
    await goBack(demo, { published, before }, context);
    await showConsumer(demo, context);
  }
  return exitCode.done;
}

async function dropCopy(server: Parameters<typeof asAdministrator>[0]): Promise<void> {
  await asAdministrator(server, 'postgres', (client) =>
    client.query(`drop database if exists ${hurtDatabase} with (force)`),
  );
}
