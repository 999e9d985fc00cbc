import { byGravity } from '../audit/judgement.ts';
import { currentHold } from '../night/last-runs.ts';
import { releaseName } from '../night/release-name.ts';
import { noLongerMeant } from '../night/still-meant.ts';
import { diffGenerations } from '../publish/diff.ts';
import { publishedGeneration } from '../publish/generations.ts';
import { switchedSinceJudged } from '../publish/switched-since-judged.ts';
import {
  heldCandidate,
  judgementsOf,
  type HeldCandidate,
  type RecordedJudgement,
} from '../publish/held-candidate.ts';
import type { Session } from '../warehouse/session.ts';
import { amount } from '../error/amount.ts';
import { colours } from './colours.ts';
import type { CommonOptions, Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { openWarehouse } from './open-warehouse.ts';
import { table, type Output } from './output.ts';

/** Why a candidate is held: each judgement with its counts, keys and SQL, then what it would change. */
export async function holdShowCommand(
  options: CommonOptions & { readonly all?: boolean },
  { output, signal }: Context,
): Promise<ExitCode> {
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment, pipeline } = warehouse;
  const held = await heldCandidate(session);
  const hold = await currentHold(session);
  const onHold = hold && holdSentence(environment.name, hold);
  if (held === undefined) {
    output.tell({ environment: environment.name, held: null, hold: hold ?? null, judgements: [] });
    output.say(`No candidate of ${environment.name} is held.`);
    if (onHold !== undefined) output.say(onHold);
    return exitCode.done;
  }
  const all = await judgementsOf(session, held.generation);
  const shown = byGravity(all.filter((one) => options.all === true || one.verdict !== 'passed')).toSorted(
    (one, other) => Number(other.verdict === 'failed') - Number(one.verdict === 'failed'),
  );
  output.tell({
    environment: environment.name,
    held,
    hold: hold ?? null,
    judgements: shown,
    notShown: all.length - shown.length,
  });
  const at = `at ${held.judgedAt.toISOString()}`;
  output.say(
    `${colours.bold(environment.name)}: generation ${held.generation} of night ${held.asOf} is held. ` +
      (held.against === null
        ? `It was judged ${at}, when nothing had been published.`
        : `It was judged against generation ${held.against} ${at}.`),
  );
  for (const judgement of shown) showJudgement(output, judgement);
  if (shown.length < all.length)
    output.say(`${amount(all.length - shown.length, 'judgement')} passed (--all shows them).`);
  if (held.against !== null) await showDiff(session, output, held, held.against);
  const open = shown.filter((one) => one.verdict === 'failed' && one.approvedBy === null);
  output.say();
  const past = noLongerMeant(held, {
    published: await publishedGeneration(session),
    switchedSince: await switchedSinceJudged(session, held.generation),
    release: releaseName(pipeline),
    timeZone: environment.timeZone,
  });
  if (environment.people.length === 0) output.say(nobodySentence(environment.name));
  output.say(
    past === undefined
      ? `To publish it: nightjar hold approve ${open.map((one) => one.name).join(' ')} --reason "…" -e ${environment.name}`
      : `It can no longer be approved. ${past.message} ${past.remedy}`,
  );
  if (onHold !== undefined) output.say(onHold);
  output.say(`To give it up: nightjar hold reject --reason "…" -e ${environment.name}`);
  return exitCode.done;
}

/** What can be decided is said all the same: it is what somebody will be able to do. */
function nobodySentence(environment: string): string {
  return (
    `Nobody may decide about it yet: the deployment file has no "people" for ${environment}. ` +
    '"nightjar hold token" makes a token, and prints the lines to add there; then its holder may.'
  );
}

/** A rollback's hold keeps everything from being published, whether a candidate waits or none. */
function holdSentence(environment: string, hold: { readonly reason: string; readonly since: Date }): string {
  const since = hold.since.toISOString();
  return `Publication has been on hold since ${since}: ${hold.reason}. To end that: nightjar generations release -e ${environment}`;
}

const marks = { passed: colours.green('✓'), noted: colours.yellow('·'), failed: colours.red('✗') };

function showJudgement(output: Output, judgement: RecordedJudgement): void {
  const mark = judgement.approvedBy === null ? marks[judgement.verdict] : marks.passed;
  output.say(`${mark} ${colours.bold(judgement.name)}`);
  output.say(`  ${judgement.sentence}`);
  if (judgement.sample.length > 0) output.say(`  Such as: ${judgement.sample.join('; ')}`);
  if (judgement.sql !== null) output.say(`  ${colours.dim('To see them:')} ${judgement.sql};`);
  if (judgement.approvedBy !== null) output.say(`  Excused by ${judgement.approvedBy}.`);
}

async function showDiff(
  session: Session,
  output: Output,
  { generation }: HeldCandidate,
  against: number,
): Promise<void> {
  const diffs = (await diffGenerations(session, against, generation)).filter(
    ({ entered, left, changed }) => entered + left + changed > 0,
  );
  for (const diff of diffs) output.tell({ from: against, to: generation, ...diff });
  output.say();
  output.say(`Published, it would change, from generation ${against} to ${generation}:`);
  if (diffs.length === 0) output.say('  no row');
  const rows = diffs.map((diff) => [diff.dataset, diff.entered, diff.left, diff.changed]);
  if (rows.length > 0)
    for (const line of table(['dataset', 'enter', 'leave', 'change'], rows)) output.say(`  ${line}`);
}
