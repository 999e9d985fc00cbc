import { setTimeout as sleep } from 'node:timers/promises';
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
 * Throws what keeps it from knowing.
 */
export async function settle(session: Session, doubtful: DoubtfulSwitch): Promise<Date | undefined> {
  const signal = AbortSignal.timeout(limitMs);
  for (;;) {
    try {
      await using other = await session.another('nightjar settle', signal);
      const { instant } = await other.one<{ instant: Date | null }>(
        'the look-up of what became of the publication',
        'select nightjar.settle($1, $2, $3) as instant',
        [doubtful.fence, doubtful.kind, doubtful.generation],
      );
      return instant ?? undefined;
    } catch (error) {
      if (signal.aborted) throw error;
      await sleep(pauseMs);
    }
  }
}
