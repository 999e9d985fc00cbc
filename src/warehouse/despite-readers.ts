import { nightjarError, NightjarError } from '../error/nightjar-error.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Session } from './session.ts';

/** How often a lock is tried for before the consumers' sessions that hold it are ended, and how often after. */
const attempts = 5;

/** What is changed. */
export interface ReadObjects {
  /** For the message of a failure: `ndw.person`. */
  readonly what: string;
  /** Views that are locked for it, schema-qualified and quoted. */
  readonly views: readonly string[];
}

/**
 * Changes what consumers read, or read through, without making any reader wait: a lock that is not had at once is given up before
 * PostgreSQL would look for a deadlock (and could choose the reader as its victim). Where a consumer's open transaction
 * stands in the way in every attempt, its session is ended: its own, in place of everyone's night. Whoever else stands
 * there, is not.
 *
 * @param change one transaction, or one statement, with a short lock_timeout of its own; done again where it failed.
 * Throws NJ-PUBLISH-VIEW-LOCKED.
 */
export async function despiteReaders(
  session: Session,
  { what, views }: ReadObjects,
  change: () => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await change();
      return;
    } catch (error) {
      if (!(error instanceof NightjarError) || error.code !== 'NJ-WAREHOUSE-LOCKED') throw error;
      if (attempt === 2 * attempts)
        throw nightjarError('NJ-PUBLISH-VIEW-LOCKED', { view: what, attempts: attempt });
      if (attempt >= attempts) await endHolders(session, views);
    }
  }
}

/**
 * The consumers' sessions that lock one of the views, or have written something and not committed: a consumer can try
 * to give up its rights (DROP OWNED), which keeps the entries of the catalogue locked that hold them: of views, of the schema,
 * and of the database itself, for which every VACUUM waits.
 */
async function endHolders(session: Session, views: readonly string[]): Promise<void> {
  const during = 'the ending of sessions that stand in the way';
  const holders = await session.query<{ login: string; pids: readonly number[] }>(
    during,
    `select l.login, array_agg(a.pid) as pids from pg_stat_get_activity(null) a
       join pg_roles r on r.oid = a.usesysid join nightjar.login l on l.login = r.rolname
      where a.datid = (select oid from pg_database where datname = current_database())
        and (a.backend_xid is not null or exists (
          select from pg_locks k
           where k.pid = a.pid and k.granted and k.database = a.datid
             and k.relation in (select to_regclass(v) from unnest($1::text[]) v)))
      group by l.login`,
    [views],
  );
  for (const { login, pids } of holders) {
    try {
      await session.transaction(during, async () => {
        // With the rights of the consumer's own role, of which ours is a member: no right over all sessions is needed.
        await session.query(during, `set local role ${quoteIdentifier(login)}`);
        await session.query(during, 'select pg_terminate_backend(p) from unnest($1::int[]) p', [pids]);
      });
    } catch (error) {
      // Where our role is no member, which "nightjar check" complains of: the next attempt decides.
      if (!(error instanceof NightjarError) || error.code !== 'NJ-WAREHOUSE-DENIED') throw error;
    }
  }
}
