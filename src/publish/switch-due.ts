import { crashPoint } from '../error/crash-point.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { warehouseFault } from '../warehouse/fault.ts';
import type { Session } from '../warehouse/session.ts';

const attempts = 4;

/**
 * Brings the switch that waits for a consumer forward, though its import may be open, as the consumer's own
 * `acknowledge()` does. Resolves with its instant once that has passed; `undefined` where nothing waits, or comes as soon
 * by itself. Throws NJ-PUBLISH-OVERTAKEN.
 */
export async function switchDue(session: Session, consumer: string): Promise<Date | undefined> {
  const during = 'the switch of a consumer that is due';
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      // As text: it counts in microseconds, and ours in milliseconds.
      const [announced] = await session.decide<{ instant: string | null }>(
        'select nightjar.announce_due($1, make_interval(secs => $2))::text as instant',
        [consumer, 2 ** attempt],
      );
      const instant = announced?.instant ?? null;
      if (instant === null) return undefined;
      crashPoint('due.announced');
      const [written] = await session.decide<{ done: boolean }>(
        'select nightjar.switch_due($1, $2) as done',
        [consumer, instant],
      );
      crashPoint('due.switched');
      if (written?.done === true) return await passed(session, instant);
    }
  } catch (error) {
    throw warehouseFault(error, during);
  }
  throw nightjarError('NJ-PUBLISH-OVERTAKEN', { attempts });
}

async function passed(session: Session, instant: string): Promise<Date | undefined> {
  const [row] = await session.decide<{ instant: Date }>(
    `select $1::timestamptz as instant,
            pg_sleep(least(10, greatest(0, extract(epoch from $1::timestamptz - clock_timestamp())::float8)))`,
    [instant],
  );
  return row?.instant;
}
