import { setTimeout } from 'node:timers/promises';
import { nightjarError, NightjarError } from '../error/nightjar-error.ts';
import type { LockHolder } from '../error/lock-holder.ts';
import { endHolders } from './lock-holders.ts';
import type { Session } from './session.ts';

/** How often a lock is tried for before the consumers' sessions in the way are ended, and how often while they are. */
const attempts = 5;
/** How often while all who are in the way have been told to end: a busy server takes its time. */
const patientAttempts = 30;
/** How often we look who is in the way, in milliseconds: a few times within a lock_timeout. */
const lookEvery = 20;

/**
 * Changes what consumers read, or read through, without making any reader wait: a lock that is not had at once is given up before
 * PostgreSQL would look for a deadlock (and could choose the reader as its victim). Where a consumer's open transaction
 * stands in the way in every attempt, its session is ended: its own, in place of everyone's night. Whoever else stands
 * there, is not.
 *
 * @param what is changed, for the message of a failure: `ndw.person`.
 * @param change one transaction, or one statement, with a short lock_timeout of its own; done again where it failed.
 * Throws NJ-PUBLISH-VIEW-LOCKED.
 */
export async function despiteReaders(
  session: Session,
  what: string,
  change: () => Promise<void>,
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) if (await isDone(change)) return;
  const stop = new AbortController();
  let inTheWay: readonly LockHolder[] = [];
  const ending = endWhoeverBlocks(session, stop.signal, (holders) => {
    inTheWay = holders;
  });
  const areGoing = (): boolean => inTheWay.length > 0 && inTheWay.every(({ isEnded }) => isEnded);
  let tried = attempts;
  try {
    for (let attempt = 1; attempt <= (areGoing() ? patientAttempts : attempts); attempt++) {
      if (await isDone(change)) return;
      tried++;
    }
  } finally {
    stop.abort();
    await ending;
  }
  throw nightjarError('NJ-PUBLISH-VIEW-LOCKED', { view: what, attempts: tried, holders: inTheWay });
}

async function isDone(change: () => Promise<void>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code !== 'NJ-WAREHOUSE-LOCKED') throw error;
    return false;
  }
}

/**
 * Ends consumers' sessions that block ours, by another connection and while ours waits: so whoever connects again has to wait
 * behind it, and cannot be in its way once more. Where that fails they stay in the way, and the attempts say so: nothing is
 * lost by it but they.
 */
async function endWhoeverBlocks(
  session: Session,
  signal: AbortSignal,
  onSeen: (holders: readonly LockHolder[]) => void,
): Promise<void> {
  try {
    await using other = await session.another('nightjar ends readers in the way', signal);
    while (!signal.aborted) {
      const holders = await endHolders(other, session.backendPid);
      if (holders.length > 0) onSeen(holders);
      await setTimeout(lookEvery, undefined, { signal });
    }
  } catch {
    // Over, or no connection was to be had.
  }
}
