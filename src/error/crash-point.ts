import { writeSync } from 'node:fs';

/**
 * Every boundary of a night, and of a switch that is brought forward: what was before it is done, what comes after it is not. A test can have the process killed
 * or stopped there (docs/decisions/0014-named-crash-points.md).
 */
export const crashPoints = [
  // Prepare
  'migrate.step-made',
  'migrate.step-committed',
  'lease.taken',
  'prepare.disappeared-ended',
  'clean-up.discarded',
  'clean-up.dropped',
  'prepare.cleaned-up',
  'prepare.run-recorded',
  'prepare.proved',
  // Extract
  'extract.schema-made',
  'extract.table-made',
  'extract.table-copied',
  'extract.table-committed',
  'extract.snapshots-ended',
  'extract.recorded',
  'extract.compared',
  // Build and audit
  'build.generation-recorded',
  'build.generation-made',
  'build.dataset-filled',
  'build.dataset-committed',
  'hold.broken-listed',
  'hold.broken-gone',
  'hold.versions-there',
  'hold.recorded',
  'audit.dataset-keyed',
  'audit.dataset-sealed',
  'audit.dataset-recorded',
  'audit.recorded',
  'audit.decided',
  // Publish
  'publish.store-made',
  'publish.attached-uncommitted',
  'publish.attached',
  'publish.policy-made',
  'publish.view-uncommitted',
  'publish.view-made',
  'publish.consumers-uncommitted',
  'publish.consumers-made',
  'publish.announced',
  'publish.switched',
  'publish.in-force',
  // Report
  'report.recorded',
  // Retain
  'retain.raw-dropped',
  'retain.held-superseded',
  'retain.retired',
  'retain.recorded',
  'retain.records-uncommitted',
  'retain.records-deleted',
  // Taking away, in retention and in the clean-up after an earlier run
  'drop.raw-table-dropped',
  'drop.table-detached',
  'drop.table-dropped',
  'drop.schema-dropped',
  // The end
  'end.recorded',
  'lease.released',
  // Of "nightjar switch-due", between nights
  'due.announced',
  'due.switched',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

/** `kill publish.attached 2`: at the second passing; `tell`: names each point as it is passed. */
const order = /^(kill|stop) ([a-z.-]+) (\d+)$|^(tell)$/.exec(process.env['NIGHTJAR_CRASH_POINT'] ?? '');
let passed = 0;

/**
 * Says that a boundary of the night is reached. Does nothing, unless the environment variable NIGHTJAR_CRASH_POINT asks
 * for more: then it tells the name on standard error, and ends (SIGKILL) or stops (SIGSTOP) this process at the named
 * one. Synchronous: nothing else happens in this process between the boundary and its end.
 */
export function crashPoint(name: CrashPoint): void {
  if (order === null) return;
  const [, action, wanted, time, tell] = order;
  if (tell === undefined && (name !== wanted || ++passed !== Number(time))) return;
  // Not console.error, which is asynchronous where standard error is a pipe.
  writeSync(2, `crash point ${name}\n`);
  if (action !== undefined) process.kill(process.pid, action === 'kill' ? 'SIGKILL' : 'SIGSTOP');
}
