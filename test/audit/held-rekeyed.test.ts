import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { judgedNight } from './judged-shop.ts';

/** A release in which another number is the key of the customers, whose old one stays beside it. */
function rekeyed(keyWas: string): ShopFiles {
  return {
    'datasets/customer.yaml':
      shopFiles['datasets/customer.yaml']
        .replace('key: [customer_id]', 'key: [person_id]')
        .replace(
          '  customer_id: {',
          '  person_id: { type: bigint, presence: required, from: shop.customer.id, description: The person. }\n  customer_id: {',
        ) + keyWas,
    'datasets/customer.sql':
      'select c.id + 1000 as person_id, c.id as customer_id, c.marker, c.email, c.age from shop_customer c\n',
  };
}

/** What is published of some customers, and which rows are held. */
async function look(shop: ShopNights, ids: readonly number[]): Promise<readonly unknown[]> {
  const reader = await shop.warehouse.connectAs('reader');
  try {
    const read = await reader.query<Record<string, unknown>>(
      `select person_id::int as person, customer_id::int as id, marker, age from shop_view.customer
        where customer_id = any($1) order by 1`,
      [ids],
    );
    const held = await reader.query<Record<string, unknown>>(
      "select (key ->> 'person_id')::int as person, rules, since::text, outcome from shop_view.held order by 1",
    );
    return [...read.rows, ...held.rows].map((row) => Object.values(row));
  } finally {
    await reader.end();
  }
}

/** Breaks a rule, a type and, of one that never was, a rule. */
const broken = `update shop.customer set age = 3 where id = 5;
  update shop.customer set email = repeat('x', 61) where id = 6;
  insert into shop.customer values (21, 'n2', 'n2', 3)`;

for (const major of [15, 18] as const) {
  test(`the last good version is found by the former key on the night on which a key changes, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await shop.inSource('update shop.customer set age = 3 where id = 5');
    await shop.night();
    await shop.mark('n2');
    await shop.inSource(broken);
    const judged = await judgedNight(shop, {
      files: rekeyed('key_was: { customer_id: person_id - 1000 }\n'),
    });
    assert.deepEqual(judged.failed, []);
    assert.match(
      judged.of('held_rows:customer').sentence,
      /stands in for 2\. Left out, because none was ever good: 1\.$/,
    );
    assert.equal(judged.of('departures:customer').found, 0);
    assert.deepEqual(await look(shop, [4, 5, 6, 21]), [
      [1004, 4, 'n2', 34],
      [1005, 5, 'n1', 35],
      [1006, 6, 'n1', 36],
      [1005, ['grown_up'], '2026-11-21', 'held'],
      [1006, ['fits:email'], '2026-11-22', 'held'],
      [1021, ['grown_up'], '2026-11-22', 'left out'],
    ]);
  });
}

test('where the former key is not told, a broken row holds the run', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await shop.inSource(broken);
  const judged = await judgedNight(shop, { files: rekeyed('') });
  assert.deepEqual(judged.failed, ['held_rows:customer', 'departures:customer']);
  assert.match(
    judged.of('held_rows:customer').sentence,
    /Would be left out, because the last good version .* cannot be found by the key \(key_was .*: 3\.$/,
  );
});
