import { nightjarError } from '../error/nightjar-error.ts';
import type { Session } from '../warehouse/session.ts';

/** Who reads what. */
export interface Reading {
  /** The schema of the views. */
  readonly schema: string;
  readonly consumer: string;
  /** The login whose rights are used. */
  readonly login: string;
  /** Absent: the list of the datasets that it may read. */
  readonly dataset: string | undefined;
}

/**
 * That what the deployment file declares has reached the warehouse: the login is its consumer's there, and may read.
 * Where no view is yet, nothing is said: whoever reads is told that nothing was published.
 * Throws NJ-PUBLISH-NOT-IN-FORCE, and otherwise as the driver does.
 */
export async function requireRightsInForce(session: Session, request: Reading): Promise<void> {
  const { schema, consumer, login, dataset } = request;
  const [found] = await session.raw<{ waits: boolean | null }>(
    `select not bool_and(
              exists (select from nightjar.login l where l.login = $1::text and l.consumer = $2)
              and has_schema_privilege(r.oid, n.oid, 'usage') and has_table_privilege(r.oid, c.oid, 'select')) as waits
       from pg_roles r, pg_class c join pg_namespace n on n.oid = c.relnamespace
      where r.rolname = $1::text and n.nspname = $3::text and c.relname in ('generation', $4::text)`,
    [login, consumer, schema, dataset ?? 'dataset'],
  );
  if (found?.waits === true) throw nightjarError('NJ-PUBLISH-NOT-IN-FORCE', { consumer, dataset });
}
