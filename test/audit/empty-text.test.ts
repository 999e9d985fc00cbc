import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { shopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { judgedNight } from './judged-shop.ts';

test('an empty text is a value of its own: an invalid one of an enumeration arrives as that', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const { 'datasets/purchase.yaml': yaml } = shopFiles;
  const files = { 'datasets/purchase.yaml': `${yaml}coded: [marker]\ndistribution: [marker]\n` };
  await shop.mark('n1');
  await shop.inSource('update shop.order_line set marker = null where order_no <= 5');
  await shop.night({ files });
  await shop.inSource("update shop.order_line set marker = '' where marker is null");
  const held = await judgedNight(shop, { files, asOf: '2026-11-21' });
  assert.deepEqual(held.failed, ['codes:purchase.marker']);
  const { sentence, sql } = held.of('codes:purchase.marker');
  assert.equal(
    sentence,
    'purchase.marker: 15 rows with values never published (an empty text 15); 0 rows had values that are there no more; 10 are allowed of each.',
  );
  await using session = await shop.session();
  assert.equal((await session.query('the SQL of the judgement', sql ?? '')).length, 15);
  // Excused, it is known, and its rows are missed as those of any value.
  await shop.excuse(['codes:purchase.marker'], { files, asOf: '2026-11-21' });
  await shop.inSource(
    "insert into shop.order_line select 100 + i, 1, 1, '', 1 from generate_series(1, 100) i",
  );
  await shop.night({ files, asOf: '2026-11-22' });
  await shop.inSource("update shop.order_line set marker = 'n1' where marker = ''");
  const gone = await judgedNight(shop, { files, asOf: '2026-11-23' });
  assert.equal(
    gone.of('distribution:purchase.marker').sentence,
    'purchase.marker: rows with an empty text went from 115 to 0, where a loss of 23 is allowed.',
  );
});

test('what was counted before an empty text was told from none is counted again in what is published', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const { 'datasets/purchase.yaml': yaml } = shopFiles;
  const files = { 'datasets/purchase.yaml': `${yaml}coded: [marker]\n` };
  await shop.mark('n1');
  await shop.inSource("update shop.order_line set marker = '' where order_no <= 5");
  await shop.night({ files });
  await using session = await shop.session();
  for (const sql of [
    'alter table nightjar.measure drop constraint measure_once',
    "update nightjar.measure set value = '' where value is null",
    'alter table nightjar.measure add constraint measure_pkey primary key (generation, dataset, guard, subject, value)',
    await readFile('src/warehouse/migrations/0012-empty-text.sql', 'utf8'),
  ])
    await session.query('a warehouse of before', sql);
  const judged = await judgedNight(shop, { files, asOf: '2026-11-21' });
  assert.deepEqual(judged.failed, []);
  assert.equal(judged.of('codes:purchase.marker').found, 0);
});
