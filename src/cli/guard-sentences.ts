import type { NightjarError } from '../error/nightjar-error.ts';
import type { OverdueSetting } from '../pipeline/overdue-settings.ts';
import type { HeldCandidate } from '../publish/held-candidate.ts';
import type { Rejection } from '../publish/rejection.ts';
import { colours } from './colours.ts';

/**
 * A candidate that waits for a decision.
 *
 * @param past why it can no longer be approved.
 */
export function heldSentence(
  { generation, asOf, judgedAt }: HeldCandidate,
  past: NightjarError | undefined,
): string {
  const held = `${colours.yellow('Held')}: generation ${generation} of night ${asOf}, judged at ${judgedAt.toISOString()}`;
  return past === undefined
    ? `${held}, waits for a decision.`
    : `${held}, can no longer be approved. ${past.message} ${past.remedy}`;
}

/** A candidate that somebody gave up. */
export function rejectedSentence({ generation, at, person, reason }: Rejection): string {
  return `Generation ${generation} was given up by ${person} at ${at.toISOString()}: ${reason}`;
}

/** A guard that was loosened for a while that is over. */
export function overdueSentence({ dataset, guard, owner, reason, until }: OverdueSetting): string {
  return `${colours.yellow('Loosened')}: guard ${guard} of ${dataset} was loosened up to ${until} by ${owner} (${reason}); its usual setting counts again, and its contract still says so.`;
}
