import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syncConsumers } from '../../src/publish/consumers.ts';
import { Lease } from '../../src/publish/lease.ts';
import { testPostgres } from '../harness/servers.ts';
import { insider, reader, shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { inSession } from './in-session.ts';
import { look, nightOf } from './look.ts';

for (const major of [15, 18] as const) {
  test(`a consumer that is renamed reads on, though nothing is published since, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [reader, insider]);
    await shop.publish('n1');
    const open = await shop.warehouse.connectAs('reader');
    try {
      // Nobody is as late as the one who renames it months after it was last given anything.
      await shop.warehouse.asSuperuser(async (client) => {
        await client.query("update nightjar.switch set effective_from = effective_from - interval '30 days'");
        await client.query(
          "update nightjar.journal set effective_from = effective_from - interval '30 days'",
        );
      });
      await synchronise(shop, renamed(shop));
      assert.equal(await look(open), 1);
      assert.equal(await nightOf(shop, 'reader'), 1);
      await shop.publish('n2', { consumers: renamed(shop) });
      assert.equal(await look(open), 1);
      assert.equal(await nightOf(shop, 'reader'), 2);
    } finally {
      await open.end();
    }
  });
}

test('the import of a consumer that is renamed goes on', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader, insider]);
  await shop.publish('n1');
  await inSession(shop, 'reader', (client) => client.query('call shop_view.begin_import()'));
  await shop.publish('n2');
  await shop.publish('n3', { consumers: renamed(shop) });
  assert.equal(await nightOf(shop, 'reader'), 1);
  await inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));
  assert.equal(await nightOf(shop, 'reader'), 3);
});

function renamed({ environment }: ShopNights): ShopNights['environment']['consumers'] {
  return environment.consumers.map((one) => (one.name === 'reader' ? { ...one, name: 'reports' } : one));
}

/** As a publication does it before its switch. */
async function synchronise(
  shop: ShopNights,
  consumers: ShopNights['environment']['consumers'],
): Promise<void> {
  await using lease = await Lease.take(shop.warehouse.address, new AbortController().signal);
  await using session = await shop.session();
  await syncConsumers(session, { ...shop.environment, consumers }, lease.fence);
}
