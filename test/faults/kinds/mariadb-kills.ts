import { setTimeout as sleep } from 'node:timers/promises';
import { startMariadb } from '../../../samples/servers/mariadb.ts';
import { Dice, stream } from '../../../samples/tis/random/dice.ts';
import { connectDisturbed } from '../../harness/disturbed-source.ts';
import { mariadbShop } from '../../harness/mariadb-shop.ts';
import { calmLanes } from '../calm-lanes.ts';
import { coded } from '../coded.ts';
import { breakRow } from '../fault-place.ts';
import type { FaultKind } from '../fault-kind.ts';
import { inLanes } from '../../harness/lanes.ts';
import { tryFault } from '../try-fault.ts';

/** When the server dies: before it is asked for a table, when that has arrived, or whenever. */
type Moment =
  | { readonly at: 'open' | 'read'; readonly table: string }
  | { readonly at: 'random'; readonly afterMs: number };

const tables = ['customer', 'order_line', 'secret'];

/** `kill -9` of a MariaDB that is read, at each table and at random. Each time one of its own, that nobody starts again. */
export const mariadbKills: FaultKind = {
  name: 'MariaDB as source killed at each table, and at random',
  needsRoot: false,
  tryAll: async (context, count) => {
    await using lanes = await calmLanes(context, 2);
    const dice = new Dice(context.seed, stream('MariaDB'), 0);
    const moments: readonly Moment[] = [
      ...tables.flatMap((table): Moment[] => [
        { at: 'open', table },
        { at: 'read', table },
      ]),
      ...Array.from({ length: context.long ? 40 : 4 }, (): Moment => ({
        ...{ at: 'random', afterMs: dice.below(600) },
      })),
    ];
    await inLanes(lanes.all, moments, async ({ place, readers }, moment) => {
      await using server = await startMariadb();
      await using maria = await mariadbShop(server);
      const hurt = async (): Promise<void> => {
        await maria.renew(place.marker());
        await maria.inSource(breakRow.maria);
        const kill = async (): Promise<void> => {
          process.kill(server.pid, 'SIGKILL');
          await server.exited;
        };
        const whenAt = (at: Moment['at']) => async (table: string) => {
          if (moment.at === at && moment.at !== 'random' && moment.table === table) await kill();
        };
        const connect = connectDisturbed({ before: whenAt('open'), after: whenAt('read') });
        const night = coded(place.night({ environment: maria.environment(), connect }));
        if (moment.at === 'random') {
          await sleep(moment.afterMs);
          await kill();
        }
        const published = await night;
        // What is read of the last table has been committed by then, and the snapshot is yet to be ended.
        if (published && moment.at === 'open') throw new Error('the night published what it could not read');
      };
      const fault =
        moment.at === 'random' ? `after ${moment.afterMs} ms` : `at ${moment.at} of ${moment.table}`;
      await tryFault(place, { fault: `MariaDB killed ${fault}`, readers, hurt }, count);
    });
  },
};
