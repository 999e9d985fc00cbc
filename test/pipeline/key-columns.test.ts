import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mark, markedPlace, probe, readShop, shop, type Files } from './shop.ts';

/** A SELECT, and the raw columns whose values come to its first column, which is its dataset's key. */
const traces: readonly (readonly [why: string, sql: string, columns: readonly string[]])[] = [
  ['straight', 'select v.page as id from shop_visit v', ['shop_visit.page']],
  [
    'through a cast and a fold',
    'select fold_case(v.page)::varchar(9) as id from shop_visit v',
    ['shop_visit.page'],
  ],
  ['through a subquery', 'select x.p as id from (select page as p from shop_visit) x', ['shop_visit.page']],
  [
    'through a common table',
    'with x (p) as (select page from shop_visit) select p as id from x',
    ['shop_visit.page'],
  ],
  [
    'out of a group',
    'select max(v.page) as id from shop_visit v group by v.customer_id',
    ['shop_visit.page'],
  ],
  ['through a dataset', 'select full_name as id from customer', ['shop_customer.full_name']],
  ['out of a dataset that joins', 'select region as id from customer', ['region.name']],
  [
    'from either of two',
    'select coalesce(c.email, v.page) as id from shop_customer c left join shop_visit v on v.customer_id = c.id',
    ['shop_customer.email', 'shop_visit.page'],
  ],
  [
    'from both sides of a union',
    'select email as id from shop_customer union select page from shop_visit',
    ['shop_customer.email', 'shop_visit.page'],
  ],
  [
    'from both sides of a full join',
    'select page as id from (select fold_case(email) as page from shop_customer) c full join (select fold_case(page) as page from shop_visit) v using (page)',
    ['shop_customer.email', 'shop_visit.page'],
  ],
  [
    'out of a list that is taken apart',
    "select w.word as id from shop_visit v cross join lateral unnest(string_to_array(v.page, ' ')) as w (word)",
    ['shop_visit.page'],
  ],
  ['out of a scalar subquery', 'select (select max(page) from shop_visit) as id', ['shop_visit.page']],
  [
    'not what only chooses',
    "select case when v.page = 'x' then v.customer_id end as id from shop_visit v where v.page <> ''",
    ['shop_visit.customer_id'],
  ],
];

/** Keys of the shop's own tables and datasets. */
const always = ['shop_customer.id', 'shop_order_line.line_no', 'shop_order_line.order_id'];

for (const [why, sql, columns] of traces) {
  test(`a key is traced to the raw columns that it comes from: ${why}`, async () => {
    const { pipeline, faults } = await readShop(probe(sql));
    assert.deepEqual(
      faults.map((fault) => fault.message),
      [],
    );
    const seeds = new Set(pipeline?.seeds.map((seed) => seed.name));
    assert.ok(seeds.has('region'));
    assert.deepEqual([...(pipeline?.keyColumns ?? [])].sort(), [...new Set([...always, ...columns])].sort());
  });
}

test('a contract accepts no repairs in a column that comes to a key, whosever contract it is', async () => {
  const files: Files = {
    ...probe('select v.page as id from shop_visit v'),
    'datasets/customer.yaml': shop['datasets/customer.yaml'].replace(
      'shop_customer.born_on: 3',
      `shop_customer.born_on: 3\n  ${mark}shop_visit.page: 1`,
    ),
  };
  const { places, faults } = await readShop(files);
  assert.deepEqual(places, [`NJ-CONFIG-KEY-REPAIR ${markedPlace(files)}`]);
  assert.match(faults[0]?.message ?? '', /shop_visit\.page is part of the key of dataset probe/);
});
