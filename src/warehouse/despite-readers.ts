import { setTimeout } from 'node:timers/promises';
import { nightjarError, NightjarError } from '../error/nightjar-error.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Session } from './session.ts';

/** How often a lock is tried for before the consumers' sessions in the way are ended, and how often while they are. */
const attempts = 5;
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
  await using other = await session.another('nightjar ends readers in the way', stop.signal);
  // Where it fails they stay in the way, and the attempts say so: nothing is lost by it but they.
  const ending = endBlockers(other, session.backendPid, stop.signal).catch(() => undefined);
  try {
    for (let attempt = 1; attempt <= attempts; attempt++) if (await isDone(change)) return;
  } finally {
    stop.abort();
    await ending;
  }
  throw nightjarError('NJ-PUBLISH-VIEW-LOCKED', { view: what, attempts: 2 * attempts });
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
 * Ends consumers' sessions that block one of ours, while it waits: so whoever connects again has to wait behind it, and
 * cannot be in its way once more. Only those that block it: by a view that they keep locked, or by an entry of the
 * catalogue, where one has tried to give up its rights (DROP OWNED).
 */
async function endBlockers(session: Session, blocked: number, signal: AbortSignal): Promise<void> {
  const during = 'the ending of sessions that stand in the way';
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    try {
      const blockers = await session.query<{ login: string; pids: readonly number[] }>(
        during,
        `select l.login, array_agg(a.pid) as pids from pg_stat_get_activity(null) a
           join pg_roles r on r.oid = a.usesysid join nightjar.login l on l.login = r.rolname
          where a.pid = any (pg_blocking_pids($1)) group by l.login`,
        [blocked],
      );
      for (const { login, pids } of blockers) await end(session, login, pids);
      await setTimeout(lookEvery, undefined, { signal });
    } catch (error) {
      if (isOver()) return;
      // Where our role is no member, which "nightjar check" complains of: the next attempt decides.
      if (!(error instanceof NightjarError) || error.code !== 'NJ-WAREHOUSE-DENIED') throw error;
      await setTimeout(lookEvery, undefined, { signal }).catch(() => undefined);
    }
  }

  async function end(own: Session, login: string, pids: readonly number[]): Promise<void> {
    await own.transaction(during, async () => {
      // With the rights of the consumer's own role, of which ours is a member: no right over all sessions is needed.
      await own.query(during, `set local role ${quoteIdentifier(login)}`);
      await own.query(during, 'select pg_terminate_backend(p) from unnest($1::int[]) p', [pids]);
    });
  }
}
