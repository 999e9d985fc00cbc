import { grouped } from '../../../src/error/amount.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { rebuildPersonOwner } from '../sync/owner-rule.ts';
import { presentDay } from '../sync/present-day.ts';
import { shown, tableOr, type Fault, type FaultOptions } from './fault.ts';

const placement = tableOr('tcs.Placement');

/** Jobs of the source that run while somebody reads. */
export const busySource: readonly Fault[] = [
  {
    name: 'truncate-during',
    describes:
      'empties PersonOwner, waits ten seconds (or as many as are said) and fills it again: the nightly job, running late',
    async apply(database, options) {
      const today = await presentDay(database);
      await database.run(`TRUNCATE TABLE ${database.name('tcs', 'PersonOwner')}`);
      await wait(options, 10);
      const rows = await rebuildPersonOwner(database, today);
      return `tcs.PersonOwner was empty for a while and has ${grouped(rows)} rows again.`;
    },
  },
  {
    name: 'lock-table',
    describes:
      'keeps everybody from reading a table (tcs.Placement unless another is named) for ten seconds, as a migration does',
    on: placement,
    async apply(database, options) {
      const { table } = placement(options);
      const name = database.name(table.database, table.name);
      if (database.kind === 'mysql') {
        await database.run(`LOCK TABLES ${name} WRITE`);
        await wait(options, 10);
        await database.run('UNLOCK TABLES');
      } else {
        await database.run('BEGIN');
        await database.run(`LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE`);
        await wait(options, 10);
        await database.run('COMMIT');
      }
      return `${shown(table)} could not be read for a while, and can be again.`;
    },
  },
  {
    name: 'stale-locks',
    describes: 'puts the locks of the nightly jobs back by a day, as if none of them had started tonight',
    async apply(database) {
      const earlier = (column: string) => `"${column}" = "${column}" - INTERVAL '1' DAY`;
      const rows = await database.run(
        `UPDATE ${database.name('tcs', 'shedlock')} SET ${earlier('locked_at')}, ${earlier('lock_until')}`,
      );
      return `The locks of ${grouped(rows)} nightly jobs say that they started a day earlier.`;
    },
  },
];

async function wait(options: FaultOptions, otherwise: number): Promise<void> {
  options.onBegun?.();
  await sleep(
    (options.seconds ?? otherwise) * 1000,
    undefined,
    options.signal === undefined ? {} : { signal: options.signal },
  );
}
