import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untilInstant } from '../../src/publish/publish.ts';
import { rollBack } from '../../src/publish/rollback.ts';
import { testPostgres } from '../harness/servers.ts';
import { reader, shopNights, type ShopNights } from '../harness/shop-nights.ts';
import type { TestConsumer } from '../harness/warehouse.ts';
import { inSession } from './in-session.ts';
import { look, nightOf } from './look.ts';
import { sqlstate } from './sqlstate.ts';

const other: TestConsumer = { ...reader, name: 'other' };
const pooled: TestConsumer = { ...reader, name: 'pooled', pin: 'transaction' };

for (const major of [15, 18] as const) {
  test(`what an import reads over several sessions is one generation, until it is acknowledged, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [{ ...reader, logins: 2 }, other, pooled]);
    await shop.publish('n1');
    for (const consumer of ['reader', 'pooled']) {
      await inSession(shop, consumer, (client) => client.query('call shop_view.begin_import()'));
    }
    await shop.publish('n2');
    assert.equal(await nightOf(shop, 'other'), 2, 'who does not import reads the new one at once');
    for (const consumer of ['reader', 'pooled']) {
      assert.equal(await nightOf(shop, consumer), 1, consumer);
      // Once they are due they wait for one instant only: the bound of the first publication.
      assert.deepEqual(await waiting(shop, consumer), { generation: '2', why: 'import', minutes: 240 });
    }
    await shop.publish('n3');
    assert.equal(await nightOf(shop, 'reader'), 1);

    // Whichever of its logins says so.
    const second = await shop.warehouse.connectAs('reader', 1);
    assert.equal(await look(second), 1);
    const { rows } = await second.query('call shop_view.acknowledge()');
    assert.deepEqual(rows, [{ generation: '1' }]);
    assert.equal(await nightOf(shop, 'reader'), 3, 'from the moment that acknowledge() returns');
    assert.equal(await look(second), 1, 'a session keeps what it began with');
    await second.end();
    assert.equal(await nightOf(shop, 'pooled'), 1, 'each consumer has its own');
    await inSession(shop, 'pooled', async (client) => {
      await client.query('call shop_view.acknowledge()');
      assert.equal(await look(client), 3);
    });
    await shop.publish('n4');
    for (const consumer of ['reader', 'pooled', 'other']) assert.equal(await nightOf(shop, consumer), 4);
  });

  test(`who begins an import takes what waits first, and an old session is told to connect again, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [reader]);
    await shop.publish('n1');
    const old = await shop.warehouse.connectAs('reader');
    await look(old);
    await old.query('call shop_view.begin_import()');
    await shop.publish('n2');
    // The import broke off, and begins anew: nothing is left to be kept for it.
    assert.equal(await sqlstate(old, 'call shop_view.begin_import()'), 'NJ009');
    assert.equal(await look(old), 1);
    assert.equal(await nightOf(shop, 'reader'), 2);
    await old.end();
    await inSession(shop, 'reader', (client) => client.query('call shop_view.begin_import()'));
    await shop.publish('n3');
    assert.equal(await nightOf(shop, 'reader'), 2);
  });
}

test('no later publication moves the bound of an import', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.publish('n1');
  await inSession(shop, 'reader', (client) => client.query('call shop_view.begin_import()'));
  await shop.publish('n2');
  await later(shop, '60 minutes');
  await shop.publish('n3');
  // From the first that waits.
  assert.deepEqual(await waiting(shop, 'reader'), { generation: '3', why: 'import', minutes: 240 });
  assert.equal(await nightOf(shop, 'reader'), 1);
  await later(shop, '180 minutes');
  assert.equal(await nightOf(shop, 'reader'), 3);
});

test('an import that meets a publication on its way is refused, and holds nothing back', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.publish('n1');
  await inSession(shop, 'reader', async (client) => {
    await shop.warehouse.asSuperuser((superuser) =>
      superuser.query("insert into nightjar.announcement values (now() + interval '1 minute', 1, 0)"),
    );
    assert.equal(await sqlstate(client, 'call shop_view.begin_import()'), 'NJ009');
    await shop.warehouse.asSuperuser((superuser) => superuser.query('delete from nightjar.announcement'));
  });
  await shop.publish('n2');
  assert.equal(await nightOf(shop, 'reader'), 2);
});

test('after its bound an import is switched all the same, or waited for, as its policy says', async () => {
  const consumers = [
    { ...reader, rules: { importBound: 90 } },
    { ...other, rules: { importBound: 90, afterBound: 'keep' } },
  ] as const;
  await using shop = await shopNights(await testPostgres(18), consumers);
  await shop.publish('n1');
  for (const { name } of consumers)
    await inSession(shop, name, (client) => client.query('call shop_view.begin_import()'));
  await shop.publish('n2');
  assert.deepEqual(await waiting(shop, 'reader'), { generation: '2', why: 'import', minutes: 90 });
  assert.deepEqual(await waiting(shop, 'other'), { generation: '2', why: 'import', minutes: null });
  // Both imports never end. Ninety minutes later:
  await later(shop, '90 minutes');
  assert.equal(await nightOf(shop, 'reader'), 2);
  assert.equal(await nightOf(shop, 'other'), 1);
  assert.equal(await waiting(shop, 'reader'), undefined);
  // What a consumer still reads is not retired, nor what waits for it.
  const third = await shop.mark('n3').then(() => shop.night({ keep: 2 }));
  const fourth = await shop.mark('n4').then(() => shop.night({ keep: 2 }));
  assert.deepEqual(third.retention, { retired: [], spared: [1] });
  assert.deepEqual(fourth.retention, { retired: [], spared: [2, 1] });
  assert.equal(await nightOf(shop, 'other'), 1);
  await inSession(shop, 'other', (client) => client.query('call shop_view.acknowledge()'));
  assert.equal(await nightOf(shop, 'other'), 4);
});

test('a publication in the import window reaches a consumer at its end, or when it acknowledges', async () => {
  const around = window(-30, 60);
  const consumers = [
    { ...reader, rules: { importWindow: around } },
    { ...other, rules: { importWindow: around, importBound: 10 } },
    { ...pooled, rules: { importWindow: window(30, 60) } },
  ];
  await using shop = await shopNights(await testPostgres(18), consumers);
  await shop.publish('n1');
  assert.equal(await nightOf(shop, 'reader'), 1, 'who has nothing yet does not wait');
  await shop.publish('n2');
  assert.equal(await nightOf(shop, 'reader'), 1);
  assert.equal(await nightOf(shop, 'pooled'), 2, 'outside its window');
  assert.deepEqual(await waiting(shop, 'other'), { generation: '2', why: 'window', minutes: 10 });
  await inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));
  assert.equal(await nightOf(shop, 'reader'), 2);
  await later(shop, '60 minutes');
  assert.equal(await nightOf(shop, 'other'), 2);
});

test('what waits is never followed by what waited before it, also where a window is made longer meanwhile', async () => {
  await using shop = await shopNights(await testPostgres(18), [
    { ...reader, rules: { importWindow: window(-30, 60) } },
  ]);
  await shop.publish('n1');
  await shop.publish('n2');
  const consumers = shop.environment.consumers.map((one) => ({
    ...one,
    rules: { ...one.rules, importWindow: window(-30, 120) },
  }));
  await shop.publish('n3', { consumers });
  await later(shop, '60 minutes');
  assert.equal(await nightOf(shop, 'reader'), 1);
  await later(shop, '60 minutes');
  assert.equal(await nightOf(shop, 'reader'), 3);
});

test('a window is one of the local clock, over midnight and where the clocks change', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.publish('n1');
  const ends = (from: string, to: string, instant: string): Promise<string | null | undefined> =>
    shop.warehouse.asSuperuser(async (client) => {
      const { rows } = await client.query<{ ends: string | null }>(
        `select to_char(nightjar.window_end(
                  row('x', 'Europe/London', $1::time, $2::time, '1 h'::interval, 'switch', 'read', null, null), $3::timestamptz)
                  at time zone 'UTC', 'MM-DD HH24:MI') as ends`,
        [from, to, instant],
      );
      return rows[0]?.ends;
    });
  assert.equal(await ends('22:00', '01:30', '2026-11-20T21:59:59Z'), null);
  assert.equal(await ends('22:00', '01:30', '2026-11-20T22:00Z'), '11-21 01:30');
  assert.equal(await ends('22:00', '01:30', '2026-11-21T01:29Z'), '11-21 01:30');
  assert.equal(await ends('22:00', '01:30', '2026-11-21T01:30Z'), null);
  assert.equal(await ends('02:00', '04:30', '2026-07-20T01:00Z'), '07-20 03:30', 'in summer');
  // 01:30 is left out on 29 March and shown twice on 25 October.
  assert.equal(await ends('00:30', '01:30', '2026-03-29T00:45Z'), '03-29 01:30');
  assert.equal(await ends('00:30', '01:30', '2026-10-25T00:45Z'), '10-25 01:30');
});

test('going back reaches an import at its end too, and what waited before it never comes', async () => {
  await using shop = await shopNights(await testPostgres(18), [
    { ...reader, rules: { importBound: 90 } },
    { ...other },
  ]);
  await shop.publish('n1');
  await inSession(shop, 'reader', (client) => client.query('call shop_view.begin_import()'));
  await shop.publish('n2');
  await using session = await shop.session();
  await untilInstant(session, await rollBack(session, { from: 2, to: 1, hold: undefined }));
  assert.deepEqual(await waiting(shop, 'reader'), { generation: '1', why: 'import', minutes: 90 });
  await later(shop, '90 minutes');
  assert.equal(await nightOf(shop, 'reader'), 1);
});

/** What waits for a consumer, and how many minutes after it was published; null where that is not known. */
async function waiting(shop: ShopNights, consumer: string): Promise<unknown> {
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query(
      `select generation, why, nullif(round(extract(epoch from until - first) / 60), 'infinity')::int as minutes
         from (select w.*, (select min(effective_from) from nightjar.due d where d.consumer = w.consumer) as first
                 from nightjar.waiting_switches() w where w.consumer = $1 order by w.journal desc limit 1) w`,
      [consumer],
    ),
  );
  return rows[0];
}

/** Lets time pass: everything that happened lies so much further back. */
async function later(shop: ShopNights, by: string): Promise<void> {
  await shop.warehouse.asSuperuser((client) =>
    client.query(`
      begin; set local session_replication_role = replica;
      update nightjar.switch set effective_from = effective_from - interval '${by}';
      update nightjar.due set effective_from = effective_from - interval '${by}', until = until - interval '${by}';
      update nightjar.journal set effective_from = effective_from - interval '${by}';
      commit`),
  );
}

/** A daily window that begins and ends so many minutes from now, in London. */
function window(from: number, to: number): { from: string; to: string } {
  const at = (minutes: number): string =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/London',
      hour: '2-digit',
      minute: '2-digit',
    }).format(new Date(Date.now() + minutes * 60_000));
  return { from: at(from), to: at(to) };
}
