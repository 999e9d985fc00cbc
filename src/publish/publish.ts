import type { QueryResultRow } from 'pg';
import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { sqlstateOf, warehouseFault } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';
import { settle } from './settle.ts';

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
 * as one message that nothing interrupts. Resolves with the instant. Where the answer is lost with the connection, what
 * happened is looked up, never guessed; the fence is given up by that.
 * Throws NJ-PUBLISH-FENCED, NJ-PUBLISH-BASE-CHANGED, NJ-PUBLISH-OVERTAKEN, NJ-PUBLISH-NO-GENERATION.
 */
export async function switchTo(session: Session, request: SwitchRequest): Promise<Date> {
  const { fence, kind, generation, expected, run } = request;
  for (let attempt = 1; ; attempt++) {
    const lead = firstLeadSeconds * 2 ** (attempt - 1);
    try {
      const [row] = await session.decide<{ instant: Date }>(
        'select nightjar.switch_to($1, $2, $3, $4, $5, make_interval(secs => $6)) as instant',
        [fence, kind, generation, expected ?? null, run ?? null, lead],
      );
      if (row === undefined)
        throw nightjarError('NJ-INTERNAL-UNEXPECTED', { during: 'the publication', kind: 'no row' });
      return row.instant;
    } catch (error) {
      if (sqlstateOf(error) === 'NJ010') {
        if (attempt === attempts) throw nightjarError('NJ-PUBLISH-OVERTAKEN', { attempts });
        continue;
      }
      const fault = fenceFault(error, 'the publication', { fence, generation });
      if (fault.code !== 'NJ-WAREHOUSE-LOST') throw fault;
      const instant = await settle(session, request);
      if (instant === undefined) throw fault;
      return instant;
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

function fenceFault(
  error: unknown,
  during: string,
  about: { fence: number; generation: number },
): NightjarError {
  switch (sqlstateOf(error)) {
    case 'NJ011':
      return nightjarError('NJ-PUBLISH-FENCED', { fence: about.fence });
    case 'NJ012':
      return nightjarError('NJ-PUBLISH-BASE-CHANGED', { generation: about.generation });
    case 'NJ013':
      return nightjarError('NJ-PUBLISH-NO-GENERATION', {
        wanted: about.generation,
        available: 'those that "nightjar generations" lists as published',
      });
    default:
      return warehouseFault(error, during);
  }
}

/** Waits until the server's clock has passed an instant: from then on whoever connects reads the new generation. */
export async function untilInstant(session: Session, instant: Date): Promise<void> {
  try {
    await sleepUntil(session, instant);
  } catch {
    // The switch has happened, whatever became of our connection.
    await waitElsewhere(session, instant).catch(() => undefined);
  }
}

async function waitElsewhere(session: Session, instant: Date): Promise<void> {
  await using other = await session.another('nightjar publish', AbortSignal.timeout(30_000));
  await sleepUntil(other, instant);
}

async function sleepUntil(session: Session, instant: Date): Promise<void> {
  await session.decide(
    'select pg_sleep(greatest(0, extract(epoch from $1::timestamptz - clock_timestamp())::float8))',
    [instant],
  );
}
