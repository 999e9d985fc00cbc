import type { Fault } from '../tis/faults/fault.ts';
import { faults } from '../tis/faults/registry.ts';

/** The one harm of the demo that is not done to the source. */
export const kill: Pick<Fault, 'name' | 'describes'> = {
  name: 'kill',
  describes: 'kills a run with SIGKILL in the middle of its work',
};

/**
 * `truncate-during` shows something only in the moment between two instants, and nothing that is published tells of
 * `stale-locks`.
 */
const showsNothing: ReadonlySet<string> = new Set(['truncate-during', 'stale-locks']);

/** What `nightjar demo hurt` offers: harms that can be done to a copy in PostgreSQL, and that show something. */
export const offeredFaults: readonly Pick<Fault, 'name' | 'describes'>[] = [
  kill,
  ...faults.filter(({ name, only }) => only === undefined && !showsNothing.has(name)),
];
