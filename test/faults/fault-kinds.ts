import type { FaultKind } from './fault-kind.ts';
import { killsAtPoints } from './kinds/kills-at-points.ts';

/** All kinds, in the order of the table. */
export const faultKinds: readonly FaultKind[] = [killsAtPoints];
