import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { abortReason, Session, type SessionOptions } from '../warehouse/session.ts';
import { cleanUpAfter } from './clean-up.ts';
import { endRun, type RunEnd } from './run-record.ts';
import { stateAfter, stateUnknown } from './state-after.ts';
import type { Stage } from './stage.ts';

/** How long the end of a run may take that nobody waits for. */
const limitMs = 30_000;

/**
 * Writes down how a run ended. On a connection of its own: the one in use may be the one that broke, and its signal may
 * have fired. Where the warehouse is out of reach the next run finds this one unfinished, and the journal's word on it.
 */
export async function recordEnd(address: SessionOptions['address'], run: number, end: RunEnd): Promise<void> {
  await onNewSession(address, (session) => endRun(session, run, end));
}

export interface FailedRun {
  readonly address: SessionOptions['address'];
  readonly run: number;
  readonly asOf: string;
  readonly keepRaw: boolean;
  readonly stage: Stage;
  readonly seconds: RunEnd['seconds'];
  readonly signal: AbortSignal;
}

/**
 * Writes down why a run failed, then takes away its own raw tables and candidate, and nobody else's. Gives the error to
 * end with: once the run's signal has fired that is NJ-NIGHT-STOPPED, which says what state things are in.
 */
export async function recordFailure(failed: FailedRun, error: NightjarError): Promise<NightjarError> {
  const { address, run, seconds, keepRaw, signal } = failed;
  const outcome = signal.aborted ? 'stopped' : error.class === 'guard' ? 'held' : 'failed';
  const toRecord = signal.aborted ? stopped(failed, stateUnknown(failed)) : error;
  // The next run finds it unfinished, and asks the journal whether it published.
  if (error.code !== 'NJ-PUBLISH-UNKNOWN')
    await recordEnd(address, run, { outcome, seconds, generation: undefined, error: toRecord });
  // Of a candidate that is held the raw tables stay: what its guards say can be looked at in them.
  const stay = keepRaw || toRecord.code === 'NJ-GUARD-HELD';
  await onNewSession(address, (session) => cleanUpAfter(session, run, stay));
  if (!signal.aborted) return error;
  const state = await onNewSession(address, (session) => stateAfter(session, failed));
  return stopped(failed, state ?? stateUnknown(failed));
}

function stopped({ run, asOf: night, stage, signal }: FailedRun, state: string): NightjarError {
  return nightjarError('NJ-NIGHT-STOPPED', { run, night, stage, reason: abortReason(signal), state });
}

/** `undefined` where it could not be done: the next run finds this one unfinished and cleans up after it. */
async function onNewSession<Result>(
  address: SessionOptions['address'],
  work: (session: Session) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    await using session = await Session.open({
      address,
      purpose: 'nightjar clean-up',
      signal: AbortSignal.timeout(limitMs),
    });
    return await work(session);
  } catch {
    return undefined;
  }
}
