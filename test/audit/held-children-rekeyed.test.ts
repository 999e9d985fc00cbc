import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { coded, numberOfCode, referring } from './coded-customers.ts';
import { heldRows, judgedNight } from './judged-shop.ts';

const paid = referring('customer_id');
/** Of which line 1 is that of customer 1, and line 2 of customer 2. */
const first = (line: number): object => ({ line_no: line, order_no: 1 });
const unpaid = 'update shop.order_line set price = 0 where order_no = 1 and line_no < 3;';

/** A release in which the key of the customers is called otherwise, or is another one. */
function rekeyed(column: string, value: string, keyWas: string): ShopFiles {
  return {
    ...paid,
    'datasets/customer.yaml':
      shopFiles['datasets/customer.yaml'].replaceAll('customer_id', column) + `key_was: ${keyWas}\n`,
    'datasets/customer.sql': `select ${value} as ${column}, c.marker, c.email, c.age from shop_customer c\n`,
    'datasets/purchase.sql': shopFiles['datasets/purchase.sql']
      .replace('c.customer_id = l.customer_id', `c.${column} = ${value.replace('c.id', 'l.customer_id')}`)
      .replace(
        'l.customer_id, l.marker',
        `${value.replace('c.id', 'l.customer_id')} as customer_id, l.marker`,
      ),
  };
}

test('a held row leaves with its parent, and only then, on the night on which the key of that gets another name', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1', { files: paid });
  await shop.inSource(`${unpaid} delete from shop.customer where id = 2`);
  const judged = await judgedNight(shop, { files: rekeyed('id', 'c.id', '{ customer_id: id }') });
  assert.deepEqual(judged.failed, []);
  assert.deepEqual(await heldRows(shop), [
    ['purchase', first(1), 'held'],
    ['purchase', first(2), 'departed'],
  ]);
});

/** The column that refers to the customers keeps its name, and from now on holds another number. */
const renumbered = rekeyed('code', 'c.id + 1000', '{ customer_id: code - 1000 }');

test('whether the parent of a held row left is for a person, where nothing published tells who that is by the new key', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1', { files: paid });
  await shop.inSource(`${unpaid} delete from shop.customer where id = 2`);
  const judged = await judgedNight(shop, { files: renumbered });
  assert.deepEqual(judged.failed, ['held_rows:purchase']);
  assert.match(
    judged.of('held_rows:purchase').sentence,
    /Would be left out, because the last good version .*, or refers to what has another key now, and may have left: 2\.$/,
  );
  assert.deepEqual(await heldRows(shop), [
    ['purchase', first(1), 'unfit'],
    ['purchase', first(2), 'unfit'],
  ]);
});

test('where no parent left, a held row stays, whatever became of their key', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1', { files: paid });
  await shop.inSource(unpaid);
  const judged = await judgedNight(shop, { files: renumbered });
  assert.deepEqual(judged.failed, []);
  assert.deepEqual(await heldRows(shop), [
    ['purchase', first(1), 'held'],
    ['purchase', first(2), 'held'],
  ]);
});

for (const keyWas of [numberOfCode, 'customer_id']) {
  test(`a held row leaves with its own parent, and with nobody else's, where both had the new key before, which was ${keyWas}`, async () => {
    await using shop = await shopNights(await testPostgres(18));
    await shop.publish('n1', { files: coded({ key: 'customer_id' }) });
    // The code of customer 1 has the number of customer 20 in it, and that of customer 2 the number of 19.
    await shop.inSource(`${unpaid} delete from shop.customer where id in (2, 20)`);
    const judged = await judgedNight(shop, { files: coded({ key: 'code', keyWas }) });
    assert.deepEqual(judged.failed, []);
    assert.deepEqual(await heldRows(shop), [
      ['purchase', first(1), 'held'],
      ['purchase', first(2), 'departed'],
    ]);
  });
}

test('whether the parent of a held row left is for a person, where a column had the name of the new key and was another', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1', { files: coded({ key: 'customer_id', code: (id) => `'C' || ${id}` }) });
  await shop.inSource(`${unpaid} delete from shop.customer where id = 2`);
  const judged = await judgedNight(shop, { files: coded({ key: 'code', keyWas: numberOfCode }) });
  assert.deepEqual(judged.failed, ['held_rows:purchase']);
});

/** Deliveries of lines of orders; a line is told by its number in the order, or by another one. */
function delivered(key: 'line_no' | 'seq', keyWas = ''): ShopFiles {
  const column = (name: string): string =>
    `\n  ${name}: { type: integer, presence: required, from: shop.order_line.line_no, description: The place. }`;
  return {
    'datasets/purchase.sql': `select l.order_no, l.line_no, l.line_no + 100 as seq, l.customer_id, l.marker, c.marker as customer_marker, l.price
      from shop_order_line l left join customer c on c.customer_id = l.customer_id\n`,
    'datasets/purchase.yaml':
      shopFiles['datasets/purchase.yaml']
        .replace('[order_no, line_no]', `[order_no, ${key}]`)
        .replace('\n  customer_id: {', `${column('seq')}\n  customer_id: {`) + keyWas,
    'datasets/delivery.sql':
      'select s.id as delivery_id, 1::bigint as order_no, s.id::integer as line_no, (s.id + 100)::integer as seq, s.marker from shop_secret s\n',
    'datasets/delivery.yaml': `description: What was brought.
grain: one row for each delivery
key: [delivery_id]
driving: shop_secret
columns:
  delivery_id: { type: bigint, presence: required, from: shop.secret.id, description: The id. }
  order_no: { type: bigint, from: shop.secret.id, description: The order. }${column('line_no')}${column('seq')}
  marker: { type: text, from: shop.secret.marker, description: The night. }
rules: { marked: { sql: marker <> 'bad', description: It is marked. } }
references: { bought: { columns: [order_no, ${key}], dataset: purchase } }
`,
  };
}

test('a held row leaves with its parent on the night on which half of the key of that is another', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1', { files: delivered('line_no') });
  await shop.inSource(`delete from shop.order_line where order_no = 1 and line_no = 2;
    update shop.secret set marker = 'bad' where id in (1, 2)`);
  const keyWas = 'key_was: { order_no: order_no, line_no: seq - 100 }\n';
  const judged = await judgedNight(shop, { files: delivered('seq', keyWas) });
  assert.deepEqual(judged.failed, []);
  assert.deepEqual(await heldRows(shop), [
    ['delivery', { delivery_id: 1 }, 'held'],
    ['delivery', { delivery_id: 2 }, 'departed'],
  ]);
});

test('a held row leaves with a held one that leaves with its parent, though the key of that is another', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const all = (customers: ShopFiles): ShopFiles => ({ ...delivered('line_no'), ...customers });
  await shop.publish('n1', { files: all(coded({ key: 'customer_id' })) });
  await shop.inSource(`${unpaid} delete from shop.customer where id = 2;
    update shop.secret set marker = 'bad' where id in (1, 2)`);
  const judged = await judgedNight(shop, { files: all(coded({ key: 'code', keyWas: 'customer_id' })) });
  assert.deepEqual(judged.failed, []);
  assert.deepEqual(await heldRows(shop), [
    ['delivery', { delivery_id: 1 }, 'held'],
    ['delivery', { delivery_id: 2 }, 'departed'],
    ['purchase', first(1), 'held'],
    ['purchase', first(2), 'departed'],
  ]);
});

test('what is for a person is so too where the parent was built after the held row', async () => {
  await using shop = await shopNights(await testPostgres(18));
  // Customers refer to lines of orders, which read the customers: those of customer 5 and 6 are lines 1 and 2 of order 1.
  const liking = (lines: ShopFiles, place: string): ShopFiles => ({
    ...lines,
    'datasets/delivery.sql': null,
    'datasets/delivery.yaml': null,
    'datasets/customer.sql': `select c.id as customer_id, c.marker, c.email, c.age, 1::bigint as order_no, ${place}::integer as place from shop_customer c\n`,
    'datasets/customer.yaml': `${shopFiles['datasets/customer.yaml'].replace(
      '  age: {',
      `  order_no: { type: bigint, from: shop.order_line.order_no, description: The order. }
  place: { type: integer, from: shop.order_line.line_no, description: The place in it. }
  age: {`,
    )}references: { liked: { columns: [order_no, place], dataset: purchase } }\n`,
  });
  await shop.publish('n1', { files: liking({}, '(c.id - 4)') });
  await shop.inSource(`delete from shop.order_line where order_no = 1 and line_no = 1;
    update shop.customer set age = 3 where id = 6`);
  const keyWas = 'key_was: { order_no: order_no, line_no: seq - 100 }\n';
  const judged = await judgedNight(shop, { files: liking(delivered('seq', keyWas), '(c.id + 96)') });
  assert.deepEqual(judged.failed, ['held_rows:customer']);
  assert.deepEqual(await heldRows(shop), [['customer', { customer_id: 6 }, 'unfit']]);
});

test('a held row leaves with its parent on the night on which the key of that gets a column more', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1', { files: paid });
  await shop.inSource(`${unpaid} delete from shop.customer where id = 2`);
  const files: ShopFiles = {
    'datasets/customer.yaml': `${shopFiles['datasets/customer.yaml']
      .replace('[customer_id]', '[age, customer_id]')
      .replace(
        '  age: { type: smallint,',
        '  age: { type: smallint, presence: required,',
      )}key_was: { customer_id: customer_id }\n`,
    'datasets/purchase.sql': shopFiles['datasets/purchase.sql'].replace(
      'l.price',
      'l.price, c.age as customer_age',
    ),
    'datasets/purchase.yaml': String(paid['datasets/purchase.yaml'])
      .replace('columns: [customer_id]', 'columns: [customer_age, customer_id]')
      .replace(
        '  price: {',
        '  customer_age: { type: smallint, from: customer.age, description: The age. }\n  price: {',
      ),
  };
  const judged = await judgedNight(shop, { files });
  assert.deepEqual(judged.failed, []);
  assert.deepEqual(await heldRows(shop), [
    ['purchase', first(1), 'held'],
    ['purchase', first(2), 'departed'],
  ]);
});
