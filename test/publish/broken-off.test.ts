import assert from 'node:assert/strict';
import { test } from 'node:test';
import { switchDue } from '../../src/publish/switch-due.ts';
import { testPostgres } from '../harness/servers.ts';
import { reader, shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { inSession } from './in-session.ts';
import { nightOf } from './look.ts';
import { sqlstate } from './sqlstate.ts';

// acknowledge() and "nightjar switch-due" announce what waits and then write it. Whoever dies in between leaves an
// announcement, and the consumer is refused, since the switch may still come.

for (const major of [15, 18] as const) {
  test(`an acknowledgement that is broken off is overtaken by the next night, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [reader]);
    await breakOff(shop);
    await untilRefused(shop);
    await shop.publish('n3');
    assert.equal(await nightOf(shop, 'reader'), 3);
    // And nothing of it is left in the way of the next import.
    await inSession(shop, 'reader', (client) => client.query('call shop_view.begin_import()'));
    await shop.publish('n4');
    assert.equal(await nightOf(shop, 'reader'), 3);
    await inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));
    assert.equal(await nightOf(shop, 'reader'), 4);
  });
}

test('an acknowledgement that is broken off is ended by whoever makes it again', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await breakOff(shop);
  await untilRefused(shop);
  await inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge(1)'));
  assert.equal(await nightOf(shop, 'reader'), 2);

  await inSession(shop, 'reader', (client) => client.query('call shop_view.begin_import()'));
  await shop.publish('n3');
  await announceOnly(shop);
  await untilRefused(shop);
  await using session = await shop.session();
  assert.ok((await switchDue(session, 'reader')) instanceof Date);
  assert.equal(await nightOf(shop, 'reader'), 3);
});

test('one that stays open makes no night wait, and writes nothing over it', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await breakOff(shop);
  await inSession(shop, 'reader', async (client) => {
    await client.query('begin');
    const { rows } = await client.query<{ instant: string }>(
      'select shop_view.due_announce(5)::text as instant',
    );
    await shop.publish('n3');
    await client.query('commit');
    await client.query('select shop_view.due_switch($1)', [rows[0]?.instant]);
  });
  assert.equal(await nightOf(shop, 'reader'), 3);
});

/** The consumer takes the first night, and its acknowledgement dies when what waits for it is announced. */
async function breakOff(shop: ShopNights): Promise<void> {
  await shop.publish('n1');
  await inSession(shop, 'reader', (client) => client.query('call shop_view.begin_import()'));
  await shop.publish('n2');
  await announceOnly(shop);
}

async function announceOnly(shop: ShopNights): Promise<void> {
  await inSession(shop, 'reader', async (client) => {
    await client.query('select shop_view.receipt_write(null)');
    await client.query('select shop_view.due_announce(1)');
  });
}

/** Until the announced instant has passed, which is a second or two ahead. */
async function untilRefused(shop: ShopNights): Promise<void> {
  const limit = Date.now() + 20_000;
  for (;;) {
    const state = await inSession(shop, 'reader', (client) =>
      sqlstate(client, 'select from shop_view.customer'),
    );
    if (state === 'NJ006') return;
    assert.equal(state, undefined);
    assert.ok(Date.now() < limit, 'nobody is refused');
  }
}
