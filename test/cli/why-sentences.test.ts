import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyHistory } from '../../src/audit/key-history.ts';
import { sourceOfKey } from '../../src/audit/source-of-key.ts';
import { typedKey } from '../../src/audit/typed-key.ts';
import { whySentences } from '../../src/cli/why-sentences.ts';
import { publishedGeneration } from '../../src/publish/generations.ts';
import { rollBack } from '../../src/publish/rollback.ts';
import { readMarkedShop, shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { strikeOutOf } from '../harness/strike-out.ts';

/** What `nightjar why` says of a key. */
async function why(shop: ShopNights, name: string, id: string, files: ShopFiles = {}): Promise<string> {
  await using session = await shop.session();
  const dataset = (await readMarkedShop(files)).datasets.find((one) => one.name === name);
  const published = await publishedGeneration(session);
  assert.ok(dataset !== undefined && published !== undefined);
  const key = await typedKey(session, dataset, [id]);
  const history = await keyHistory(session, { dataset: name, key, published, timeZone: 'Europe/London' });
  const source = await sourceOfKey(session, dataset, key);
  return whySentences(history, { dataset: name, key: id, published, source, release: 'test' }).join(' ');
}

/** Two nights, the second of which is gone back from before the third. */
async function withGoneBackFrom(shop: ShopNights, change: string): Promise<void> {
  await shop.publish('n1');
  await shop.inSource(change);
  await shop.night();
  await using session = await shop.session();
  await rollBack(session, { from: 2, to: 1, hold: undefined });
  await shop.publish('n3');
}

test('of a key that was only in a generation which was gone back from, why says so whatever was published since', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await withGoneBackFrom(shop, "insert into shop.customer values (60, 'n', 'n', 50)");
  assert.equal(
    await why(shop, 'customer', '60'),
    '60 of customer is not in generation 3 of night 2026-11-22. It is in generation 2 of night 2026-11-21, which was gone back from.',
  );
});

test('a key that left with a generation which was gone back from was not away', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await withGoneBackFrom(shop, 'delete from shop.customer where id = 5');
  assert.equal(
    await why(shop, 'customer', '5'),
    '5 of customer is in generation 3 of night 2026-11-22. ' +
      'It has been in every generation kept but what was gone back from, since the night of 2026-11-20 at the latest. ' +
      'It left on the night of 2026-11-21 (generation 2, which was gone back from) without an explanation. The source did not have it any more.',
  );
});

test('of a dataset that is not published any more why says since when', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  const files = { 'datasets/secret.sql': null, 'datasets/secret.yaml': null };
  const consumers = shop.environment.consumers.filter(({ reads }) => !reads.includes('secret'));
  await shop.excuse(['gone:secret'], { files, consumers });
  const gone =
    'not in generation 2: secret has not been published since the night of 2026-11-21 (generation 2).';
  assert.equal(
    await why(shop, 'secret', '1'),
    `1 of secret is ${gone} It is in generation 1 of night 2026-11-20.`,
  );
  assert.equal(
    await why(shop, 'secret', '99'),
    `99 of secret is ${gone} It is in none of the generations kept that were published since the night of 2026-11-20, and no departure of it is recorded.`,
  );
  const fresh = {
    'datasets/visit.sql': 'select s.id as visit_id, s.marker from shop_secret s\n',
    'datasets/visit.yaml': shopFiles['datasets/secret.yaml'].replaceAll('secret_id', 'visit_id'),
  };
  assert.equal(
    await why(shop, 'visit', '1', fresh),
    '1 of visit is not in generation 2: nothing that was published has visit yet. No generation that is kept was published with a key of these columns.',
  );
});

test('of a row that was left out and is not in the source any more why names both nights', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await shop.inSource("insert into shop.customer values (61, 'n', 'n', 5)");
  await shop.night();
  await shop.publish('n3');
  assert.equal(
    await why(shop, 'customer', '61'),
    '61 of customer is not in generation 3 of night 2026-11-22. ' +
      'It broke its contract (grown_up) on the night of 2026-11-21, and was left out, because nothing of it was ever good. ' +
      'It is in none of the generations kept that were published since the night of 2026-11-20, and no departure of it is recorded. ' +
      'The source did not have it on the night of 2026-11-22 (customer has every row of shop_customer).',
  );
});

/** The customers by another key than they had. */
const rekeyed: ShopFiles = {
  'datasets/customer.sql': 'select c.id + 1000 as cust_no, c.marker, c.email, c.age from shop_customer c\n',
  'datasets/customer.yaml':
    shopFiles['datasets/customer.yaml'].replaceAll('customer_id', 'cust_no') +
    'key_was: { customer_id: cust_no - 1000 }\n',
  'datasets/purchase.sql': shopFiles['datasets/purchase.sql'].replace(
    'c.customer_id = l.customer_id',
    'c.cust_no = l.customer_id + 1000',
  ),
};

test('where the key of a dataset is another one since, why tells by which key it left, and since when it has this', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  assert.equal(
    await why(shop, 'customer', '1005', rekeyed),
    'In generation 1 customer has another key (customer_id): whether 1005 is in it cannot be asked. No generation that is kept was published with a key of these columns.',
  );
  await shop.inSource('delete from shop.customer where id = 5');
  await shop.night({ files: rekeyed });
  assert.equal(
    await why(shop, 'customer', '1005', rekeyed),
    '1005 of customer is not in generation 2 of night 2026-11-21. ' +
      'It is in none of the generations kept that were published since the night of 2026-11-21, and no departure of it is recorded by this key: ' +
      'what left up to the night of 2026-11-21 (generation 2) is recorded by the key that customer had then (customer_id). ' +
      'The source did not have it on the night of 2026-11-21 (customer has every row of shop_customer).',
  );
  assert.equal(
    await why(shop, 'customer', '1006', rekeyed),
    '1006 of customer is in generation 2 of night 2026-11-21. ' +
      'It has been in every generation kept with this key (before, it was customer_id), since the night of 2026-11-21 at the latest.',
  );
});

test('the day of an erasure is one of the calendar that nights are counted by', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await strikeOutOf(shop, 'customer', { customer_id: 5 });
  await shop.warehouse.asSuperuser((client) =>
    client.query("update nightjar.erasure set at = '2026-06-30T23:30:00Z'"),
  );
  assert.match(await why(shop, 'customer', '5'), / It was struck out on 2026-07-01, /);
});
