import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { begin, judgedNight, rowsOf } from './judged-shop.ts';

test('a reference goes by the key as it is ordered today', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const release = (key: string): ShopFiles => ({
    'datasets/purchase.yaml':
      shopFiles['datasets/purchase.yaml'].replace('[order_no, line_no]', key) +
      'guards: { departures: { rows: 999 } }\n',
    'datasets/delivery.sql':
      'select s.id as delivery_id, 1 + s.id / 3 as order_no, 1 + s.id % 3 as line_no from shop_secret s\n',
    'datasets/delivery.yaml': `description: What was brought.
grain: one row for each delivery
key: [delivery_id]
driving: shop_secret
columns:
  delivery_id: { type: bigint, presence: required, from: shop.secret.id, description: The id. }
  order_no: { type: bigint, from: shop.secret.id, description: The order. }
  line_no: { type: bigint, from: shop.secret.id, description: The line. }
references: { bought: { columns: ${key}, dataset: purchase } }
guards: { parents: { rows: 2 } }
`,
  });
  await begin(shop, release('[order_no, line_no]'));
  await shop.inSource('delete from shop.order_line where order_no = 2');
  const judged = await judgedNight(shop, { files: release('[line_no, order_no]') });
  assert.deepEqual(judged.failed, ['parents:delivery.bought']);
  assert.equal(judged.of('parents:delivery.bought').found, 3);
});

/** The parents that leave are told by the key they had, of children that refer to them by the one they have now. */
const rekeyings: readonly {
  readonly what: string;
  readonly key: string;
  readonly was: string;
  readonly told: RegExp;
}[] = [
  {
    what: 'with a column more',
    key: '[customer_id, region]',
    was: 'customer_id',
    told: /15 rows refer by buyer/,
  },
  {
    what: 'worked out of it',
    key: '[cust_no]',
    was: 'strict_bigint((cust_no - 1000)::text)',
    told: /15 rows refer by buyer/,
  },
  {
    what: 'that does not follow from it alone',
    key: '[cust_no]',
    was: 'age - 30',
    told: /the guard parents could not be judged, since the key that customer had does not follow from its present key alone/,
  },
];

for (const { what, key, was, told } of rekeyings) {
  test(`children of parents that leave are seen on the night on which the parents get a key ${what}`, async () => {
    await using shop = await shopNights(await testPostgres(18));
    const foretold =
      'departures: { foretold: { old: { sql: departed.customer_id <= 5, reason: it was old } } }\n';
    const customer = shopFiles['datasets/customer.yaml'] + foretold;
    const purchase = shopFiles['datasets/purchase.yaml'];
    const more = (source: string): string => `
  region: { type: bigint, presence: required, from: ${source}, description: The region. }
  cust_no: { type: bigint, presence: required, from: ${source}, description: The number. }
  marker: {`;
    const reference = (columns: string): string =>
      `references: { buyer: { columns: ${columns}, dataset: customer } }\nguards: { orphans: { rows: 99 } }\n`;
    await begin(shop, {
      'datasets/customer.yaml': customer,
      'datasets/purchase.yaml': purchase + reference('[customer_id]'),
    });
    await shop.inSource('delete from shop.customer where id <= 5');
    const { failed, of } = await judgedNight(shop, {
      files: {
        'datasets/customer.sql':
          'select c.id as customer_id, c.id % 2 as region, c.id + 1000 as cust_no, c.marker, c.email, c.age from shop_customer c\n',
        'datasets/customer.yaml': customer
          .replace('key: [customer_id]', `key: ${key}\nkey_was: { customer_id: ${was} }`)
          .replace('\n  marker: {', more('shop.customer.id')),
        'datasets/purchase.sql': `select l.order_no, l.line_no, l.customer_id, l.customer_id % 2 as region, l.customer_id + 1000 as cust_no,
            l.marker, c.marker as customer_marker, l.price
          from shop_order_line l left join customer c on c.customer_id = l.customer_id\n`,
        'datasets/purchase.yaml':
          purchase.replace('\n  marker: {', more('shop.order_line.customer_id')) + reference(key),
      },
    });
    assert.deepEqual(failed, ['parents:purchase.buyer']);
    const judgement = of('parents:purchase.buyer');
    assert.match(judgement.sentence, told);
    if (judgement.sql !== null) assert.equal(await rowsOf(shop, judgement.sql), 15);
  });
}
