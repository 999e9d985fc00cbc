import { NightjarError } from '../error/nightjar-error.ts';
import type { LockHolder } from '../error/lock-holder.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Session } from './session.ts';

const during = 'the ending of sessions that stand in the way';

/**
 * Who keeps what the session of a process of the warehouse waits for, and not who merely waits for it too: that would be ended in vain.
 * A consumer's is whose role ours is a member of, by what "nightjar warehouse sql" grants, also of one that is no longer declared.
 * No table of ours is asked: it may be what the session is about to change.
 */
const selectHolders = `
  select a.pid, coalesce(r.rolname, '') as role, a.backend_type as kind,
         r.rolname <> current_user and not r.rolsuper and pg_has_role(r.oid, 'member') as consumer
    from pg_stat_get_activity(null) a left join pg_roles r on r.oid = a.usesysid
   where a.pid = any (pg_blocking_pids($1))
     and exists (
       select from pg_locks w join pg_locks h
           on (h.locktype, h.database, h.relation, h.page, h.tuple, h.virtualxid, h.transactionid, h.classid, h.objid, h.objsubid)
             is not distinct from
              (w.locktype, w.database, w.relation, w.page, w.tuple, w.virtualxid, w.transactionid, w.classid, w.objid, w.objsubid)
        where w.pid = $1 and not w.granted and h.pid = a.pid and h.granted)
   order by a.pid`;

/** Ends the consumers' sessions that block the one of a process, and gives all that block it. */
export async function endHolders(session: Session, blocked: number): Promise<readonly LockHolder[]> {
  const found = await session.query<{ pid: number; role: string; kind: string; consumer: boolean | null }>(
    during,
    selectHolders,
    [blocked],
  );
  // All of a role's at once: of a hundred the last must not have to wait for the first.
  const ofConsumers = Map.groupBy(
    found.filter(({ consumer }) => consumer === true),
    ({ role }) => role,
  );
  const ended = new Set<string>();
  for (const [role, theirs] of ofConsumers) if (await end(session, role, theirs)) ended.add(role);
  return found.map(({ pid, role, kind, consumer }) => {
    const isEnded = consumer === true && ended.has(role);
    return { pid, role, kind, isEnded };
  });
}

/** Whether they were told to end: not where our role may not act for theirs, of which "nightjar check" tells, or it has just gone. */
async function end(
  session: Session,
  role: string,
  theirs: readonly { readonly pid: number }[],
): Promise<boolean> {
  try {
    return await session.transaction(during, async () => {
      // With the rights of the consumer's own role: no right over all sessions is needed.
      await session.query(during, `set local role ${quoteIdentifier(role)}`);
      await session.query(during, 'select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [
        theirs.map(({ pid }) => pid),
      ]);
      return true;
    });
  } catch (error) {
    if (!(error instanceof NightjarError)) throw error;
    return false;
  }
}
