import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeStep, type Step } from '../../src/warehouse/migrate.ts';
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

/** A step of a release to come, that changes a table which the consumers' views read, and a function that they call. */
const laterStep = (number: number): Step => ({
  ...{ number, name: `${number}-later.sql`, breaking: false, digest: 'x' },
  sql: `alter table nightjar.generation add column told_${number} text; alter function nightjar.reading(text) cost ${number}`,
});

test('what a consumer reads and does not end, or gives up and does not commit, stops no step of the control schema', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await using session = await shop.session();
  const other = await shop.warehouse.connectAs('insider');
  let number = 9000;
  for (const harm of [
    'select from shop_view.generation',
    'drop owned by current_user',
    'lock table shop_view.generation in access share mode',
  ]) {
    const hostile = await shop.warehouse.connectAs('reader');
    hostile.on('error', () => undefined);
    await hostile.query(`begin; ${harm}`);
    await takeStep(session, laterStep(++number));
    const { taken } = await session.one<{ taken: boolean }>(
      'whether it was taken',
      `select exists (select from nightjar.migration where number = ${number}) and exists (
         select from pg_attribute where attrelid = 'nightjar.generation'::regclass and attname = 'told_${number}') as taken`,
    );
    assert.ok(taken, harm);
    await hostile.end();
  }
  // Where an operator stands in the way, no consumer is ended for it, whatever it has open.
  await other.query('begin; select from shop_view.secret');
  await shop.warehouse.asSuperuser(async (operator) => {
    await operator.query('begin; lock table nightjar.generation in access share mode');
    await assert.rejects(takeStep(session, laterStep(++number)), { code: 'NJ-PUBLISH-VIEW-LOCKED' });
  });
  assert.equal((await other.query('select from shop_view.secret')).rowCount, 5, 'nobody else is ended');
  await other.end();
  assert.equal(await shop.publish('n2'), 2);
});
