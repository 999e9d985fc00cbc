import { colours } from './colours.ts';
import { asNightjarError } from '../error/as-nightjar-error.ts';
import { currentHold, lastRuns } from '../night/last-runs.ts';
import { releaseName } from '../night/release-name.ts';
import { noLongerMeant } from '../night/still-meant.ts';
import { expectation } from '../night/time-left.ts';
import { consumerStates } from '../publish/consumer-state.ts';
import { generationDetails, listGenerations, type GenerationSummary } from '../publish/generations.ts';
import { lastSwitch, type LastSwitch } from '../publish/last-switch.ts';
import { consumerSentence } from './consumer-sentences.ts';
import { FaultyFiles, type CommonOptions, type Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { chooseEnvironments, loadDeployment } from './load-deployment.ts';
import { openWarehouse, type OpenWarehouse } from './open-warehouse.ts';
import { heldSentence, overdueSentence, rejectedSentence } from './guard-sentences.ts';
import { switchedSinceJudged } from '../publish/switched-since-judged.ts';
import { switchSentences } from './switch-sentences.ts';
import { heldCandidate } from '../publish/held-candidate.ts';
import { rejectionOf } from '../publish/rejection.ts';
import { overdueSettings } from '../pipeline/overdue-settings.ts';
import { tonight } from '../night/tonight.ts';
import { runSentences } from './run-sentences.ts';
import { skewSentence } from './snapshot-sentences.ts';

/** One environment, or all of the file one after the other: what is amiss with one keeps no other from being shown. */
export async function statusCommand(options: CommonOptions, context: Context): Promise<ExitCode> {
  // Each environment reads its own pipeline, in its turn.
  const { deployment } = await loadDeployment(options, []);
  const names = chooseEnvironments(deployment, options.environment).map((environment) => environment.name);
  let code: ExitCode = exitCode.done;
  for (const [index, environment] of names.entries()) {
    if (index > 0) context.output.say();
    try {
      await using warehouse = await openWarehouse({ ...options, environment }, context.signal);
      await show(warehouse, context);
    } catch (error) {
      if (context.signal.aborted) throw error;
      context.output.say(colours.bold(environment));
      const isFaulty = error instanceof FaultyFiles;
      const faults = isFaulty ? error.faults : [asNightjarError(error, 'the status')];
      for (const fault of faults) context.output.complain(fault, { environment });
      if (code === exitCode.done) code = isFaulty ? exitCode.faultyFiles : exitCode.failed;
    }
  }
  return code;
}

async function show({ environment, pipeline, session }: OpenWarehouse, { output }: Context): Promise<void> {
  const consumers = await consumerStates(session);
  const runs = await lastRuns(session, 5);
  const hold = await currentHold(session);
  const published = (await listGenerations(session)).filter((one) => one.state === 'published');
  // After a rollback it is not the newest.
  const latest = await lastSwitch(session);
  const current = published.find((one) => one.number === latest?.generation);
  const details = current === undefined ? undefined : await generationDetails(session, current.number);
  const { snapshots = [], skew } = details ?? {};
  const held = await heldCandidate(session);
  const [last] = runs;
  const rejection = last === undefined ? undefined : await rejectionOf(session, { run: last.number });
  const overdue = overdueSettings(pipeline, tonight(environment.timeZone));
  output.tell({
    environment: environment.name,
    ...{ consumers, published: latest ?? null, hold: hold ?? null, held: held ?? null, runs, snapshots },
    ...{ rejection: rejection ?? null, skew: skew ?? null, overdue },
  });

  output.say(colours.bold(environment.name));
  for (const consumer of consumers) output.say(`  ${consumerSentence(consumer)}`);
  if (consumers.length === 0) output.say('  No consumer has anything yet.');
  if (latest !== undefined) for (const sentence of switchSentences(latest)) output.say(`  ${sentence}`);
  for (const snapshot of snapshots) {
    output.say(
      `  What is published shows source ${snapshot.connection} as of ${snapshot.takenAt.toISOString()}.`,
    );
  }
  const apart = skew === undefined ? undefined : skewSentence(skew, snapshots.length);
  if (apart !== undefined) output.say(`  ${apart}`);
  output.say(
    hold === undefined
      ? `  Next: ${nextWords(held !== undefined, latest === undefined)}; until then all stays as it is.`
      : `  Next: ${colours.yellow('nothing is published')} — on hold since ${hold.since.toISOString()}: ${hold.reason}.`,
  );
  if (held !== undefined) {
    const switchedSince = await switchedSinceJudged(session, held.generation);
    const present = { published: latest?.generation, switchedSince, release: releaseName(pipeline) };
    const past = noLongerMeant(held, { ...present, timeZone: environment.timeZone });
    output.say(`  ${heldSentence(held, past)}`);
  }
  for (const one of overdue) output.say(`  ${overdueSentence(one)}`);
  const busy = last?.alive === true;
  const may = [
    ...(held === undefined ? [] : [`nightjar hold -e ${environment.name}`]),
    ...choices(environment.name, { held: hold !== undefined, busy }, latest, published),
    ...consumers
      .filter(({ waiting }) => waiting !== null && waiting.why !== 'standby')
      .map(({ consumer }) => `nightjar switch-due ${consumer} -e ${environment.name}`),
  ];
  output.say(`  You may: ${may.join('; ')}.`);
  for (const sentence of runSentences(last, await expectation(session), new Date()))
    output.say(`  ${sentence}`);
  if (rejection !== undefined) output.say(`  ${rejectedSentence(rejection)}`);
}

function nextWords(isHeld: boolean, isFirst: boolean): string {
  if (isHeld) return 'a run that its guards let pass publishes a new generation, and the held one is gone';
  return isFirst
    ? 'whoever starts a run with --first publishes the first generation'
    : 'whoever starts a run publishes a new generation';
}

function choices(
  environment: string,
  { held, busy }: { readonly held: boolean; readonly busy: boolean },
  latest: LastSwitch | undefined,
  published: readonly GenerationSummary[],
): readonly string[] {
  // What was in service before: where that is kept no more, the newest of the others.
  const others = published.filter((one) => one.number !== latest?.generation);
  const other = others.find((one) => one.number === latest?.previous) ?? others[0];
  return [
    ...(busy ? ['wait for the run at work'] : []),
    ...(held ? [`nightjar generations release -e ${environment}`] : []),
    ...(held || busy ? [] : [`nightjar run -e ${environment}${latest === undefined ? ' --first' : ''}`]),
    ...(latest === undefined || other === undefined
      ? []
      : [
          `nightjar generations diff ${other.number} ${latest.generation} -e ${environment}`,
          `nightjar generations rollback ${other.number} --dry-run -e ${environment}`,
        ]),
  ];
}
