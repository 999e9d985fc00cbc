import { asNightjarError } from '../error/as-nightjar-error.ts';
import { colours } from './colours.ts';
import { waitingSentence } from './consumer-sentences.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { currentHold } from '../night/last-runs.ts';
import { diffGenerations, type DatasetDiff } from '../publish/diff.ts';
import {
  keptAmong,
  listGenerations,
  publishedGeneration,
  type GenerationSummary,
} from '../publish/generations.ts';
import { consumerStates } from '../publish/consumer-state.ts';
import { changedColumns, liftHold, rollBack, whoWouldWait, type WouldWait } from '../publish/rollback.ts';
import { untilInstant } from '../publish/publish.ts';
import type { Session } from '../warehouse/session.ts';
import { type CommonOptions, type Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { openWarehouse } from './open-warehouse.ts';
import { amount } from '../error/amount.ts';
import { table } from './output.ts';

interface RollbackOptions extends CommonOptions {
  readonly hold?: string;
  readonly dryRun?: boolean;
}

export async function rollbackCommand(
  target: number,
  options: RollbackOptions,
  { output, signal }: Context,
): Promise<ExitCode> {
  if (options.hold?.trim() === '')
    throw nightjarError('NJ-USE-VALUE', {
      option: '--hold',
      found: undefined,
      expected: 'a reason in words',
    });
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment } = warehouse;
  const { wanted, current } = await findTarget(session, target);
  const counted = await countMoves(session, current, target);
  const plan = {
    environment: environment.name,
    from: current,
    to: target,
    ...counted,
    waiting: await whoWouldWait(session),
    columns: await changedColumns(session, current, target),
    /** Why the coming nights will publish nothing; null where they will. */
    hold: options.hold ?? (await currentHold(session))?.reason ?? null,
    dryRun: options.dryRun === true,
  };
  // What was gone back from can be taken up again by the same command.
  const moving = target < current ? 'Going back' : 'Switching';
  output.say(`${moving} from generation ${current} to ${target}, of night ${wanted.asOf}:`);
  for (const line of planLines(plan, options.hold === undefined)) output.say(`  ${line}`);
  if (plan.dryRun) {
    output.tell({ ...plan, effectiveFrom: null });
    return exitCode.done;
  }

  const instant = await rollBack(session, { from: current, to: target, hold: options.hold });
  await untilInstant(session, instant);
  const due = (await consumerStates(session)).flatMap(({ consumer, waiting }) =>
    waiting === null ? [] : [{ consumer, waiting }],
  );
  output.tell({
    ...plan,
    waiting: due.map(({ consumer, waiting: { why } }) => ({ consumer, why })),
    effectiveFrom: instant.toISOString(),
  });
  const { length } = environment.consumers.filter(({ name }) =>
    due.every(({ consumer }) => consumer !== name),
  );
  output.say(
    `${colours.green('Done')}: since ${instant.toISOString()} ${amount(length, 'consumer')} read${length === 1 ? 's' : ''} generation ${target}.`,
  );
  for (const { consumer, waiting } of due)
    output.say(
      `${colours.bold(consumer)} does not yet. ${waitingSentence(waiting)} ` +
        `Not to wait: nightjar switch-due ${consumer} -e ${environment.name}`,
    );
  return exitCode.done;
}

/** What would move; why it could not be counted, which keeps nobody from going back. */
async function countMoves(
  session: Session,
  from: number,
  to: number,
): Promise<Pick<Plan, 'moves' | 'uncounted'>> {
  try {
    const diffs = await diffGenerations(session, from, to);
    return { moves: diffs.filter((diff) => diff.entered + diff.left + diff.changed > 0), uncounted: null };
  } catch (error) {
    const fault = asNightjarError(error, 'the comparison of the two generations');
    if (['NJ-WAREHOUSE-LOST', 'NJ-INTERNAL-ABORTED'].includes(fault.code)) throw fault;
    return { moves: [], uncounted: fault.message };
  }
}

/** Throws NJ-PUBLISH-NO-GENERATION, NJ-PUBLISH-CURRENT. */
async function findTarget(
  session: Session,
  target: number,
): Promise<{ readonly wanted: GenerationSummary; readonly current: number }> {
  const all = await listGenerations(session);
  const wanted = all.find((one) => one.state === 'published' && one.number === target);
  const current = await publishedGeneration(session);
  if (wanted === undefined || current === undefined) {
    const about = { what: 'published generation', wanted: target, available: keptAmong(all) } as const;
    throw nightjarError('NJ-PUBLISH-NO-GENERATION', about);
  }
  if (target === current) throw nightjarError('NJ-PUBLISH-CURRENT', { generation: target });
  return { wanted, current };
}

interface Plan {
  readonly environment: string;
  readonly moves: readonly DatasetDiff[];
  readonly uncounted: string | null;
  /** Consumers that get it later than the others. */
  readonly waiting: readonly WouldWait[];
  readonly columns: readonly string[];
  readonly hold: string | null;
}

const whyLater = {
  import: 'its import is open',
  window: 'its import window is open',
  standby: 'the standby that it reads may lag behind',
} as const;

function planLines(
  { environment, moves, uncounted, waiting, columns, hold }: Plan,
  already: boolean,
): readonly string[] {
  const rows = moves.map((diff) => [diff.dataset, diff.entered, diff.left, diff.changed]);
  return [
    ...(uncounted !== null
      ? [`what would move could not be counted: ${uncounted}`]
      : rows.length === 0
        ? ['no row moves: both hold the same']
        : table(['dataset', 'enter', 'leave', 'change'], rows)),
    ...waiting.map(({ consumer, why }) => `not at once for ${consumer}: ${whyLater[why]}`),
    columns.length === 0 ? 'no columns differ' : `columns that differ: ${columns.join('; ')}`,
    hold === null
      ? 'the coming night publishes as usual, from what the sources then hold (--hold "reason" keeps it from that)'
      : `the coming nights publish nothing until "nightjar generations release -e ${environment}": ${already ? 'they are on hold already, ' : ''}${hold}`,
  ];
}

export async function releaseCommand(
  options: CommonOptions & { readonly dryRun?: boolean },
  { output, signal }: Context,
): Promise<ExitCode> {
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment } = warehouse;
  if (options.dryRun === true) {
    const hold = await currentHold(session);
    output.tell({ environment: environment.name, hold: hold ?? null, dryRun: true });
    output.say(
      hold === undefined
        ? 'There is no hold.'
        : `The hold of ${hold.since.toISOString()} would be lifted (${hold.reason}): runs could publish again.`,
    );
    return exitCode.done;
  }
  const lifted = await liftHold(session);
  output.tell({ environment: environment.name, lifted });
  output.say(
    lifted
      ? 'The hold is lifted: from the next run on what its guards let pass is published again.'
      : 'There was no hold.',
  );
  return exitCode.done;
}
