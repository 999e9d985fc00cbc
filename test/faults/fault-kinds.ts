import type { FaultKind } from './fault-kind.ts';
import { failingCalls } from './kinds/failing-calls.ts';
import { killsAtPoints } from './kinds/kills-at-points.ts';
import { randomKills } from './kinds/random-kills.ts';

/** All kinds, in the order of the table. */
export const faultKinds: readonly FaultKind[] = [killsAtPoints, failingCalls, randomKills];
