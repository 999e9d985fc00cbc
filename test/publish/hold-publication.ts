import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { NightReport } from '../../src/night/run-night.ts';
import type { NightOptions, ShopNights } from '../harness/shop-nights.ts';

export interface HeldPublication {
  readonly night: Promise<NightReport>;
  readonly goOn: () => Promise<void>;
}

/** Where a night is held: nothing is attached yet; or all is attached, and the switch itself waits (5 s at most). */
const places = {
  'before it attaches': { table: 'nightjar.store_table', mode: 'access exclusive' },
  'in its switch': { table: 'nightjar.journal', mode: 'share' },
} as const;

/** Begins a night and holds it when everything is built and judged. */
export async function holdPublication(
  shop: ShopNights,
  place: keyof typeof places = 'before it attaches',
  options?: NightOptions,
): Promise<HeldPublication> {
  const { table, mode } = places[place];
  const { host, port, database } = shop.warehouse.address;
  const { user, password } = shop.source;
  const holder = new pg.Client({ host, port, database, user, password });
  await holder.connect();
  await holder.query(`begin; lock table ${table} in ${mode} mode`);
  const night = shop.night(options);
  // Whoever waits for it may do so much later.
  night.catch(() => undefined);
  for (;;) {
    const { rows } = await holder.query<{ waiting: boolean }>(
      `select exists (select from pg_locks where not granted and relation = '${table}'::regclass) as waiting`,
    );
    if (rows[0]?.waiting === true) break;
    const ended = await Promise.race([
      night.then(
        () => true,
        () => true,
      ),
      sleep(30, false),
    ]);
    if (ended) break;
  }
  return {
    night,
    goOn: async () => {
      await holder.query('commit');
      await holder.end();
    },
  };
}
