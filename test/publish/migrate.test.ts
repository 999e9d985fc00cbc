import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import { takeStep, type Step } from '../../src/warehouse/migrate.ts';
import { testPostgres } from '../harness/servers.ts';
import { insider, reader, shopNights, type ShopNights } from '../harness/shop-nights.ts';

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
    await assert.rejects(takeStep(session, laterStep(++number)), {
      code: 'NJ-PUBLISH-VIEW-LOCKED',
      message: /process \d+ \(client backend of role "postgres"\)/,
    });
  });
  assert.equal((await other.query('select from shop_view.secret')).rowCount, 5, 'nobody else is ended');
  await other.end();
  assert.equal(await shop.publish('n2'), 2);
});

/** Of a release to come, which changes first the table that says who is a consumer. */
const loginStep = (number: number): Step => ({
  ...laterStep(number),
  sql: `alter table nightjar.login add column told_${number} text; ${laterStep(number).sql}`,
});

for (const major of [15, 18] as const) {
  test(`a consumer in the way is ended whatever the step changes, and when it is none any more, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [reader, insider]);
    await shop.publish('n1');
    await using session = await shop.session();
    const asOwner = (sql: string) => shop.warehouse.asSuperuser((client) => client.query(sql));
    const inTheWay = async (consumer: string): Promise<pg.Client> => {
      const client = await shop.warehouse.connectAs(consumer);
      await client.query('begin; lock table shop_view.generation in access share mode');
      return client;
    };
    const first = await inTheWay('reader');
    await takeStep(session, loginStep(9001));
    await assert.rejects(first.query('select 1'), 'it was ended');

    const former = await inTheWay('reader');
    await asOwner("delete from nightjar.login where consumer = 'reader'");
    await takeStep(session, laterStep(9002));
    await assert.rejects(former.query('select 1'), 'it was ended');

    // One that may not be ended, since our role is no member, does not shield the others.
    const login = shop.warehouse.consumers[0]?.logins[0] ?? '';
    await asOwner(`revoke ${login} from ${shop.warehouse.address.user}`);
    const kept = await inTheWay('reader');
    const ended = await inTheWay('insider');
    await assert.rejects(takeStep(session, laterStep(9003)), {
      code: 'NJ-PUBLISH-VIEW-LOCKED',
      message: new RegExp(`attempts: process \\d+ \\(client backend of role "${login}"\\)\\.$`, 'm'),
    });
    await assert.rejects(ended.query('select 1'), 'it was ended');
    assert.equal((await kept.query('select 1')).rowCount, 1);
    await kept.end();
    await takeStep(session, laterStep(9003));
  });
}

test('who only waits in the same queue is not ended, and without a further connection nobody is', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await using session = await shop.session();
  const locked = { code: 'NJ-PUBLISH-VIEW-LOCKED' };
  const waiting = await shop.warehouse.connectAs('reader');
  await shop.warehouse.asSuperuser(async (operator) => {
    await operator.query('begin; lock table nightjar.generation in access exclusive mode');
    const read = waiting.query('select from shop_view.generation');
    await untilBlocked(shop);
    await assert.rejects(takeStep(session, laterStep(9001)), locked);
    await operator.query('rollback');
    assert.equal((await read).rowCount, 1, 'it waited, and reads');
  });

  const role = shop.warehouse.address.user;
  await shop.warehouse.asSuperuser((operator) => operator.query(`alter role ${role} connection limit 1`));
  await waiting.query('begin; lock table shop_view.generation in access share mode');
  await assert.rejects(takeStep(session, laterStep(9001)), locked);
  await waiting.query('rollback');
  await takeStep(session, laterStep(9001));
  await waiting.end();
});

/** Until somebody waits for a lock in the shop's warehouse. */
async function untilBlocked(shop: ShopNights): Promise<void> {
  await shop.warehouse.asSuperuser(async (client) => {
    const asked = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await client.query(asked)).rowCount === 0) await setImmediate();
  });
}
