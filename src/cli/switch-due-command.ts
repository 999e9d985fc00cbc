import { colours } from './colours.ts';
import { chooseConsumer } from './choose-consumer.ts';
import { consumerStates } from '../publish/consumer-state.ts';
import { switchDue } from '../publish/switch-due.ts';
import type { CommonOptions, Context } from './context.ts';
import { waitingSentence } from './consumer-sentences.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { openWarehouse } from './open-warehouse.ts';

/** For an import that never says that it is over. What its sessions that are open read stays as it is. */
export async function switchDueCommand(
  name: string,
  options: CommonOptions & { readonly dryRun?: boolean },
  { output, signal }: Context,
): Promise<ExitCode> {
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment } = warehouse;
  const consumer = chooseConsumer(environment, name).name;
  const dryRun = options.dryRun === true;
  const waiting =
    (await consumerStates(session)).find((state) => state.consumer === consumer)?.waiting ?? null;
  const instant = waiting === null || dryRun ? undefined : await switchDue(session, consumer);
  output.tell({
    ...{ environment: environment.name, consumer, waiting, dryRun },
    effectiveFrom: instant?.toISOString() ?? null,
  });
  if (waiting === null) {
    output.say(`Nothing waits for ${consumer}.`);
  } else if (dryRun) {
    output.say(
      `${waitingSentence(waiting)} It would be given it at once; an import that is open would read two generations.`,
    );
  } else if (instant === undefined) {
    output.say(`${waitingSentence(waiting)} That cannot be sooner.`);
  } else {
    output.say(
      `${colours.green('Done')}: since ${instant.toISOString()} whoever connects for ${consumer} reads generation ${waiting.generation}.`,
    );
  }
  return exitCode.done;
}
