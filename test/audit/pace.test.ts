import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rollBack } from '../../src/publish/rollback.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { judgedNight, withContract } from './judged-shop.ts';

const files = withContract('purchase', 'guards: { departures: { rows: 999 }, rekeyed: { rows: 999 } }\n');

/** Three nights of the whole shop, and most of its purchases gone after them. */
async function halved(shop: ShopNights): Promise<void> {
  for (const marker of ['n1', 'n2', 'n3']) await shop.publish(marker, { files });
  await shop.inSource('delete from shop.order_line where order_no > 10');
}

test('after an approval of it the pace is that of what was approved', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await halved(shop);
  await shop.excuse(['pace'], { files });
  const equal = await judgedNight(shop, { files });
  assert.deepEqual(equal.failed, []);
  assert.match(equal.of('pace').sentence, /fewer than 3 published nights to compare with/);
  await judgedNight(shop, { files });
  await shop.inSource('delete from shop.order_line; delete from shop.customer where id > 9');
  const { failed } = await judgedNight(shop, { files });
  assert.ok(failed.includes('pace'));
});

test('after a rollback the pace is that of what was gone back to', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await halved(shop);
  await shop.excuse(['pace'], { files });
  for (let night = 0; night < 2; night++) await judgedNight(shop, { files });
  await using session = await shop.session();
  await rollBack(session, { from: 6, to: 3, hold: undefined });
  await shop.mark('n4');
  const whole = await judgedNight(shop, { files });
  assert.deepEqual(whole.failed, []);
  assert.match(whole.of('pace').sentence, /fewer than 3 published nights to compare with/);
});

test('a night that reads in far less time than the nights before is held', async () => {
  await using shop = await shopNights(await testPostgres(18));
  for (const marker of ['n1', 'n2', 'n3']) await shop.publish(marker, { files });
  await using session = await shop.session();
  await session.query('three slow nights', `update nightjar.run set stage_seconds = '{"extract": 600}'`);
  const held = await judgedNight(shop, { files });
  assert.deepEqual(held.failed, ['pace']);
  assert.match(
    held.of('pace').sentence,
    /is \d+ rows were read in 600\.0 s\. That is less than 25 % of the time\.$/,
  );
});
