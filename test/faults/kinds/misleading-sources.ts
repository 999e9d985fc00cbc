import { connectDisturbed } from '../../harness/disturbed-source.ts';
import { mariadbShop, type MariadbShop } from '../../harness/mariadb-shop.ts';
import { setting } from '../../harness/warehouse.ts';
import { loseRows } from '../../source/lose-rows.ts';
import { startServerProxy } from '../../source/server-proxy.ts';
import { calmLanes } from '../calm-lanes.ts';
import { coded } from '../coded.ts';
import type { FaultKind } from '../fault-kind.ts';
import { breakRow, type FaultPlace } from '../fault-place.ts';
import { inLanes } from '../../harness/lanes.ts';
import { tryFault } from '../try-fault.ts';

/** Ways in which a MariaDB misleads, and whether the night publishes all the same. */
const ways = [
  { name: 'rows that are missing from a result that ends politely', publishes: false, run: shortResult },
  {
    name: 'error 1412 once',
    publishes: true,
    run: (place: FaultPlace, maria: MariadbShop) => altered(place, maria, 1),
  },
  {
    name: 'error 1412 every time',
    publishes: false,
    run: (place: FaultPlace, maria: MariadbShop) => altered(place, maria, 9),
  },
] as const;

/** Polite short results, and tables that change under the snapshot: error 1412. */
export const misleadingSources: FaultKind = {
  name: 'short results, 1412',
  needsRoot: false,
  tryAll: async (context, count) => {
    await using lanes = await calmLanes(context, 2);
    await inLanes(lanes.all, [...ways, ...ways], async ({ place, readers }, { name, publishes, run }) => {
      await using maria = await mariadbShop();
      const hurt = async (): Promise<void> => {
        await maria.renew(place.marker());
        await maria.inSource(breakRow.maria);
        if ((await run(place, maria)) !== publishes)
          throw new Error(publishes ? 'the night failed' : 'the night published');
      };
      await tryFault(place, { fault: name, readers, hurt }, count);
    });
  },
};

async function shortResult(place: FaultPlace, maria: MariadbShop): Promise<boolean> {
  await using proxy = await startServerProxy(maria.database, () => loseRows('77152007'));
  return await coded(place.night({ environment: maria.environment({ port: setting(proxy.port) }) }));
}

/** A table that is yet to be read is altered when the first one is. */
async function altered(place: FaultPlace, maria: MariadbShop, times: number): Promise<boolean> {
  let left = times;
  const connect = connectDisturbed({
    before: async (table) => {
      if (table === 'customer' && left-- > 0) await maria.inSource('alter table order_line force');
    },
  });
  return coded(place.night({ environment: maria.environment(), connect }));
}
