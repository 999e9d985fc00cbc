import type { FaultKind } from './fault-kind.ts';
import { brokenImports } from './kinds/broken-imports.ts';
import { busyWarehouses } from './kinds/busy-warehouses.ts';
import { failingCalls } from './kinds/failing-calls.ts';
import { failingCallsOfTis } from './kinds/failing-calls-of-tis.ts';
import { fullDisks } from './kinds/full-disks.ts';
import { hurtLines } from './kinds/hurt-lines.ts';
import { killedApprovals } from './kinds/killed-approvals.ts';
import { killsAtPoints } from './kinds/kills-at-points.ts';
import { mariadbKills } from './kinds/mariadb-kills.ts';
import { misleadingSources } from './kinds/misleading-sources.ts';
import { pausedRunners, twoRunners } from './kinds/paused-runners.ts';
import { postmasterKills } from './kinds/postmaster-kills.ts';
import { randomKills } from './kinds/random-kills.ts';
import { sourceCrashes, warehouseCrashes } from './kinds/server-crashes.ts';
import { warehouseRestarts } from './kinds/warehouse-restarts.ts';

/** All kinds, in the order of the table. */
export const faultKinds: readonly FaultKind[] = [
  killsAtPoints,
  randomKills,
  failingCalls,
  failingCallsOfTis,
  warehouseCrashes,
  sourceCrashes,
  warehouseRestarts,
  postmasterKills,
  hurtLines,
  busyWarehouses,
  brokenImports,
  killedApprovals,
  pausedRunners,
  twoRunners,
  fullDisks,
  misleadingSources,
  mariadbKills,
];
