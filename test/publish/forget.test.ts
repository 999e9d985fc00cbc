import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withContract } from '../audit/judged-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';

const files = withContract('customer', 'guards: { departures: { rows: 2, percent: 0 } }\ncoded: [marker]\n');

/** Which generations have rows in a table of records. */
async function known(shop: ShopNights, table: string): Promise<readonly number[]> {
  await using session = await shop.session();
  const rows = await session.query<{ generation: number }>(
    'the records',
    `select distinct generation from nightjar.${table} order by 1`,
  );
  return rows.map(({ generation }) => generation);
}

test('of generations that are gone what nobody asks for any more is deleted, and decisions never are', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1', { files });
  await shop.inSource('delete from shop.customer where id = 1');
  await shop.night({ files });
  // Held, and excused: generation 3. Held, and given up for another: generation 4.
  await shop.inSource('delete from shop.customer where id in (2, 3, 4)');
  assert.equal(await shop.excuse(['departures:customer'], { files }), 3);
  await shop.inSource('delete from shop.customer where id in (5, 6, 7)');
  await assert.rejects(shop.night({ files }), { code: 'NJ-GUARD-HELD' });
  assert.deepEqual(await known(shop, 'departure'), [2, 3, 4]);
  const loose = withContract('customer', 'guards: { departures: { rows: 20 } }\ncoded: [marker]\n');
  await shop.night({ files: loose, keep: 2 });

  // Generation 4 was never published: nothing left with it. Why keys left with 2, which is gone, is known.
  assert.deepEqual(await known(shop, 'departure'), [2, 3, 5]);
  assert.deepEqual(await known(shop, 'measure'), [3, 5]);
  assert.deepEqual(await known(shop, 'judgement'), [1, 2, 3, 4, 5]);

  await shop.night({ files: loose, keep: 2, asOf: '2027-12-30' });
  await shop.night({ files: loose, keep: 2, asOf: '2027-12-31' });
  assert.deepEqual(await known(shop, 'departure'), []);
  assert.deepEqual(await known(shop, 'measure'), [6, 7]);
  // What was excused stays, with what it was that was excused.
  assert.deepEqual(await known(shop, 'judgement'), [3, 6, 7]);
  assert.deepEqual(await known(shop, 'decision'), [3]);
  assert.deepEqual(await known(shop, 'journal'), [1, 2, 3, 5, 6, 7]);
});
