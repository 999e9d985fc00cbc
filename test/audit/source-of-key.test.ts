import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyHistory } from '../../src/audit/key-history.ts';
import { sourceOfKey } from '../../src/audit/source-of-key.ts';
import { whySentences } from '../../src/cli/why-sentences.ts';
import { rollBack } from '../../src/publish/rollback.ts';
import { readMarkedShop, shopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';

/** Of the customers those of a hundred years and more are left out. */
const files = {
  'datasets/customer.sql': `${shopFiles['datasets/customer.sql']} where c.age < 100\n`,
  'datasets/customer.yaml': `${shopFiles['datasets/customer.yaml'].replace('driving: shop_customer\n', '')}
departures: { in_source: exists (select from shop_customer c where c.id = departed.customer_id) }
`,
};
const night = { files };

/** Why a key is not in what is published, without what is said of every such key. */
async function whyNot(
  shop: ShopNights,
  name: string,
  key: Readonly<Record<string, number>>,
  release = 'test',
  published = 2,
): Promise<string> {
  await using session = await shop.session();
  const { datasets } = await readMarkedShop(files);
  const dataset = datasets.find((one) => one.name === name);
  assert.ok(dataset);
  const source = await sourceOfKey(session, dataset, key);
  const history = await keyHistory(session, { dataset: name, key, published, timeZone: 'UTC' });
  const about = { dataset: name, key: 'it', published, source, release };
  return whySentences(history, about)
    .join(' ')
    .replace(/^it of \w+ is not in generation \d of night [\d-]+\. /, '')
    .replace(
      'It is in none of the generations kept that were published since the night of 2026-11-20, and no departure of it is recorded. ',
      '',
    );
}

const either = 'The source has not had it since, or a rule has left it out all along.';

test('whether the source has a key that was never published is told by what the contract says, or what is still there', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  await shop.inSource("insert into shop.customer values (60, 'n', 'n', 100)");
  await shop.night(night);
  await shop.inSource('delete from shop.order_line where order_no = 1 and line_no = 1');
  await shop.night(night);
  const line = { order_no: 99, line_no: 1 };
  assert.equal(
    await whyNot(shop, 'purchase', line),
    'The source did not have it on the night of 2026-11-21 (purchase has every row of shop_order_line).',
  );
  const left = 'It left on the night of 2026-11-21 (generation 2) without an explanation.';
  assert.equal(
    await whyNot(shop, 'purchase', { order_no: 1, line_no: 1 }),
    `${left} The source did not have it any more.`,
  );
  // Another release may have left rows out.
  assert.equal(await whyNot(shop, 'purchase', line, 'another'), either);
  assert.equal(await whyNot(shop, 'purchase', { order_no: 1, line_no: 1 }, 'another'), left);
  assert.equal(await whyNot(shop, 'secret', { secret_id: 99 }), either);
  for (const id of [60, 77])
    assert.equal(
      await whyNot(shop, 'customer', { customer_id: id }),
      `${either} After "nightjar run --dry-run --keep" this tells which.`,
    );

  await shop.night({ ...night, dryRun: true, keepRaw: true });
  assert.equal(
    await whyNot(shop, 'customer', { customer_id: 60 }),
    'The source had it on the night of 2026-11-22: a rule left it out.',
  );
  assert.equal(
    await whyNot(shop, 'customer', { customer_id: 77 }),
    'The source did not have it on the night of 2026-11-22.',
  );
  // As a crash of the server leaves them: there, and empty.
  await using session = await shop.session();
  await session.query('a crash', 'truncate raw_3.shop_customer');
  assert.match(await whyNot(shop, 'customer', { customer_id: 60 }), /all along\. After /);
});

test('of a key that is in a generation which was gone back from, and of a row that is good again, the past is told as such', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1', night);
  await shop.inSource(
    `insert into shop.customer values (60, 'n', 'n', 50); update shop.customer set age = 3 where id = 5`,
  );
  await shop.night(night);
  assert.match(await whyNot(shop, 'customer', { customer_id: 5 }), /its last good version is shown\.$/);
  await shop.mark('n3');
  await shop.night(night);
  await using session = await shop.session();
  await rollBack(session, { from: 3, to: 1, hold: undefined });
  assert.equal(
    await whyNot(shop, 'customer', { customer_id: 60 }, 'test', 1),
    'It is in generation 2 of night 2026-11-21, which was gone back from.',
  );
  assert.match(
    await whyNot(shop, 'customer', { customer_id: 5 }, 'test', 3),
    / on the night of 2026-11-21: its last good version was shown\.$/,
  );
});
