import assert from 'node:assert/strict';
import { test } from 'node:test';
import type pg from 'pg';
import { consumerStates } from '../../src/publish/consumer-state.ts';
import { untilInstant } from '../../src/publish/publish.ts';
import { changedColumns, liftHold, rollBack as switchBack } from '../../src/publish/rollback.ts';
import { testPostgres } from '../harness/servers.ts';
import { reader, shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { inSession } from './in-session.ts';
import { look, lookInTransaction, nightOf } from './look.ts';
import { untilGone } from './until-gone.ts';

for (const major of [15, 18] as const) {
  test(`a generation goes when no living session reads it any more, table by table, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    const old = await shop.warehouse.connectAs('reader');
    assert.equal(await look(old), 1);
    await shop.publish('n2', { keep: 2 });
    const third = await shop.mark('n3').then(() => shop.night({ keep: 2 }));
    assert.deepEqual(third.retention, { retired: [], spared: [1] });
    assert.equal(await look(old), 1);
    await old.end();
    await untilGone(shop, 'reader');

    // A table of a generation that is retired stays while somebody's transaction holds on to the view: refused already.
    const idle = await shop.warehouse.connectAs('reader');
    await idle.query('begin');
    await look(idle);
    const began = Date.now();
    const fourth = await shop.mark('n4').then(() => shop.night({ keep: 2 }));
    assert.deepEqual(fourth.retention?.retired, [2, 1]);
    assert.ok(Date.now() - began < 30_000);
    assert.deepEqual(await schemas(shop), ['generation_1', 'generation_2', 'generation_3', 'generation_4']);
    assert.equal(await look(idle), 3);
    assert.equal(await nightOf(shop, 'reader'), 4);

    // A detachment that was interrupted stands in nobody's way: a candidate is attached beside it, and given up.
    await refuseSwitches(shop);
    await assert.rejects(shop.publish('n5'), { code: 'NJ-WAREHOUSE-STATEMENT' });
    await allowSwitches(shop);
    const fifth = await shop.mark('n5').then(() => shop.night({ keep: 2 }));
    assert.deepEqual(fifth.retention, { retired: [], spared: [3] });
    assert.equal(await look(idle), 3);
    await idle.query('commit');
    await idle.end();
    await untilGone(shop, 'reader');
    await shop.publish('n6', { keep: 2 });
    assert.deepEqual(await schemas(shop), ['generation_6', 'generation_7']);
    assert.equal(await nightOf(shop, 'pooled'), 6);
  });

  test(`going back moves everyone in seconds, and a hold keeps the next night from publishing, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await shop.publish('n2');
    const open = await shop.warehouse.connectAs('reader');
    await using session = await shop.session();
    assert.deepEqual(await changedColumns(session, 2, 1), []);
    const began = Date.now();
    await rollBack(shop, 2, 1, 'the second night was wrong');
    assert.ok(Date.now() - began < 5_000);
    for (const consumer of ['reader', 'pooled']) assert.equal(await nightOf(shop, consumer), 1);
    assert.equal(await look(open), 2, 'a session keeps what it began with');
    const states = await consumerStates(session);
    assert.deepEqual(
      states.map(({ consumer, generation, olderSessions }) => [consumer, generation, olderSessions]),
      [
        ['insider', 1, 0],
        ['pooled', 1, 0],
        ['reader', 1, 1],
      ],
    );
    await open.end();
    await assert.rejects(shop.publish('n3'), { code: 'NJ-PUBLISH-HELD' });
    assert.equal(await liftHold(session), true);
    const generation = await shop.publish('n3', { keep: 2 });
    assert.equal(await nightOf(shop, 'reader'), 3);
    await rollBack(shop, generation, 2);
    assert.equal(await nightOf(shop, 'reader'), 2);
  });

  test(`no reader makes a publication wait, whatever it holds, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await using readers = new AsyncDisposableStack();
    const connect = async (consumer: string): Promise<pg.Client> => {
      const client = await shop.warehouse.connectAs(consumer);
      readers.defer(() => client.end());
      return client;
    };
    const crowd: pg.Client[] = [];
    for (let index = 0; index < 48; index++) crowd.push(await connect(index % 2 === 0 ? 'reader' : 'pooled'));
    for (const [index, client] of crowd.entries()) {
      await client.query(index % 4 < 2 ? 'begin' : 'begin isolation level repeatable read');
      await look(client);
    }
    const locker = await connect('reader');
    await locker.query('begin; lock table shop_view.customer in access share mode');
    const self = await connect('reader');
    await self.query(
      `begin; alter role "${self.user ?? ''}" set work_mem = '5MB'; listen nightjar; notify nightjar`,
    );

    const began = performance.now();
    const second = await shop.mark('n2').then(() => shop.night());
    assert.equal(await nightOf(shop, 'reader'), 2);
    assert.ok((second.seconds['publish'] ?? 99) < 5, `published in ${second.seconds['publish'] ?? '?'} s`);
    assert.ok(performance.now() - began < 40_000);
    // And nobody was made to wait for it: all still read the night that they began with.
    for (const client of [...crowd, locker]) assert.equal(await look(client), 1);
    await self.query('rollback');
    const [pooled] = crowd.filter((client) => client.user?.startsWith('pooled') === true);
    assert.ok(pooled !== undefined);
    await pooled.query('commit');
    assert.equal(await lookInTransaction(pooled, 'read committed'), 2);
  });
}

test('nights are kept, not runs, and the way back is never lost to a rerun', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const night = async (day: number): Promise<readonly number[]> => {
    await shop.mark(`n${day}`);
    return (await shop.night({ asOf: `2026-11-${day}`, keep: 3 })).retention?.retired ?? [];
  };
  assert.deepEqual(await night(20), []); // 1
  assert.deepEqual(await night(21), []); // 2
  assert.deepEqual(await night(22), []); // 3
  // A rerun of the same night takes the place of the first run, which is kept as long as it is the way back.
  assert.deepEqual(await night(22), []); // 4
  assert.deepEqual(await night(22), [3]); // 5
  await rollBack(shop, 5, 2);
  assert.deepEqual(await night(22), [5, 4]); // 6, over 2
  assert.deepEqual(await night(23), [1]); // 7, over 6
  assert.equal(await nightOf(shop, 'reader'), 23);
  await rollBack(shop, 7, 2);
  assert.equal(await nightOf(shop, 'reader'), 21);
  // An old night that somebody wants again is published, and not taken for one that can go.
  await shop.mark('n19');
  assert.equal(await shop.excuse(['gap'], { asOf: '2026-11-19', keep: 3 }), 8); // over 2
  assert.equal(await nightOf(shop, 'reader'), 19);
  assert.deepEqual(
    await schemas(shop),
    [2, 6, 7, 8].map((generation) => `generation_${generation}`),
  );
});

test('a consumer that is no longer declared keeps no generation, whatever import it left open', async () => {
  const keeper = { ...reader, name: 'keeper', rules: { afterBound: 'keep' } } as const;
  await using shop = await shopNights(await testPostgres(18), [keeper, reader]);
  await shop.publish('n1');
  await inSession(shop, 'keeper', (client) => client.query('call shop_view.begin_import()'));
  const consumers = shop.environment.consumers.filter((consumer) => consumer.name !== 'keeper');
  for (const night of [2, 3, 4]) await shop.publish(`n${night}`, { consumers, keep: 2 });
  assert.deepEqual(await schemas(shop), ['generation_3', 'generation_4']);
  // Declared again, it is given what is published.
  await shop.publish('n5');
  assert.equal(await nightOf(shop, 'keeper'), 5);
});

test('a candidate that was attached and given up keeps no later night from publishing, though a reader holds its tables', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  const idle = await shop.warehouse.connectAs('reader');
  await idle.query('begin');
  await look(idle);
  await refuseSwitches(shop);
  await assert.rejects(shop.publish('n2'), { code: 'NJ-WAREHOUSE-STATEMENT' });
  await allowSwitches(shop);
  assert.deepEqual(await schemas(shop), ['generation_1', 'generation_2']);
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query('select outcome, error_code from nightjar.run order by number desc limit 1'),
  );
  assert.deepEqual(rows, [{ outcome: 'failed', error_code: 'NJ-WAREHOUSE-STATEMENT' }]);

  await shop.publish('n3');
  assert.equal(await nightOf(shop, 'reader'), 3);
  assert.equal(await look(idle), 1);
  await idle.end();
  await untilGone(shop, 'reader');
  await shop.publish('n4');
  assert.deepEqual(await schemas(shop), ['generation_1', 'generation_3', 'generation_4']);
});

/** From here on every publication fails at its very end, when all is attached. */
async function refuseSwitches(shop: ShopNights): Promise<void> {
  await shop.warehouse.asSuperuser((client) =>
    client.query("alter table nightjar.journal add constraint no_more check (kind = 'retire') not valid"),
  );
}

async function allowSwitches(shop: ShopNights): Promise<void> {
  await shop.warehouse.asSuperuser((client) =>
    client.query('alter table nightjar.journal drop constraint no_more'),
  );
}

test('what somebody has gone back to since retention made its plan is not retired', async () => {
  await using shop = await shopNights(await testPostgres(18));
  for (const marker of ['n1', 'n2', 'n3', 'n4']) await shop.publish(marker, { keep: 9 });
  await rollBack(shop, 4, 2);
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query(
      'select r.number::int from nightjar.fence f, nightjar.retire(f.number, array[1, 2, 3]) r (number) order by 1',
    ),
  );
  assert.deepEqual(rows, [{ number: 1 }, { number: 3 }]);
  assert.equal(await nightOf(shop, 'reader'), 2);
});

async function rollBack(shop: ShopNights, from: number, to: number, hold?: string): Promise<void> {
  await using session = await shop.session();
  await untilInstant(session, await switchBack(session, { from, to, hold }));
}

async function schemas(shop: ShopNights): Promise<readonly string[]> {
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query<{ name: string }>(
      "select nspname as name from pg_namespace where nspname ~ '^(generation|raw)_' order by 1",
    ),
  );
  return rows.map(({ name }) => name);
}
