import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { heldRows, judgedNight, withContract } from './judged-shop.ts';

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

/** The shop with a rule that each line of an order was paid, and with a reference to the customers. */
const paid = withContract(
  'purchase',
  'rules: { paid: { sql: price > 0, description: It was paid. } }\nreferences: { customer_id: customer }\n',
);

test('a held row leaves with a row of its own dataset that it refers to, and with a held one that leaves', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files: ShopFiles = {
    'datasets/customer.sql':
      'select c.id as customer_id, c.marker, c.email, c.age, nullif(c.id - 1, 0) as brought_by from shop_customer c\n',
    'datasets/customer.yaml': shopFiles['datasets/customer.yaml']
      .replace(
        '  age: {',
        '  brought_by: { type: bigint, from: shop.customer.id, description: By whom. }\n  age: {',
      )
      .concat('references: { brought_by: customer }\n'),
  };
  await shop.publish('n1', { files });
  await shop.inSource(
    'delete from shop.customer where id = 4; update shop.customer set age = 3 where id in (5, 6, 8)',
  );
  const judged = await judgedNight(shop, { files });
  assert.deepEqual(judged.failed, []);
  assert.deepEqual(await heldRows(shop), [
    ['customer', { customer_id: 5 }, 'departed'],
    ['customer', { customer_id: 6 }, 'departed'],
    ['customer', { customer_id: 8 }, 'held'],
  ]);
});

test('a held row leaves with a parent that was built after it, and so does what refers to it', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files: ShopFiles = {
    ...paid,
    // Customer 5 refers to a line of an order, whose customer is another; its own lines refer to it.
    'datasets/customer.sql':
      'select c.id as customer_id, c.marker, c.email, c.age, 1::bigint as order_no, (c.id - 4)::integer as line_no from shop_customer c\n',
    'datasets/customer.yaml': shopFiles['datasets/customer.yaml']
      .replace(
        '  age: {',
        '  order_no: { type: bigint, from: shop.order_line.order_no, description: The order. }\n' +
          '  line_no: { type: integer, from: shop.order_line.line_no, description: The line. }\n  age: {',
      )
      .concat('references: { liked: { columns: [order_no, line_no], dataset: purchase } }\n'),
  };
  await shop.publish('n1', { files });
  await shop.inSource(`delete from shop.order_line where order_no = 1 and line_no = 1;
    update shop.customer set age = 3 where id in (5, 6);
    update shop.order_line set price = 0 where customer_id in (5, 6) and order_no < 10`);
  const judged = await judgedNight(shop, { files });
  assert.deepEqual(judged.failed, []);
  assert.deepEqual(await heldRows(shop), [
    ['customer', { customer_id: 5 }, 'departed'],
    ['customer', { customer_id: 6 }, 'held'],
    ['purchase', { line_no: 1, order_no: 9 }, 'departed'],
    ['purchase', { line_no: 2, order_no: 2 }, 'departed'],
    ['purchase', { line_no: 2, order_no: 9 }, 'held'],
    ['purchase', { line_no: 3, order_no: 2 }, 'held'],
  ]);
  await using session = await shop.session();
  const counts = await session.query<Record<string, unknown>>(
    'the counts',
    `select name, rows::int, held_rows::int, left_out_rows::int, read_rows::int from nightjar.dataset
      where generation = 2 and held_rows > 0 order by 1`,
  );
  assert.deepEqual(counts, [
    { name: 'customer', rows: 19, held_rows: 1, left_out_rows: 1, read_rows: 20 },
    { name: 'purchase', rows: 57, held_rows: 2, left_out_rows: 2, read_rows: 59 },
  ]);
});
