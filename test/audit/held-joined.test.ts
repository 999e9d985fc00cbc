import assert from 'node:assert/strict';
import { test } from 'node:test';
import { altered } from '../harness/marked-shop.ts';
import { mariadbShop } from '../harness/mariadb-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { reader, shopNights } from '../harness/shop-nights.ts';
import { judgedNight } from './judged-shop.ts';

const beside = 'from shop_order_line l left join shop_customer k on k.id = l.customer_id';
const ages = {
  'is joined, with more of its row': `select l.order_no, l.line_no, l.customer_id, l.marker, k.marker as customer_marker, k.age::numeric(10,2) as price ${beside}`,
  'is joined, and nothing else of its row': `select l.order_no, l.line_no, l.customer_id, l.marker, l.marker as customer_marker, k.age::numeric(10,2) as price ${beside}`,
  'is looked up':
    'select l.order_no, l.line_no, l.customer_id, l.marker, l.marker as customer_marker, (select k.age from shop_customer k where k.id = l.customer_id)::numeric(10,2) as price from shop_order_line l',
};

for (const [how, sql] of Object.entries(ages)) {
  test(`a row is held into which a cell that could not be held went from a table that ${how}`, async () => {
    await using shop = await shopNights(await testPostgres(18), [reader]);
    await using maria = await mariadbShop();
    await maria.renew('n1');
    const files = {
      ...altered('datasets/customer.yaml', 'shop_customer.email: 0', 'shop_customer.email: 99'),
      'datasets/purchase.sql': `${sql}\n`,
    };
    const environment = maria.environment();
    await shop.night({ environment, files });
    await maria.inSource(
      'alter table customer modify age bigint unsigned; update customer set age = 18446744073709551615 where id = 8; update customer set age = null where id = 9',
    );
    const judged = await judgedNight(shop, { environment, files });
    assert.deepEqual(judged.failed, []);
    assert.equal(
      judged.of('held_rows:purchase').sentence,
      'purchase: 3 rows broke their contract; 20 are allowed. Broken: readable:shop_customer (3). The last good version stands in for 3.',
    );
    const client = await shop.warehouse.connectAs('reader');
    const { rows } = await client.query<Record<string, unknown>>(
      'select distinct customer_id::int as id, price::int from shop_view.purchase where customer_id in (8, 9, 10) order by 1',
    );
    await client.end();
    // What is absent in the source is no such cell.
    assert.deepEqual(rows, [
      { id: 8, price: 38 },
      { id: 9, price: null },
      { id: 10, price: 40 },
    ]);
  });
}
