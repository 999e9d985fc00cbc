import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liftHold, rollBack } from '../../src/publish/rollback.ts';
import { untilInstant } from '../../src/publish/publish.ts';
import { altered } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { holdPublication } from './hold-publication.ts';
import { nightOf } from './look.ts';

for (const major of [15, 18] as const) {
  test(`going back waits for no run, and the run at work does not publish over it, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await shop.publish('n2');
    await shop.mark('n3');
    const held = await holdPublication(shop);
    await using session = await shop.session();
    await untilInstant(session, await rollBack(session, { from: 2, to: 1, hold: 'wrong prices' }));
    assert.equal(await nightOf(shop, 'reader'), 1);
    await held.goOn();
    await assert.rejects(held.night, { code: 'NJ-PUBLISH-BASE-CHANGED' });
    assert.equal(await nightOf(shop, 'reader'), 1);
    await assert.rejects(shop.night(), { code: 'NJ-PUBLISH-HELD', message: /wrong prices/ });
    await liftHold(session);
    await shop.night();
    assert.equal(await nightOf(shop, 'reader'), 3);
  });

  test(`going back from what is no longer published is refused, and sets no hold, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await shop.publish('n2');
    await shop.publish('n3');
    await using session = await shop.session();
    await assert.rejects(rollBack(session, { from: 2, to: 1, hold: 'too late' }), {
      code: 'NJ-PUBLISH-BASE-CHANGED',
    });
    assert.equal(await liftHold(session), false);
    assert.equal(await nightOf(shop, 'reader'), 3);
  });

  test(`a runner that lost its lease changes no view, no right and no partition, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    const held = await holdPublication(shop, 'before it attaches', {
      files: altered('datasets/customer.sql', 'c.age from', 'c.age + 1 as age from'),
      consumers: shop.environment.consumers.filter((consumer) => consumer.name !== 'insider'),
    });
    const look = () =>
      shop.warehouse.asSuperuser(async (client) => {
        const { rows } = await client.query<Record<string, unknown>>(`
          select c.relname, c.relacl::text, pg_get_viewdef(c.oid) as definition,
                 (select count(*)::int from pg_inherits) as partitions
            from pg_class c where c.relnamespace = 'shop_view'::regnamespace order by 1`);
        return rows;
      });
    const before = await look();
    await shop.warehouse.asSuperuser((client) =>
      client.query('update nightjar.fence set number = number + 1'),
    );
    await held.goOn();
    await assert.rejects(held.night, { code: 'NJ-PUBLISH-FENCED' });
    assert.deepEqual(await look(), before);
  });
}
