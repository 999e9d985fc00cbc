import type pg from 'pg';
import type { ShopNights } from '../harness/shop-nights.ts';

/** Runs something in a new session of a consumer's (first) login. */
export async function inSession<Result>(
  shop: ShopNights,
  consumer: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = await shop.warehouse.connectAs(consumer);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
