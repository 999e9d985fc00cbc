import { dropRawSchema } from '../extract/raw-schema.ts';
import { dropGeneration } from '../publish/retention.ts';
import type { Session } from '../warehouse/session.ts';

/**
 * Takes away what runs that did not publish left: raw schemas, and candidates that no consumer was ever switched to.
 * Only for who holds the lease.
 *
 * @param keepRaw the run whose raw schema stays.
 */
export async function cleanUp(session: Session, keepRaw?: number): Promise<void> {
  const during = 'the search for what earlier runs left';
  const schemas = await session.query<{ name: string }>(
    during,
    `select nspname as name from pg_namespace
      where nspname ~ '^raw_[0-9]+$' and pg_get_userbyid(nspowner) = current_user`,
  );
  for (const { name } of schemas) {
    if (name !== `raw_${keepRaw}`) await dropRawSchema(session, name);
  }
  const candidates = await session.query<{ number: number }>(
    during,
    "select number from nightjar.generation where state in ('building', 'audited') order by number",
  );
  for (const { number } of candidates) {
    await dropGeneration(session, number);
    await session.query(during, "update nightjar.generation set state = 'discarded' where number = $1", [
      number,
    ]);
  }
}
