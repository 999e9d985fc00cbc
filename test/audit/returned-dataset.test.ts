import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type NightOptions, type ShopNights } from '../harness/shop-nights.ts';
import { judgedNight } from './judged-shop.ts';

const tight = 'guards: { departures: { rows: 1, percent: 0 } }\n';
const files: ShopFiles = { 'datasets/secret.yaml': `${shopFiles['datasets/secret.yaml']}${tight}` };
const without: ShopFiles = {
  'datasets/secret.sql': null,
  'datasets/secret.yaml': null,
  'sources/shop.yaml': shopFiles['sources/shop.yaml'].replace(/ {2}secret:.*\n/, ''),
};
const name = 'departures:secret';

/** A release without the dataset, and nobody who reads it. */
function leftOut(shop: ShopNights): NightOptions {
  return { files: without, consumers: withoutReaders(shop, 'secret') };
}

function withoutReaders(shop: ShopNights, name: string): ShopNights['environment']['consumers'] {
  return shop.environment.consumers.map((consumer) => ({
    ...consumer,
    reads: consumer.reads.filter((dataset) => dataset !== name),
  }));
}

test('a dataset that comes back is judged by the generation kept that had it last', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const left = leftOut(shop);
  await shop.publish('n1', { files });
  await shop.excuse(['gone:secret'], left);
  await shop.inSource('delete from shop.secret where id > 1');
  const held = await judgedNight(shop, { files, asOf: '2026-11-21' });
  assert.deepEqual(held.failed, [name]);
  assert.equal(held.of(name).found, 4);
  assert.deepEqual(held.of(name).sample, ['secret_id 2', 'secret_id 3', 'secret_id 4', 'secret_id 5']);
  assert.equal(
    held.of('gap:secret').sentence,
    'secret is not in what is published. It is judged against generation 1 of night 2026-11-20, which had it last of those that are kept.',
  );
});

test('a dataset that no generation kept has is new', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const left = { ...leftOut(shop), keep: 1 };
  await shop.publish('n1', { files });
  await shop.excuse(['gone:secret'], left);
  for (let night = 0; night < 2; night++) await shop.night(left);
  await shop.inSource('delete from shop.secret where id > 1');
  const judged = await judgedNight(shop, { files });
  assert.deepEqual(judged.failed, []);
  assert.equal(judged.of(name).sentence, 'secret is new: nothing of it is published to compare with.');
});

test('what refers to a dataset that comes back is judged by the generation kept that had it last', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const both: ShopFiles = {
    'datasets/purchase.yaml': `${shopFiles['datasets/purchase.yaml']}references: { customer_id: customer }\n`,
  };
  const alone: ShopFiles = {
    'datasets/customer.sql': null,
    'datasets/customer.yaml': null,
    'datasets/purchase.sql':
      'select l.order_no, l.line_no, l.customer_id, l.marker, l.marker as customer_marker, l.price from shop_order_line l\n',
    'datasets/purchase.yaml': shopFiles['datasets/purchase.yaml'].replace(
      'from: customer.marker',
      'from: shop.order_line.marker',
    ),
  };
  await shop.publish('n1', { files: both });
  await shop.excuse(['gone:customer'], { files: alone, consumers: withoutReaders(shop, 'customer') });
  await shop.inSource('delete from shop.customer where id <= 5');
  const judged = await judgedNight(shop, { files: both });
  assert.deepEqual(judged.failed, ['parents:purchase.customer_id']);
  assert.equal(judged.of('parents:purchase.customer_id').found, 15);
});
