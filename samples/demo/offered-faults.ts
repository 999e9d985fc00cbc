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

/** What the demo does otherwise than `nightjar sample hurt`, or for less long. */
const inTheDemo: Readonly<Record<string, string>> = {
  'empty-table': 'empties tcs.Person, as a job that died between emptying and filling does',
  'lock-table': 'keeps everybody from reading tcs.Placement for three seconds, as a migration does',
};

/** What `nightjar demo hurt` offers: harms that can be done to a copy in PostgreSQL, and that show something. */
export const offeredFaults: readonly Pick<Fault, 'name' | 'describes'>[] = [
  kill,
  ...faults
    .filter(({ name, only }) => only === undefined && !showsNothing.has(name))
    .map(({ name, describes }) => ({
      name,
      describes: inTheDemo[name] ?? describes.replace(' unless another is named', ''),
    })),
];
