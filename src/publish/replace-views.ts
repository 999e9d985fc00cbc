import { nightjarError, NightjarError } from '../error/nightjar-error.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

/** How often a lock is tried for before the consumers' sessions that hold it are ended, and how often after. */
const attempts = 5;

/**
 * Replaces views without making any reader wait: a lock that is not had at once is given up before PostgreSQL would look
 * for a deadlock (and could choose the reader as its victim). Where a consumer's open transaction keeps one locked in
 * every attempt, its session is ended: its own, in place of everyone's night. Whoever else holds one, is not.
 *
 * @param views schema-qualified and quoted.
 * @param replace one transaction, with a lock_timeout of its own.
 * Throws NJ-PUBLISH-VIEW-LOCKED.
 */
export async function replaceViews(
  session: Session,
  views: readonly string[],
  replace: () => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await replace();
      return;
    } catch (error) {
      if (!(error instanceof NightjarError) || error.code !== 'NJ-WAREHOUSE-LOCKED') throw error;
      if (attempt === 2 * attempts)
        throw nightjarError('NJ-PUBLISH-VIEW-LOCKED', { view: views.join(', '), attempts: attempt });
      if (attempt >= attempts) await endHolders(session, views);
    }
  }
}

/** With the rights of the consumer's own role, of which ours is a member: no role may end all sessions for this. */
async function endHolders(session: Session, views: readonly string[]): Promise<void> {
  const during = 'the ending of the sessions that keep a view locked';
  const holders = await session.query<{ pid: number; login: string }>(
    during,
    `select distinct a.pid, l.login from pg_locks k join pg_stat_get_activity(null) a on a.pid = k.pid
       join pg_roles r on r.oid = a.usesysid join nightjar.login l on l.login = r.rolname
      where k.granted and k.database = (select oid from pg_database where datname = current_database())
        and k.relation in (select to_regclass(v) from unnest($1::text[]) v)`,
    [views],
  );
  for (const { pid, login } of holders) {
    await session.transaction(during, async () => {
      await session.query(during, `set local role ${quoteIdentifier(login)}`);
      // Waits until it is gone: its locks are the point.
      await session.query(during, 'select pg_terminate_backend($1, 5000)', [pid]);
    });
  }
}
