import pc from 'picocolors';
import { nightjarError } from '../error/nightjar-error.ts';
import { diffGenerations } from '../publish/diff.ts';
import { listGenerations, publishedGeneration } from '../publish/generations.ts';
import { Lease } from '../publish/lease.ts';
import { changedColumns, liftHold, setHold } from '../publish/rollback.ts';
import { switchTo, untilInstant } from '../publish/publish.ts';
import { warehouseAddress } from '../warehouse/address.ts';
import { type CommonOptions, type Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { openWarehouse } from './open-warehouse.ts';
import { plural, table } from './output.ts';

interface RollbackOptions extends CommonOptions {
  readonly hold?: string;
  readonly dryRun?: boolean;
}

export async function rollbackCommand(
  target: number,
  options: RollbackOptions,
  { output, signal }: Context,
): Promise<ExitCode> {
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment } = warehouse;
  const kept = (await listGenerations(session)).filter((one) => one.state === 'published');
  const wanted = kept.find((one) => one.number === target);
  const current = await publishedGeneration(session);
  if (wanted === undefined || current === undefined) {
    const available = kept.map((one) => one.number).join(', ') || 'none';
    throw nightjarError('NJ-PUBLISH-NO-GENERATION', { wanted: target, available });
  }
  const moves = (await diffGenerations(session, current, target)).filter(
    (diff) => diff.entered + diff.left + diff.changed > 0,
  );
  const columns = await changedColumns(session, current, target);
  output.tell({
    environment: environment.name,
    from: current,
    to: target,
    moves,
    columns,
    dryRun: options.dryRun === true,
  });
  output.say(`Going back from generation ${current} to ${target}, of night ${wanted.asOf}, moves:`);
  for (const line of table(
    ['dataset', 'enter', 'leave', 'change'],
    moves.map((diff) => [diff.dataset, diff.entered, diff.left, diff.changed]),
  )) {
    output.say(`  ${line}`);
  }
  output.say(columns.length === 0 ? '  no columns differ' : `  columns that differ: ${columns.join('; ')}`);
  output.say(
    options.hold === undefined
      ? '  the coming night publishes as usual, from what the sources then hold (--hold "reason" keeps it from that)'
      : '  the coming nights publish nothing until "nightjar generations release"',
  );
  if (options.dryRun === true) return exitCode.done;

  await using lease = await Lease.take(warehouseAddress(environment.warehouse), signal);
  if (options.hold !== undefined) await setHold(session, options.hold);
  const instant = await switchTo(session, {
    fence: lease.fence,
    kind: 'rollback',
    generation: target,
    expected: current,
    run: undefined,
  });
  await untilInstant(session, instant);
  output.say(
    `${pc.green('Done')}: since ${instant.toISOString()} ${plural(environment.consumers.length, 'consumer')} read${environment.consumers.length === 1 ? 's' : ''} generation ${target}.`,
  );
  return exitCode.done;
}

export async function releaseCommand(options: CommonOptions, { output, signal }: Context): Promise<ExitCode> {
  await using warehouse = await openWarehouse(options, signal);
  const lifted = await liftHold(warehouse.session);
  output.tell({ environment: warehouse.environment.name, lifted });
  output.say(lifted ? 'The hold is lifted: the next run publishes.' : 'There was no hold.');
  return exitCode.done;
}
