import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { judgedNight } from './judged-shop.ts';

/** The held rows of the newest generation: dataset, key, outcome. */
async function heldRows(shop: ShopNights): Promise<readonly unknown[]> {
  await using session = await shop.session();
  const rows = await session.query<Record<string, unknown>>(
    'the held rows',
    `select dataset, key, outcome from nightjar.held_row
      where generation = (select max(number) from nightjar.generation) order by dataset, key`,
  );
  return rows.map((row) => [row['dataset'], row['key'], row['outcome']]);
}

/** A dataset of order lines that stands before that of the customers by its name, and does not read it. */
const baskets: ShopFiles = {
  'datasets/basket.sql': 'select l.order_no, l.line_no, l.customer_id, l.price from shop_order_line l\n',
  'datasets/basket.yaml': `description: What they bought.
grain: one row for each line of an order
key: [order_no, line_no]
columns:
  order_no: { type: bigint, presence: required, from: shop.order_line.order_no, description: The order. }
  line_no: { type: integer, presence: required, from: shop.order_line.line_no, description: The line. }
  customer_id: { type: bigint, from: shop.order_line.customer_id, description: The customer. }
  price: { type: "numeric(10,2)", from: shop.order_line.price, description: The price. }
rules: { paid: { sql: price > 0, description: It was paid. } }
references: { customer_id: customer }
`,
};

test('a held row leaves with what it refers to, whatever the two datasets are called', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1', { files: baskets });
  // Lines 1 to 3 of order 1 are those of customers 1 to 3.
  await shop.inSource(`update shop.order_line set price = 0 where order_no = 1 and line_no < 3;
    delete from shop.customer where id = 2`);
  const judged = await judgedNight(shop, { files: baskets });
  assert.deepEqual(judged.failed, []);
  assert.deepEqual(await heldRows(shop), [
    ['basket', { line_no: 1, order_no: 1 }, 'held'],
    ['basket', { line_no: 2, order_no: 1 }, 'departed'],
  ]);
});
