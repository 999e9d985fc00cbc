import type { QueryResultRow } from 'pg';
import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { sqlstateOf, warehouseFault } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';

/** Runs one of the functions that count; our own SQLSTATEs become our own errors. */
export async function fenced<Row extends QueryResultRow>(
  session: Session,
  during: string,
  fence: number,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  try {
    return await session.raw<Row>(text, values);
  } catch (error) {
    throw fenceFault(error, during, { fence, generation: 0 });
  }
}

/**
 * A transaction that changes something of what consumers read through: only while the fence is held, and no longer than
 * half a minute should we be paused within it, so that whoever takes over is not kept waiting.
 * Throws NJ-PUBLISH-FENCED.
 */
export function fencedTransaction<Result>(
  session: Session,
  during: string,
  fence: number,
  work: () => Promise<Result>,
): Promise<Result> {
  return session.transaction(during, async () => {
    await session.query(during, "set local idle_in_transaction_session_timeout = '30s'");
    await fenced(session, during, fence, 'select nightjar.hold_fence($1)', [fence]);
    return work();
  });
}

/** What a failed statement of a transaction that counts means. */
export function fenceFault(
  error: unknown,
  during: string,
  about: { readonly fence: number; readonly generation: number },
): NightjarError {
  switch (sqlstateOf(error)) {
    case 'NJ011':
      return nightjarError('NJ-PUBLISH-FENCED', { fence: about.fence });
    case 'NJ012':
      return nightjarError('NJ-PUBLISH-BASE-CHANGED', { generation: about.generation });
    case 'NJ013':
      return nightjarError('NJ-PUBLISH-NO-GENERATION', {
        what: 'published generation',
        wanted: about.generation,
        available: 'those that "nightjar generations" lists as published',
      });
    case 'NJ014':
      // A sentence of our own function's, which names no value.
      return nightjarError('NJ-PUBLISH-UNJUDGED', {
        generation: about.generation,
        why: error instanceof Error ? error.message : 'it was not judged',
      });
    default:
      return warehouseFault(error, during);
  }
}
