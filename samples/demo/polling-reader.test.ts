import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testPostgres } from '../../test/harness/servers.ts';
import { reader, schema, shopNights, type ShopNights } from '../../test/harness/shop-nights.ts';
import { pollAsReader, type ReadTally } from './polling-reader.ts';

/** Polls until `enough` says so. */
async function poll(shop: ShopNights, enough: (tally: ReadTally) => boolean): Promise<ReadTally> {
  const { host, port, database, password } = shop.warehouse.address;
  const user = shop.warehouse.consumers[0]?.logins[0] ?? '';
  const stop = new AbortController();
  const task = { login: { host, port, database, user, password }, schema, datasets: reader.reads };
  return pollAsReader(task, stop.signal, (tally) => {
    if (enough(tally)) stop.abort();
  });
}

/** The view of the customers as it must never be: in place of the one that asks which generation is read. */
async function spoil(shop: ShopNights, condition: string): Promise<void> {
  await shop.warehouse.asSuperuser(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select name from nightjar.store_table where dataset = 'customer'",
    );
    const store = `nightjar_store."${rows[0]?.name ?? ''}"`;
    await client.query(
      `alter table ${store} disable row level security;
       create or replace view ${schema}.customer as select customer_id, marker, email, age from ${store} where ${condition}`,
    );
  });
}

test('a reader of what is published meets neither an empty nor a mixed set, also while a night is published', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.publish('n1');
  await shop.mark('n2');
  await shop.inSource("insert into shop.customer values (99, 'n2', 'x@example.invalid', 40)");
  const night = shop.night();
  const tally = await poll(shop, ({ generations }) => generations.has(2));
  await night;
  assert.deepEqual([tally.empty, tally.mixed, [...tally.generations]], [0, 0, [1, 2]]);
});

test('a reader sees that a dataset is of another generation than it was told, and that one is empty', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.publish('n1');
  await shop.mark('n2');
  await shop.inSource("insert into shop.customer values (99, 'n2', 'x@example.invalid', 40)");
  await shop.night();
  await spoil(shop, 'generation = 1');
  const mixed = await poll(shop, ({ reads }) => reads === 4);
  assert.deepEqual([mixed.empty, mixed.mixed, [...mixed.generations]], [0, 2, [2]]);
  await spoil(shop, 'false');
  const empty = await poll(shop, ({ reads }) => reads === 4);
  assert.deepEqual([empty.empty, empty.mixed], [2, 0]);
});
