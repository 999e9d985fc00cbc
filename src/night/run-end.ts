import type { NightjarError } from '../error/nightjar-error.ts';
import { Session, type SessionOptions } from '../warehouse/session.ts';
import { cleanUpAfter } from './clean-up.ts';
import { endRun, type RunEnd } from './run-record.ts';

/** How long the end of a run may take that nobody waits for. */
const limitMs = 30_000;

/**
 * Writes down how a run ended. On a connection of its own: the one in use may be the one that broke, and its signal may
 * have fired. Where the warehouse is out of reach the next run finds this one unfinished, and the journal's word on it.
 */
export async function recordEnd(address: SessionOptions['address'], run: number, end: RunEnd): Promise<void> {
  await onNewSession(address, (session) => endRun(session, run, end));
}

/** Writes down why a run failed, then takes away its own raw tables and candidate, and nobody else's. */
export async function recordFailure(
  address: SessionOptions['address'],
  run: number,
  seconds: RunEnd['seconds'],
  error: NightjarError,
  keepRaw: boolean,
): Promise<void> {
  const outcome =
    error.code === 'NJ-INTERNAL-ABORTED' ? 'stopped' : error.class === 'guard' ? 'held' : 'failed';
  await recordEnd(address, run, { outcome, seconds, generation: undefined, error });
  await onNewSession(address, (session) => cleanUpAfter(session, run, keepRaw));
}

async function onNewSession(
  address: SessionOptions['address'],
  work: (session: Session) => Promise<void>,
): Promise<void> {
  try {
    await using session = await Session.open({
      address,
      purpose: 'nightjar clean-up',
      signal: AbortSignal.timeout(limitMs),
    });
    await work(session);
  } catch {
    // The next run finds this one unfinished and cleans up after it.
  }
}
