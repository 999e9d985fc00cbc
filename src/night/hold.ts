import { nightjarError } from '../error/nightjar-error.ts';
import type { Session } from '../warehouse/session.ts';
import { currentHold } from './last-runs.ts';

/** Throws NJ-PUBLISH-HELD where a rollback asked that nothing be published until it is lifted. */
export async function refuseWhereHeld(session: Session): Promise<void> {
  const hold = await currentHold(session);
  if (hold !== undefined) {
    throw nightjarError('NJ-PUBLISH-HELD', { reason: hold.reason, since: hold.since.toISOString() });
  }
}
