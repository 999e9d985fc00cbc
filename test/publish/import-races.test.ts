import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testPostgres } from '../harness/servers.ts';
import { reader, shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { inSession } from './in-session.ts';
import { look, nightOf } from './look.ts';
import { sqlstate } from './sqlstate.ts';

for (const major of [15, 18] as const) {
  test(`an acknowledgement whose commit is slow tears no session: who begins meanwhile is refused, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [reader, { ...reader, name: 'other' }]);
    await waitForImport(shop);
    // A publication's instant is a whole millisecond, one that is brought forward is not.
    await slowCommit(
      shop,
      'switch',
      `case when extract(microseconds from new.effective_from) % 1000 <> 0
            then extract(epoch from new.effective_from - clock_timestamp()) + 1 else 0 end`,
    );
    const course = { over: false };
    const acknowledged = inSession(shop, 'reader', (client) =>
      client.query('call shop_view.acknowledge()'),
    ).finally(() => {
      course.over = true;
    });
    const seen: (number | string)[] = [];
    while (!course.over) {
      seen.push(
        await inSession(shop, 'reader', async (client) => {
          const refused = await sqlstate(client, 'select from shop_view.customer');
          if (refused !== undefined) return refused;
          const night = await look(client);
          assert.equal(await look(client, { pause: 30 }), night);
          return night;
        }),
      );
      assert.equal(await nightOf(shop, 'other'), 2, 'no other consumer is concerned');
    }
    await acknowledged;
    assert.ok(seen.includes('NJ006'), seen.join(' '));
    assert.deepEqual(seen, [...seen].sort(byCourse), seen.join(' '));
    assert.equal(await nightOf(shop, 'reader'), 2);
  });

  test(`an import reads one generation over several sessions, whenever nights are published, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [reader]);
    await shop.publish('n1');
    const course = { over: false, imports: 0 };
    const importing = (async () => {
      while (!course.over) {
        const began = await inSession(shop, 'reader', (client) =>
          sqlstate(client, 'call shop_view.begin_import()'),
        );
        if (began !== undefined) {
          assert.equal(began, 'NJ009');
          continue;
        }
        const nights = new Set<number>();
        for (let session = 0; session < 4; session++) nights.add(await nightOf(shop, 'reader'));
        assert.equal(nights.size, 1, `an import that reads nights ${[...nights].join(', ')}`);
        await inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));
        course.imports++;
      }
    })().finally(() => {
      course.over = true;
    });
    for (let night = 2; night <= 5 && !course.over; night++) await shop.publish(`n${night}`);
    course.over = true;
    await importing;
    assert.ok(course.imports > 5, `${course.imports} imports`);
    assert.equal(await nightOf(shop, 'reader'), 5);
  });
}

test('an acknowledgement whose announcement is seen too late is made again further ahead', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await waitForImport(shop);
  await slowCommit(shop, 'due_announcement', '1.1');
  await inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));
  assert.equal(await nightOf(shop, 'reader'), 2);
});

test('an import that a publication did not see is not confirmed, nor one announced and done in one transaction', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.publish('n1');
  await inSession(shop, 'reader', async (client) => {
    await client.query('begin');
    const { rows } = await client.query<{ opened: string }>('select shop_view.import_open() as opened');
    await shop.publish('n2');
    await client.query('commit');
    assert.equal(await nightOf(shop, 'reader'), 2);
    const confirmed = await client.query('select shop_view.import_confirm($1) as confirmed', [
      rows[0]?.opened,
    ]);
    assert.deepEqual(confirmed.rows, [{ confirmed: false }]);
  });
  await shop.publish('n3');
  assert.equal(await nightOf(shop, 'reader'), 3, 'what was not confirmed holds nothing back');

  await inSession(shop, 'reader', (client) => client.query('call shop_view.begin_import()'));
  await shop.publish('n4');
  await inSession(shop, 'reader', async (client) => {
    await client.query('begin; select shop_view.receipt_write(null)');
    const { rows } = await client.query('select shop_view.due_switch(shop_view.due_announce(5)) as done');
    assert.deepEqual(rows, [{ done: false }]);
    await client.query('commit');
  });
  assert.equal(await nightOf(shop, 'reader'), 3);
});

/** Publishes a second night while `reader` imports. */
async function waitForImport(shop: ShopNights): Promise<void> {
  await shop.publish('n1');
  await inSession(shop, 'reader', (client) => client.query('call shop_view.begin_import()'));
  await shop.publish('n2');
  assert.equal(await nightOf(shop, 'reader'), 1);
}

/** The old night, then the refusal, then the new one. */
function byCourse(one: number | string, other: number | string): number {
  const order = [1, 'NJ006', 2];
  return order.indexOf(one) - order.indexOf(other);
}

/** Makes every commit that writes to one of our tables take so many seconds. */
async function slowCommit(shop: ShopNights, table: string, seconds: string): Promise<void> {
  await shop.warehouse.asSuperuser((client) =>
    client.query(`
      create function public.slow_commit() returns trigger language plpgsql as
        $f$ begin perform pg_sleep(${seconds}); return null; end $f$;
      create constraint trigger slow_commit after insert or update on nightjar.${table} deferrable initially deferred
        for each row execute function public.slow_commit()`),
  );
}
