import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

const wrongStep = (change: string) =>
  `insert into nightjar.migration (number, name, breaking, digest) values (9999, '9999-later.sql', ${change}, 'x')`;

test('a control schema that a newer or another release has changed is left alone, or lived with', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  const asOwner = (sql: string) => shop.warehouse.asSuperuser((client) => client.query(sql));
  await asOwner(wrongStep('false'));
  assert.equal(await shop.publish('n2'), 2);
  await asOwner('update nightjar.migration set breaking = true where number = 9999');
  await assert.rejects(shop.publish('n3'), { code: 'NJ-WAREHOUSE-NEWER' });
  await asOwner('delete from nightjar.migration where number = 9999');
  await asOwner("update nightjar.migration set digest = 'another' where number = 1");
  await assert.rejects(shop.publish('n3'), {
    code: 'NJ-WAREHOUSE-STEP-DIFFERS',
    message: /step 0001-control\.sql/,
  });
  const { rows } = await asOwner('select count(*)::int as runs from nightjar.run');
  assert.deepEqual(rows, [{ runs: 2 }]);
});
