import type { QueryResultRow } from 'pg';
import { nightjarError } from '../error/nightjar-error.ts';
import { sqlstateOf, warehouseFault } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';

/** How far ahead of its commit the instant of a switch lies, and how often it is tried with twice as much. */
const firstLeadSeconds = 1;
const attempts = 4;

export interface SwitchRequest {
  readonly fence: number;
  readonly kind: 'publish' | 'rollback';
  readonly generation: number;
  /** The published generation that the candidate was judged against. */
  readonly expected: number | undefined;
  readonly run: number | undefined;
}

/**
 * Switches every consumer to a generation from an instant a moment ahead, in one fenced, synchronous transaction, sent
 * as one message. Resolves with the instant.
 * Throws NJ-PUBLISH-FENCED, NJ-PUBLISH-BASE-CHANGED, NJ-PUBLISH-OVERTAKEN.
 */
export async function switchTo(session: Session, request: SwitchRequest): Promise<Date> {
  const { fence, kind, generation, expected, run } = request;
  for (let attempt = 1; ; attempt++) {
    const lead = firstLeadSeconds * 2 ** (attempt - 1);
    try {
      const [row] = await session.raw<{ instant: Date }>(
        'select nightjar.switch_to($1, $2, $3, $4, $5, make_interval(secs => $6)) as instant',
        [fence, kind, generation, expected ?? null, run ?? null, lead],
      );
      if (row === undefined)
        throw nightjarError('NJ-INTERNAL-UNEXPECTED', { during: 'the publication', kind: 'no row' });
      return row.instant;
    } catch (error) {
      if (sqlstateOf(error) !== 'NJ010') throw fenceFault(error, 'the publication', { fence, generation });
      if (attempt === attempts) throw nightjarError('NJ-PUBLISH-OVERTAKEN', { attempts });
    }
  }
}

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

function fenceFault(error: unknown, during: string, about: { fence: number; generation: number }): Error {
  switch (sqlstateOf(error)) {
    case 'NJ011':
      return nightjarError('NJ-PUBLISH-FENCED', { fence: about.fence });
    case 'NJ012':
      return nightjarError('NJ-PUBLISH-BASE-CHANGED', { generation: about.generation });
    default:
      return warehouseFault(error, during);
  }
}

/** Waits until the server's clock has passed an instant: from then on whoever connects reads the new generation. */
export async function untilInstant(session: Session, instant: Date): Promise<void> {
  await session.query(
    'the wait for the instant of the switch',
    'select pg_sleep(greatest(0, extract(epoch from $1::timestamptz - clock_timestamp())::float8))',
    [instant],
  );
}
