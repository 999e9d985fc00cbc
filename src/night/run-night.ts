import type { ExaminedDataset } from '../audit/examine.ts';
import { proveDatasets } from '../build/prove.ts';
import type { Judgement } from '../audit/judgement.ts';
import { asNightjarError } from '../error/as-nightjar-error.ts';
import { crashPoint } from '../error/crash-point.ts';
import { extract, type ExtractReport } from '../extract/extract.ts';
import { compareRawTables } from '../extract/raw-record.ts';
import { Lease } from '../publish/lease.ts';
import type { RetentionReport } from '../publish/retention.ts';
import { warehouseAddress, type WarehouseAddress } from '../warehouse/address.ts';
import { migrate } from '../warehouse/migrate.ts';
import { Session } from '../warehouse/session.ts';
import { afterPublication } from './after-publication.ts';
import { checkRepairs } from './check-repairs.ts';
import { cleanUp, cleanUpAfter } from './clean-up.ts';
import { decide } from './decide.ts';
import { makeCandidate } from './make-candidate.ts';
import { ProgressRecord } from './progress-record.ts';
import { publishCandidate } from './publish-candidate.ts';
import { recordEnd, recordFailure } from './run-end.ts';
import { beginRun, endDisappearedRuns, markNightBegun } from './run-record.ts';
import type { NightEvent } from './night-event.ts';
import type { NightRequest, Work } from './night-request.ts';
import { StageClock } from './stage-clock.ts';
import { refuseWhereHeld } from './hold.ts';
import { expectation } from './time-left.ts';

export interface NightReport {
  readonly run: number;
  readonly asOf: string;
  /** `undefined` for a dry run. */
  readonly generation: number | undefined;
  readonly instant: Date | undefined;
  readonly datasets: readonly ExaminedDataset[];
  readonly judgements: readonly Judgement[];
  readonly extract: ExtractReport;
  readonly retention: RetentionReport | undefined;
  /** Seconds by stage. */
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * One run: reads the sources, builds the whole set, judges it, and publishes it in one instant or leaves the last good
 * one as it is. Takes the environment's lease first, and takes away what an earlier run left.
 * Throws whatever made it fail, or NJ-NIGHT-STOPPED once its signal has fired, after writing that down and taking away
 * its own raw tables and candidate.
 */
export async function runNight(request: NightRequest): Promise<NightReport> {
  const address = (): WarehouseAddress => warehouseAddress(request.environment.warehouse);
  const { signal } = request;
  await using session = await Session.open({ address, purpose: 'nightjar run', signal });
  await migrate(session);
  await using lease = await Lease.take(address, signal);
  await endDisappearedRuns(session);
  crashPoint('prepare.disappeared-ended');
  await cleanUp(session, lease.fence);
  crashPoint('prepare.cleaned-up');
  const run = await beginRun(session, request.asOf, request.release, lease.fence);
  crashPoint('prepare.run-recorded');
  await using progress = await ProgressRecord.open(address, run, signal);
  const onEvent = (event: NightEvent): void => {
    progress.see(event);
    request.onEvent(event);
  };
  onEvent({ kind: 'run', run, asOf: request.asOf, expected: await expectation(session) });

  const clock = new StageClock(session, run, onEvent);
  const of: Work = { run, fence: lease.fence, address, clock };
  let done: WorkDone;
  try {
    done = await work({ ...request, onEvent }, session, of);
  } catch (error) {
    const stage = clock.stage ?? 'prepare';
    const failed = { address, run, ...request, stage, seconds: clock.end() };
    throw await recordFailure(failed, asNightjarError(error, `the ${stage} stage of run ${run}`));
  }
  const retention =
    done.generation === undefined
      ? undefined
      : await afterPublication(session, { ...request, onEvent }, of, {
          ...done,
          generation: done.generation,
        });
  const seconds = clock.end();
  const outcome = done.generation === undefined ? 'rehearsed' : 'published';
  await recordEnd(address, run, { outcome, seconds, generation: done.generation, error: undefined });
  crashPoint('end.recorded');
  return { ...done, retention, seconds };
}

type WorkDone = Omit<NightReport, 'seconds' | 'retention'> & { readonly base: number | undefined };

async function work(request: NightRequest, session: Session, of: Work): Promise<WorkDone> {
  const { pipeline, environment, signal, onEvent } = request;
  const { run, fence, address, clock } = of;

  await clock.begin('prepare');
  if (!request.dryRun) {
    await refuseWhereHeld(session);
    await markNightBegun(session, run);
  }
  const [fault] = (await proveDatasets(session, pipeline)).faults;
  if (fault !== undefined) throw fault;
  crashPoint('prepare.proved');

  await clock.begin('extract');
  const extracted = await extract({
    run,
    pipeline,
    environment,
    connect: request.connect,
    session,
    address,
    onProgress: (progress) => {
      onEvent({ kind: 'reading', ...progress });
    },
    signal,
  });
  for (const sentence of extracted.connections.flatMap((read) => read.remarks))
    onEvent({ kind: 'remark', sentence });
  await compareRawTables(session, run);
  crashPoint('extract.compared');
  await checkRepairs(session, run, pipeline, extracted);

  const { generation, base, datasets, judgements } = await makeCandidate(session, { request, of, extracted });
  await decide(session, { ...request, fence, generation, base, judgements });
  crashPoint('audit.decided');
  const done = { run, asOf: request.asOf, base, datasets, judgements, extract: extracted };
  if (request.dryRun) {
    await cleanUpAfter(session, run, request.keepRaw);
    return { ...done, generation: undefined, instant: undefined };
  }

  await clock.begin('publish');
  const instant = await publishCandidate(session, { environment, pipeline, generation, base, run, fence });
  onEvent({ kind: 'published', generation, instant });
  return { ...done, generation, instant };
}
