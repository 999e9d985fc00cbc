import type { OverdueSetting } from '../pipeline/overdue-settings.ts';
import type { HeldCandidate } from '../publish/held-candidate.ts';
import { colours } from './colours.ts';

/** A candidate that waits for a decision. */
export function heldSentence({ generation, asOf, judgedAt }: HeldCandidate): string {
  return `${colours.yellow('Held')}: generation ${generation} of night ${asOf}, judged at ${judgedAt.toISOString()}, waits for a decision.`;
}

/** A guard that was loosened for a while that is over. */
export function overdueSentence({ dataset, guard, owner, reason, until }: OverdueSetting): string {
  return `${colours.yellow('Loosened')}: guard ${guard} of ${dataset} was loosened up to ${until} by ${owner} (${reason}); its usual setting counts again, and its contract still says so.`;
}
