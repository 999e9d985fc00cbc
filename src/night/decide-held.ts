import { nightjarError } from '../error/nightjar-error.ts';
import type { Environment } from '../pipeline/deployment.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { unknownName } from '../pipeline/unknown-name.ts';
import { fenced } from '../publish/fenced.ts';
import { publishedGeneration } from '../publish/generations.ts';
import {
  heldCandidate,
  judgementsOf,
  type HeldCandidate,
  type RecordedJudgement,
} from '../publish/held-candidate.ts';
import { Lease } from '../publish/lease.ts';
import { retain } from '../publish/retention.ts';
import { switchedSinceJudged } from '../publish/switched-since-judged.ts';
import { warehouseAddress, type WarehouseAddress } from '../warehouse/address.ts';
import { requireLogins } from '../warehouse/required-logins.ts';
import type { Session } from '../warehouse/session.ts';
import { attempt } from './after-publication.ts';
import { dropDiscarded, dropRawOf } from './clean-up.ts';
import { publishCandidate } from './publish-candidate.ts';
import { reportFaults } from './report-faults.ts';
import { recordApproved, recordReported } from './run-record.ts';
import { noLongerMeant } from './still-meant.ts';

/** Datasets that are looked at at a time for the list of faults. */
const workers = 2;

/** What someone decides about, and with what. */
export interface HeldDecision {
  readonly session: Session;
  readonly environment: Environment;
  /** Why, in words of whoever decides. */
  readonly reason: string;
  /** The holder of the personal token that was used. */
  readonly person: string;
  readonly signal: AbortSignal;
}

export interface ApprovalRequest extends HeldDecision {
  readonly pipeline: Pipeline;
  /** The release of these files: see `releaseName`. */
  readonly release: string;
  /** Names of judgements that failed. */
  readonly names: readonly string[];
}

export interface Approval {
  readonly generation: number;
  /** Judgements that still hold it. */
  readonly open: readonly string[];
  /** `undefined` while it is held. */
  readonly instant: Date | undefined;
  /** Whole sentences about what could not be done after the publication. */
  readonly remarks: readonly string[];
}

/** Throws NJ-GUARD-NOTHING-HELD. */
export async function requireHeld(session: Session, environment: string): Promise<HeldCandidate> {
  const held = await heldCandidate(session);
  if (held === undefined) throw nightjarError('NJ-GUARD-NOTHING-HELD', { environment });
  return held;
}

/** All judgements of the candidate that failed. Throws NJ-USE-UNKNOWN where one of these names is none of theirs. */
export async function requireFailed(
  session: Session,
  { generation }: HeldCandidate,
  names: readonly string[],
): Promise<readonly RecordedJudgement[]> {
  const failed = (await judgementsOf(session, generation)).filter((one) => one.verdict === 'failed');
  const known = failed.map((one) => one.name);
  for (const name of names) if (!known.includes(name)) throw unknownName('failed judgement', name, known);
  return failed;
}

/**
 * Excuses exactly the judgements named, of the held candidate against the generation that it was judged against, and
 * publishes it once none of them holds it any more. Takes the lease: no run is at work meanwhile.
 * Throws NJ-GUARD-NOTHING-HELD, NJ-GUARD-NIGHT-OVER, NJ-GUARD-OTHER-RELEASE, NJ-GUARD-VOID, NJ-USE-UNKNOWN,
 * NJ-PUBLISH-BUSY, and as `publishCandidate` does.
 */
export async function approveHeld(request: ApprovalRequest): Promise<Approval> {
  const { session, environment, pipeline, names, reason, person, signal } = request;
  const address = (): WarehouseAddress => warehouseAddress(environment.warehouse);
  await using lease = await Lease.take(address, signal);
  const { fence } = lease;
  const held = await requireHeld(session, environment.name);
  const published = await publishedGeneration(session);
  const { release } = request;
  const switchedSince = await switchedSinceJudged(session, held.generation);
  const past = noLongerMeant(held, { published, switchedSince, release, timeZone: environment.timeZone });
  if (past !== undefined) throw past;
  const base = held.against ?? undefined;
  const failed = await requireFailed(session, held, names);
  const unexcused = failed.filter((one) => one.approvedBy === null).map((one) => one.name);
  const toExcuse = unexcused.filter((name) => names.includes(name));
  await requireLogins(session, environment.consumers);
  if (toExcuse.length > 0) {
    const values = [fence, held.generation, held.against, toExcuse, reason, person];
    await fenced(session, 'the approval', fence, 'select nightjar.approve($1, $2, $3, $4, $5, $6)', values);
  }
  const open = unexcused.filter((name) => !names.includes(name));
  if (open.length > 0) return { generation: held.generation, open, instant: undefined, remarks: [] };
  const { generation, run } = held;
  const instant = await publishCandidate(session, { environment, pipeline, generation, base, run, fence });
  return { generation, open, instant, remarks: await afterApproval(request, held, fence) };
}

/** What follows an approved publication. Whatever fails in it changes nothing about that: it is told of. */
async function afterApproval(
  { session, environment, pipeline, signal }: ApprovalRequest,
  { run, generation, asOf, against }: HeldCandidate,
  fence: number,
): Promise<readonly string[]> {
  const remarks: string[] = [];
  const tell = (sentence: string): number => remarks.push(sentence);
  const attemptAnew = (otherwise: string, work: (own: Session) => Promise<unknown>): Promise<void> =>
    attempt(tell, otherwise, async () => {
      // The connection that published may have been lost with the answer.
      await using own = await session.another('nightjar approve', signal);
      await work(own);
    });
  await attemptAnew('The next run writes that down.', recordApproved);
  await attemptAnew('The list of faults is not complete.', async (own) => {
    const began = performance.now();
    const address = (): WarehouseAddress => warehouseAddress(environment.warehouse);
    const scope = { run, generation, asOf };
    const base = against ?? undefined;
    await reportFaults({ session: own, address, pipeline, scope, base, workers, signal });
    await recordReported(own, run, (performance.now() - began) / 1000);
  });
  await attemptAnew('What is no longer needed is left for the next run.', async (own) => {
    await dropRawOf(own, run);
    await dropDiscarded(own, undefined);
    await retain(own, fence, environment.keep);
  });
  return remarks;
}

/** Gives the held candidate up, and says who did and why. Throws NJ-GUARD-NOTHING-HELD, NJ-PUBLISH-BUSY. */
export async function rejectHeld(request: HeldDecision): Promise<number> {
  const { session, environment, reason, person, signal } = request;
  const address = (): WarehouseAddress => warehouseAddress(environment.warehouse);
  await using lease = await Lease.take(address, signal);
  const held = await requireHeld(session, environment.name);
  const values = [lease.fence, held.generation, held.against, reason, person];
  await fenced(session, 'the rejection', lease.fence, 'select nightjar.reject($1, $2, $3, $4, $5)', values);
  await dropDiscarded(session, undefined);
  await dropRawOf(session, held.run);
  return held.generation;
}
