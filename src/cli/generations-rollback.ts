import { colours } from './colours.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { currentHold } from '../night/last-runs.ts';
import { diffGenerations, type DatasetDiff } from '../publish/diff.ts';
import {
  keptAmong,
  listGenerations,
  publishedGeneration,
  type GenerationSummary,
} from '../publish/generations.ts';
import { changedColumns, liftHold, rollBack } from '../publish/rollback.ts';
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
  const plan = {
    environment: environment.name,
    from: current,
    to: target,
    moves: (await diffGenerations(session, current, target)).filter(
      (diff) => diff.entered + diff.left + diff.changed > 0,
    ),
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
  output.tell({ ...plan, effectiveFrom: instant.toISOString() });
  const { length } = environment.consumers;
  output.say(
    `${colours.green('Done')}: since ${instant.toISOString()} ${amount(length, 'consumer')} read${length === 1 ? 's' : ''} generation ${target}.`,
  );
  return exitCode.done;
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
  readonly columns: readonly string[];
  readonly hold: string | null;
}

function planLines({ environment, moves, columns, hold }: Plan, already: boolean): readonly string[] {
  const rows = moves.map((diff) => [diff.dataset, diff.entered, diff.left, diff.changed]);
  return [
    ...(rows.length === 0
      ? ['no row moves: both hold the same']
      : table(['dataset', 'enter', 'leave', 'change'], rows)),
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
