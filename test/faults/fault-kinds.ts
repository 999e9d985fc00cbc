import type { FaultKind } from './fault-kind.ts';
import { failingCalls } from './kinds/failing-calls.ts';
import { hurtLines } from './kinds/hurt-lines.ts';
import { killsAtPoints } from './kinds/kills-at-points.ts';
import { pausedRunners, twoRunners } from './kinds/paused-runners.ts';
import { randomKills } from './kinds/random-kills.ts';
import { sourceCrashes, warehouseCrashes } from './kinds/server-crashes.ts';

/** All kinds, in the order of the table. */
export const faultKinds: readonly FaultKind[] = [
  killsAtPoints,
  randomKills,
  failingCalls,
  warehouseCrashes,
  sourceCrashes,
  hurtLines,
  pausedRunners,
  twoRunners,
];
