import assert from 'node:assert/strict';
import { test } from 'node:test';
import { altered } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { insider, reader, shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { inSession } from './in-session.ts';
import { sqlstate } from './sqlstate.ts';

const environment = { schema: 'shop_new' };

for (const major of [15, 18] as const) {
  test(`views are in the renamed schema and in no other, also for who reads the old ones, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [reader, insider]);
    await shop.publish('n1');
    const idle = await shop.warehouse.connectAs('reader');
    await idle.query('begin; select from shop_view.purchase');
    // With the same publication the reader loses a dataset.
    const consumers = shop.environment.consumers.map((one) =>
      one.name === 'reader' ? { ...one, reads: ['customer'] } : one,
    );
    await shop.publish('n2', { environment, consumers });
    await assert.rejects(idle.query('select'), /terminat|57P01|queryable/);
    await inSession(shop, 'reader', async (client) => {
      assert.equal((await client.query("select from shop_new.customer where marker = 'n2'")).rowCount, 20);
      assert.equal(await sqlstate(client, 'select from shop_new.purchase'), '42501');
      assert.equal(await sqlstate(client, 'select from shop_view.purchase'), '42P01');
      await client.query('call shop_new.acknowledge()');
    });
    assert.deepEqual(await schemas(shop), ['shop_new']);

    await shop.publish('n3', { consumers });
    assert.deepEqual(await schemas(shop), ['shop_view'], 'and back');
  });
}

test('a schema may be renamed by the release that no longer builds a dataset', async () => {
  await using shop = await shopNights(await testPostgres(18), [{ ...reader, reads: ['customer'] }]);
  await shop.publish('n1');
  const files = { 'datasets/purchase.sql': null, 'datasets/purchase.yaml': null };
  await shop.mark('n2');
  await shop.excuse(['gone:purchase'], { environment, files });
  assert.deepEqual(await schemas(shop), ['shop_new']);
});

test('what is not ours stays in the old schema, and the schema with it', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.publish('n1');
  await shop.warehouse.asSuperuser((client) => client.query('create table shop_view.note (of text)'));
  await shop.publish('n2', { environment, files: altered('datasets/customer.yaml', 'varchar(60)', 'text') });
  assert.deepEqual(await schemas(shop), ['shop_new', 'shop_view']);
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'shop_view'::regnamespace
       union all select proname from pg_proc where pronamespace = 'shop_view'::regnamespace`,
    ),
  );
  assert.deepEqual(rows, [{ name: 'note' }]);
});

async function schemas(shop: ShopNights): Promise<readonly string[]> {
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query<{ name: string }>(
      "select nspname as name from pg_namespace where nspname like 'shop%' order by 1",
    ),
  );
  return rows.map(({ name }) => name);
}
