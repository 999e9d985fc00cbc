import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgePaces } from '../../src/audit/guards/pace.ts';
import { rollBack } from '../../src/publish/rollback.ts';
import { testPostgres } from '../harness/servers.ts';
import { readMarkedShop, shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { judgedNight, withContract } from './judged-shop.ts';

const lines = 'pace:purchase.shop_order_line';

/** The purchases with another setting of the pace, and with no other guard that minds what leaves. */
function paced(setting: string): ShopFiles {
  return withContract(
    'purchase',
    `guards: { departures: { rows: 999 }, rekeyed: { rows: 999 }, pace: { ${setting} } }\n`,
  );
}

const files = paced('');

/** Three nights of the whole shop, and most of its purchases gone after them. */
async function halved(shop: ShopNights): Promise<void> {
  for (const marker of ['n1', 'n2', 'n3']) await shop.publish(marker, { files });
  await shop.inSource('delete from shop.order_line where order_no > 10');
}

test('after an approval of it the pace is that of what was approved', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await halved(shop);
  await shop.excuse([lines], { files });
  const equal = await judgedNight(shop, { files });
  assert.deepEqual(equal.failed, []);
  assert.match(
    equal.of('pace').sentence,
    /^Of 1 source table there are fewer than 3 published nights to compare with: shop_order_line\.$/,
  );
  await judgedNight(shop, { files });
  await shop.inSource('delete from shop.order_line; delete from shop.customer where id > 9');
  const { failed, of } = await judgedNight(shop, { files });
  assert.ok(failed.includes(lines));
  await using session = await shop.session();
  const shown = await session.query<{ received: number }>('what it shows', of(lines).sql ?? '');
  assert.deepEqual(
    shown.map(({ received }) => received),
    [0, 30, 30, 30],
  );
});

test('after a rollback the pace is that of what was gone back to', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await halved(shop);
  await shop.excuse([lines], { files });
  for (let night = 0; night < 2; night++) await judgedNight(shop, { files });
  await using session = await shop.session();
  await rollBack(session, { from: 6, to: 3, hold: undefined });
  await shop.mark('n4');
  const whole = await judgedNight(shop, { files });
  assert.deepEqual(whole.failed, []);
  assert.match(
    whole.of('pace').sentence,
    /^Of 3 source tables there are fewer than 3 published nights to compare with: /,
  );
});

test('a night that reads far less of one table than the nights before is held', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  for (let night = 0; night < 3; night++) {
    const judged = await judgedNight(shop, { files });
    assert.equal(
      night === 0 ? '' : judged.of('pace').sentence,
      night === 0
        ? ''
        : 'Of 3 source tables there are fewer than 3 published nights to compare with: shop_customer, shop_order_line, shop_secret.',
    );
  }
  const equal = await judgedNight(shop, { files });
  assert.equal(equal.of(lines).verdict, 'passed');
  assert.throws(() => equal.of('pace'), /no judgement/);

  await shop.inSource('delete from shop.order_line where order_no > 10');
  const held = await judgedNight(shop, { files });
  assert.deepEqual(held.failed, [lines]);
  const told = held.of(lines);
  assert.match(
    told.sentence,
    /^purchase: of shop_order_line 30 rows were read in \d+\.\d s; the median of the latest 4 published nights is 60 in \d+\.\d s\. 30 fewer; 20 are allowed\.$/,
  );
  await using session = await shop.session();
  const shown = await session.query<{ run: number; received: number }>('what it shows', told.sql ?? '');
  assert.deepEqual(
    shown.map(({ received }) => received),
    [30, 60, 60, 60, 60],
  );
});

test('a contract sets how far less may be read, and for how long more', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await halved(shop);
  const loosened =
    'rows: 5, percent: 1, loosened: { rows: 30, owner: the data team, reason: a clean-up, until: 2026-11-23 }';
  assert.deepEqual((await judgedNight(shop, { files: paced('rows: 30') })).failed, []);
  assert.deepEqual((await judgedNight(shop, { files: paced(loosened), asOf: '2026-11-23' })).failed, []);
  const after = await judgedNight(shop, { files: paced(loosened), asOf: '2026-11-24' });
  assert.deepEqual(after.failed, [lines]);
  assert.match(after.of(lines).sentence, / 30 fewer; 5 are allowed\.$/);
});

test('a night that reads a table in far less time than the nights before is held', async () => {
  await using shop = await shopNights(await testPostgres(18));
  for (const marker of ['n1', 'n2', 'n3']) await shop.publish(marker, { files });
  await using session = await shop.session();
  const slow = (seconds: string): Promise<unknown> =>
    session.query('slow nights', `update nightjar.raw_table set seconds = ${seconds}`);
  await slow("case name when 'shop_order_line' then 600 else 59 end");
  const held = await judgedNight(shop, { files });
  assert.deepEqual(held.failed, [lines]);
  assert.match(held.of(lines).sentence, / is 60 in 600\.0 s\. (599|600)\.\d s less; 450\.0 s are allowed\.$/);
  assert.deepEqual((await judgedNight(shop, { files: paced('seconds: 600') })).failed, []);
  await slow('600');
  const all = await judgedNight(shop, { files: paced('seconds_percent: 100') });
  assert.deepEqual(all.failed, ['pace:customer.shop_customer', 'pace:secret.shop_secret']);
  // Nights of before it was written down tell nothing of it.
  await slow('null');
  const untold = await judgedNight(shop, { files });
  assert.deepEqual(untold.failed, []);
  assert.match(untold.of(lines).sentence, / published nights is 60\.$/);
});

test('where the nights before cannot be read, the pace has not passed', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await using session = await shop.session();
  await session.query('what keeps it from being read', 'alter table nightjar.raw_table rename to gone');
  const { datasets } = await readMarkedShop();
  const nights = { asOf: '2026-11-21', days: 1, publishedAsOf: '2026-11-20' };
  const [judgement] = await judgePaces({ session, run: 1, datasets, nights });
  assert.equal(judgement?.verdict, 'failed');
  assert.match(
    judgement.sentence,
    /^The candidate: the guard pace could not be read, and so has not passed\. /,
  );
});

test('a source table that is emptied is held, however small it is', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const secret = shopFiles['datasets/secret.yaml'];
  const release = { ...files, 'datasets/secret.yaml': `${secret}driving: shop_secret\n` };
  for (const marker of ['n1', 'n2', 'n3']) await shop.publish(marker, { files: release });
  await shop.inSource('delete from shop.secret');
  await shop.night({ files: release, dryRun: true }).catch(() => undefined);
  const held = await judgedNight(shop, { files: release });
  assert.deepEqual(held.failed, ['empty:secret', 'pace:secret.shop_secret']);
  // The nights that it was compared with, and itself; not the rehearsal.
  await using session = await shop.session();
  const told = held.of('pace:secret.shop_secret').sql ?? '';
  const nights = await session.query<{ received: number }>('what it shows', told);
  assert.deepEqual(
    nights.map(({ received }) => received),
    [0, 5, 5, 5],
  );
  const leaving = await session.query('what it shows', held.of('empty:secret').sql ?? '');
  assert.equal(leaving.length, 5);
});

/** The purchases with the usual limits: ten may leave, and 20 may be read fewer. */
const usual = withContract('purchase', '');

test('a loss that was approved where there was no pace yet is not held by the pace of the next night', async () => {
  await using shop = await shopNights(await testPostgres(18));
  for (const marker of ['n1', 'n2']) await shop.publish(marker, { files: usual });
  await shop.inSource('delete from shop.order_line where order_no > 7');
  await shop.excuse(['departures:purchase'], { files: usual });
  const next = await judgedNight(shop, { files: usual });
  assert.deepEqual(next.failed, []);
  // Of what was not approved the pace is that of all nights.
  assert.match(next.of('pace').sentence, /^Of 1 source table .*: shop_order_line\.$/);
});

test('a loss that was approved where the pace let it pass leaves the pace as it is', async () => {
  await using shop = await shopNights(await testPostgres(18));
  for (const marker of ['n1', 'n2', 'n3']) await shop.publish(marker, { files: usual });
  await shop.inSource('delete from shop.order_line where order_no > 16');
  await shop.excuse(['departures:purchase'], { files: usual });
  const next = await judgedNight(shop, { files: usual });
  assert.match(next.of(lines).sentence, / the latest 4 published nights is 60 /);
});
