import assert from 'node:assert/strict';
import type { ShopNights } from '../harness/shop-nights.ts';

/** Waits, ten seconds at most, until the server knows that a consumer's sessions have ended. */
export async function untilGone(shop: ShopNights, consumer: string): Promise<void> {
  const limit = Date.now() + 10_000;
  await shop.warehouse.asSuperuser(async (client) => {
    for (;;) {
      const { rows } = await client.query(
        'select from pg_stat_activity where datname = current_database() and usename like $1',
        [`${consumer}_%`],
      );
      if (rows.length === 0) return;
      assert.ok(Date.now() < limit, `${consumer} still has ${rows.length} sessions`);
    }
  });
}
