import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

/** A secret has a wait. */
const files: ShopFiles = {
  'sources/shop.yaml': shopFiles['sources/shop.yaml'].replace(
    'secret: { key: [id], columns: { ',
    'secret: { key: [id], columns: { wait: interval, ',
  ),
  'datasets/secret.sql': 'select s.id as secret_id, s.marker, s.wait from shop_secret s\n',
  'datasets/secret.yaml': `${shopFiles['datasets/secret.yaml']}  wait: { type: interval, from: shop.secret.wait, description: A wait. }
guards: { held_rows: { rows: 5, percent: 0 } }
`,
};

const others = ['178956970 years 7 mons', '1 day'];

for (const { major, published, leftOut } of [
  {
    major: 15,
    published: [
      [3, others[0]],
      [4, others[1]],
      [5, null],
    ],
    leftOut: [1, 2],
  },
  {
    major: 18,
    published: [
      [1, 'infinity'],
      [2, '-infinity'],
      [3, others[0]],
      [4, others[1]],
      [5, null],
    ],
    leftOut: [],
  },
] as const) {
  test(`an infinite interval is what it was, or breaks its row, but is never a finite one, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), undefined, await testPostgres(18));
    await shop.mark('n1');
    await shop.inSource(`alter table shop.secret add wait interval;
      update shop.secret set wait = case id when 1 then 'infinity' when 2 then '-infinity' when 3 then '${others[0]}' when 4 then '${others[1]}' end::interval`);
    await shop.night({ files });
    const reader = await shop.warehouse.connectAs('insider');
    const text = 'select secret_id::int, wait::text from shop_view.secret order by 1';
    const { rows } = await reader.query<unknown[]>({ text, rowMode: 'array' });
    await reader.end();
    assert.deepEqual(rows, published);
    await using session = await shop.session();
    const held = await session.query<{ id: number; rules: readonly string[] }>(
      'the rows left out',
      "select (key -> 'secret_id')::int as id, rules from nightjar.held_row where outcome = 'left out' order by 1",
    );
    assert.deepEqual(
      held,
      leftOut.map((id) => ({ id, rules: ['readable:shop_secret'] })),
    );
  });
}
