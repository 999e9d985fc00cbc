import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { coded, numberOfCode, referring } from './coded-customers.ts';
import { begin, judgedNight, rowsOf } from './judged-shop.ts';

const parents = 'parents:purchase.buyer';

/** What a customer bought, as a judgement names it. */
async function linesOf(shop: ShopNights, customer: number): Promise<readonly string[]> {
  await using session = await shop.session();
  const lines = await session.query<{ key: string }>(
    'the lines of a customer',
    `select 'order_no ' || order_no || ', line_no ' || line_no as key from generation_2.purchase
      where customer_id = $1 order by order_no, line_no`,
    [customer],
  );
  return lines.map(({ key }) => key);
}

for (const keyWas of ['age - 30', numberOfCode]) {
  test(`on a night on which no parent leaves none is missed, though its key changes and was ${keyWas}`, async () => {
    await using shop = await shopNights(await testPostgres(18));
    await begin(shop, referring('customer_id'));
    const ofLine = "case when l.order_no = 7 then 'XX' else 'C' || (21 - l.customer_id) end";
    const { failed, of } = await judgedNight(shop, { files: coded({ key: 'code', keyWas, ofLine }) });
    assert.deepEqual(failed, []);
    assert.equal(of(parents).verdict, 'passed');
  });
}

/** What was ordered by order 7 leads nowhere, and by order 8 to nobody. */
const astray = "case l.order_no when 7 then 'XX' when 8 then null else 'C' || (21 - l.customer_id) end";

for (const keyWas of [numberOfCode, 'coalesce(21 - substr(code, 2)::bigint, 5)']) {
  test(`parents that leave are found by the code that they had, whatever else refers to none, where the key was ${keyWas}`, async () => {
    await using shop = await shopNights(await testPostgres(18));
    await begin(shop, coded({ key: 'customer_id', ofLine: astray }));
    await shop.inSource('delete from shop.customer where id = 5');
    const { failed, of } = await judgedNight(shop, { files: coded({ key: 'code', keyWas, ofLine: astray }) });
    assert.deepEqual(failed, []);
    const { found, sample, sql } = of(parents);
    assert.deepEqual(sample, await linesOf(shop, 5));
    assert.equal(found, 3);
    assert.equal(await rowsOf(shop, sql ?? ''), 3);
  });
}

test('where the former key cannot be worked out of a reference that leads nowhere, its guard says so', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await begin(shop, referring('customer_id'));
  await shop.inSource('delete from shop.customer where id = 5');
  const files = coded({ key: 'code', keyWas: numberOfCode, ofLine: astray });
  const { failed, of } = await judgedNight(shop, { files });
  assert.deepEqual(failed, [parents]);
  assert.equal(
    of(parents).sentence,
    'purchase: the guard parents could not be judged, since the key that customer had cannot be worked out (key_was) of every reference of purchase, perhaps of one that leads nowhere; and so it has not passed.',
  );
});

test('a row that refers to nobody has no parent that left, whatever key_was makes of no value', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await begin(shop, referring('customer_id'));
  await shop.inSource('delete from shop.customer where id = 5');
  const ofLine = "case when l.order_no = 8 then null else 'C' || (21 - l.customer_id) end";
  const keyWas = 'coalesce(21 - substr(code, 2)::bigint, 5)';
  const { failed, of } = await judgedNight(shop, { files: coded({ key: 'code', keyWas, ofLine }) });
  assert.deepEqual(failed, []);
  assert.deepEqual(of(parents).sample, await linesOf(shop, 5));
});

/** Other codes than that of today. */
const others: readonly { readonly what: string; readonly code: (id: string) => string }[] = [
  { what: 'was that of another', code: (id) => `'C' || ${id}` },
  {
    what: 'did not tell the one from another',
    code: (id) => `'C' || (21 - case ${id} when 2 then 3 else ${id} end)`,
  },
];

for (const { what, code } of others) {
  test(`parents that leave are not found by a column that has the name of the new key and ${what}`, async () => {
    await using shop = await shopNights(await testPostgres(18));
    const first: ShopFiles = coded({ key: 'customer_id', code });
    await begin(shop, first);
    await shop.inSource('delete from shop.customer where id = 2');
    const { failed, of } = await judgedNight(shop, {
      files: coded({ key: 'code', keyWas: numberOfCode }),
    });
    assert.deepEqual(failed, []);
    assert.deepEqual(of(parents).sample, await linesOf(shop, 2));
  });
}
