import { setTimeout as sleep } from 'node:timers/promises';
import { asNightjarError } from '../error/as-nightjar-error.ts';
import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { Session } from '../warehouse/session.ts';

/** How long we look for what became of a publication before we leave it to the next run. */
const limitMs = 60_000;
const pauseMs = 500;

/** The switch in doubt. */
export interface DoubtfulSwitch {
  readonly fence: number;
  readonly kind: 'publish' | 'rollback';
  readonly generation: number;
}

/**
 * Finds out, on a connection of its own, what became of a switch whose answer was lost: its instant, or `undefined`
 * where it did not happen and never will. Gives up the fence, so that a message still on its way is refused.
 *
 * @param sent its instant; `undefined` where it was not even sent, because the answer to its announcement was lost.
 * @param limit milliseconds.
 * Throws NJ-PUBLISH-UNKNOWN.
 */
export async function settle(
  session: Session,
  doubtful: DoubtfulSwitch,
  sent: Date | undefined,
  limit = limitMs,
): Promise<Date | undefined> {
  const signal = AbortSignal.timeout(limit);
  for (;;) {
    try {
      await using other = await session.another('nightjar settle', signal);
      const { instant } = await other.one<{ instant: Date | null }>(
        'the look-up of what became of the publication',
        'select nightjar.settle($1, $2, $3, $4) as instant',
        [doubtful.fence, doubtful.kind, doubtful.generation, sent ?? '-infinity'],
      );
      return instant ?? undefined;
    } catch (error) {
      if (signal.aborted) throw unknown(doubtful, limit, error);
      await sleep(pauseMs);
    }
  }
}

function unknown({ kind, generation }: DoubtfulSwitch, limit: number, error: unknown): NightjarError {
  const { message } = asNightjarError(error, 'the look-up of what became of the publication');
  return nightjarError('NJ-PUBLISH-UNKNOWN', { kind, generation, seconds: limit / 1000, why: message });
}
