import { asNightjarError } from '../error/as-nightjar-error.ts';
import { crashPoint } from '../error/crash-point.ts';
import { Lease } from '../publish/lease.ts';
import { warehouseAddress, type WarehouseAddress } from '../warehouse/address.ts';
import { migrate } from '../warehouse/migrate.ts';
import { claimWarehouse } from '../warehouse/owner.ts';
import { Session } from '../warehouse/session.ts';
import { cleanUp } from './clean-up.ts';
import type { NightEvent } from './night-event.ts';
import type { RunRequest, Work } from './night-request.ts';
import { ProgressRecord } from './progress-record.ts';
import { recordEnd, recordFailure } from './run-end.ts';
import { beginRun, endDisappearedRuns, recordApproved, type RunEnd } from './run-record.ts';
import { StageClock } from './stage-clock.ts';
import type { Expectation } from './time-left.ts';

/** What a run does once it has the warehouse for itself. */
export interface RunSteps<Done> {
  /** The date of the night, and how long it is expected to take, looked up before the run is recorded. */
  readonly prepare: (session: Session) => Promise<RunPlan>;
  /** Its work: what fails in it makes the run fail. */
  readonly work: (session: Session, of: RunWork) => Promise<Done>;
  /** What follows when its work is done and cannot fail any more; gives how the run ended. */
  readonly finish: (session: Session, of: RunWork, done: Done) => Promise<Omit<RunEnd, 'seconds'>>;
}

export interface RunPlan {
  readonly asOf: string;
  readonly expected: Expectation | undefined;
}

/** What a run works with, and what it is told to watchers by. */
export interface RunWork extends Work {
  readonly asOf: string;
  readonly onEvent: (event: NightEvent) => void;
}

export interface RunDone<Done> {
  readonly run: number;
  readonly done: Done;
  /** Seconds by stage. */
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * Runs steps as the one run of an environment: takes its lease, takes away what an earlier run left, and writes down how
 * this one began, went and ended. Throws whatever made it fail, or NJ-NIGHT-STOPPED once its signal has fired, after
 * taking away its own raw tables and candidate.
 */
export async function withinRun<Done>(request: RunRequest, steps: RunSteps<Done>): Promise<RunDone<Done>> {
  const address = (): WarehouseAddress => warehouseAddress(request.environment.warehouse);
  const { signal } = request;
  await using session = await Session.open({ address, purpose: 'nightjar run', signal });
  await migrate(session);
  await claimWarehouse(session, request.environment.name);
  await using lease = await Lease.take(address, signal);
  await endDisappearedRuns(session);
  const approved = await recordApproved(session);
  crashPoint('prepare.disappeared-ended');
  await cleanUp(session, lease.fence);
  crashPoint('prepare.cleaned-up');
  const { asOf, expected } = await steps.prepare(session);
  const run = await beginRun(session, asOf, request.release, lease.fence);
  crashPoint('prepare.run-recorded');
  await using progress = await ProgressRecord.open(address, run, signal);
  const onEvent = (event: NightEvent): void => {
    progress.see(event);
    request.onEvent(event);
  };
  onEvent({ kind: 'run', run, asOf, expected });
  for (const { generation } of approved) {
    // They could be found in its raw tables alone, and these are gone.
    const sentence = `Generation ${generation} was approved and published by a process that ended without a word: the faults of its rows are not listed.`;
    onEvent({ kind: 'remark', sentence });
  }

  const clock = new StageClock(session, run, onEvent);
  const of: RunWork = { run, fence: lease.fence, address, clock, asOf, onEvent };
  let done: Done;
  try {
    done = await steps.work(session, of);
  } catch (error) {
    const stage = clock.stage ?? 'prepare';
    const failed = { address, run, ...request, asOf, stage, seconds: clock.end() };
    throw await recordFailure(failed, asNightjarError(error, `the ${stage} stage of run ${run}`));
  }
  const end = await steps.finish(session, of, done);
  const seconds = clock.end();
  await recordEnd(address, run, { ...end, seconds });
  crashPoint('end.recorded');
  return { run, done, seconds };
}
