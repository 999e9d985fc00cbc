import { approveHeld, rejectHeld, requireFailed, requireHeld } from '../night/decide-held.ts';
import { releaseName } from '../night/release-name.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { colours } from './colours.ts';
import type { CommonOptions, Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { openWarehouse } from './open-warehouse.ts';
import { personInUse } from './person.ts';

interface DecisionOptions extends CommonOptions {
  readonly reason: string;
  readonly dryRun?: boolean;
}

/** Excuses judgements in the name of whoever holds the token, and publishes when none holds the candidate any more. */
export async function approveCommand(
  names: readonly string[],
  options: DecisionOptions,
  { output, signal }: Context,
): Promise<ExitCode> {
  const reason = reasonOf(options);
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment, pipeline } = warehouse;
  const person = personInUse('An approval', environment, process.env);
  if (options.dryRun === true) {
    const held = await requireHeld(session, environment.name);
    const failed = await requireFailed(session, held, names);
    const { generation } = held;
    const open = failed.filter((one) => one.approvedBy === null && !names.includes(one.name));
    const still = open.map((one) => one.name);
    output.tell({
      environment: environment.name,
      generation,
      approves: names,
      open: still,
      person,
      dryRun: true,
    });
    const then = still.length === 0 ? 'it would be published' : `it would still be held: ${still.join(', ')}`;
    output.say(
      `${person} would excuse ${names.join(', ')} of generation ${generation}, and ${then}; nothing was changed.`,
    );
    return exitCode.done;
  }
  const release = releaseName(pipeline);
  const done = await approveHeld({ session, environment, pipeline, release, names, reason, person, signal });
  output.tell({
    ...{ environment: environment.name, generation: done.generation, approved: names, person, reason },
    ...{ open: done.open, effectiveFrom: done.instant?.toISOString() ?? null, remarks: done.remarks },
  });
  if (done.instant === undefined) {
    output.say(`Excused by ${person}. Generation ${done.generation} is still held: ${done.open.join(', ')}.`);
    return exitCode.held;
  }
  output.say(
    `${colours.green('Published')}: generation ${done.generation}, since ${done.instant.toISOString()}, approved by ${person}.`,
  );
  for (const remark of done.remarks) output.say(remark);
  return exitCode.done;
}

/** Gives the candidate up in the name of whoever holds the token. */
export async function rejectCommand(
  options: DecisionOptions,
  { output, signal }: Context,
): Promise<ExitCode> {
  const reason = reasonOf(options);
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment } = warehouse;
  const person = personInUse('A rejection', environment, process.env);
  const dryRun = options.dryRun === true;
  const generation = dryRun
    ? (await requireHeld(session, environment.name)).generation
    : await rejectHeld({ session, environment, reason, person, signal });
  output.tell({ environment: environment.name, generation, rejected: !dryRun, person, reason, dryRun });
  output.say(
    dryRun
      ? `${person} would give up generation ${generation}; nothing was changed.`
      : `Generation ${generation} is given up by ${person}. What is published stays.`,
  );
  return exitCode.done;
}

function reasonOf({ reason }: DecisionOptions): string {
  const trimmed = reason.trim();
  if (trimmed === '')
    throw nightjarError('NJ-USE-VALUE', {
      option: '--reason',
      found: undefined,
      expected: 'a reason in words',
    });
  return trimmed;
}
