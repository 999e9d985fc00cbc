import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lease } from '../../src/publish/lease.ts';
import { switchTo } from '../../src/publish/publish.ts';
import { sqlstateOf } from '../../src/warehouse/fault.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { holdPublication } from './hold-publication.ts';
import { nightOf } from './look.ts';

const never = new AbortController().signal;

for (const major of [15, 18] as const) {
  test(`an announcement that is seen too late is withdrawn, and made again further ahead, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    const generation = await shop.publish('n1');
    await using session = await shop.session();
    await using lease = await Lease.take(shop.warehouse.address, never);
    const before = await journal(shop);
    // Its commit takes longer than the first lead, and not longer than the second.
    await slowCommit(shop, 'announcement', '1.1');
    const request = { fence: lease.fence, kind: 'rollback', expected: generation, run: undefined } as const;
    const instant = await switchTo(session, { ...request, generation });
    assert.equal(await isAhead(shop, instant), true, 'what is committed still lies ahead');
    assert.equal((await journal(shop)).length, before.length + 1);
    assert.equal(await announcements(shop), 0);
  });

  test(`only who holds the fence publishes, over the base that it was judged against, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    const earlier = await shop.publish('n1');
    const generation = await shop.publish('n1');
    await shop.mark('n2');

    {
      await using _lease = await Lease.take(shop.warehouse.address, never);
      await assert.rejects(shop.night(), { code: 'NJ-PUBLISH-BUSY' });
    }

    const fenced = await holdPublication(shop);
    await shop.warehouse.asSuperuser((client) =>
      client.query('update nightjar.fence set number = number + 1'),
    );
    await fenced.goOn();
    await assert.rejects(fenced.night, { code: 'NJ-PUBLISH-FENCED' });

    const overtaken = await holdPublication(shop);
    await shop.warehouse.asSuperuser((client) =>
      client.query("insert into nightjar.journal (kind, generation, fence) values ('rollback', $1, 1)", [
        earlier,
      ]),
    );
    await overtaken.goOn();
    await assert.rejects(overtaken.night, { code: 'NJ-PUBLISH-BASE-CHANGED' });

    assert.equal(await nightOf(shop, 'reader'), 1);
    assert.deepEqual(
      (await journal(shop)).filter((entry) => entry.kind === 'publish').map((entry) => entry.generation),
      [earlier, generation],
    );
    await shop.warehouse.asSuperuser((client) =>
      client.query("delete from nightjar.journal where kind = 'rollback'"),
    );
    await shop.publish('n3');
    assert.equal(await nightOf(shop, 'reader'), 3);
  });
}

test('a switch to a generation that was given up, or retired, is refused', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const generation = await shop.publish('n1');
  await shop.warehouse.asSuperuser((client) =>
    client.query(
      "insert into nightjar.generation (run, as_of, release, state) select 1, '2026-11-20', 'test', 'discarded'",
    ),
  );
  await using session = await shop.session();
  await using lease = await Lease.take(shop.warehouse.address, never);
  const request = { fence: lease.fence, kind: 'rollback', expected: generation, run: undefined } as const;
  await assert.rejects(switchTo(session, { ...request, generation: generation + 1 }), {
    code: 'NJ-PUBLISH-NO-GENERATION',
  });
  assert.equal(await nightOf(shop, 'reader'), 1);
});

test('a switch whose commit takes minutes is not made', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const generation = await shop.publish('n1');
  await using session = await shop.session();
  await using lease = await Lease.take(shop.warehouse.address, never);
  await shop.warehouse.asSuperuser((client) =>
    client.query(
      "insert into nightjar.announcement values (date_trunc('milliseconds', now() - interval '6 minutes'), $1, $2)",
      [generation, lease.fence],
    ),
  );
  const late = session.raw(
    `select nightjar.switch_to($1, 'rollback', $2, $2, null, a.effective_from) from nightjar.announcement a`,
    [lease.fence, generation],
  );
  await assert.rejects(late, (error) => sqlstateOf(error) === 'NJ010');
});

test('a lease ends with its holder, also with one that was told to stop', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  for (let time = 0; time < 5; time++) {
    const stop = new AbortController();
    await using lease = await Lease.take(shop.warehouse.address, stop.signal);
    assert.ok(lease.fence > 0);
    stop.abort('enough');
  }
});

test('a switch that is always overtaken by its commit is given up, and nothing is published', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await slowCommit(shop, 'announcement', 'extract(epoch from new.effective_from - clock_timestamp())');
  await assert.rejects(shop.publish('n2'), { code: 'NJ-PUBLISH-OVERTAKEN' });
  assert.equal(await announcements(shop), 0);
  assert.equal(await nightOf(shop, 'reader'), 1);
});

/** Makes every commit that writes to one of our tables take so many seconds. */
async function slowCommit(shop: ShopNights, table: string, seconds: string): Promise<void> {
  await shop.warehouse.asSuperuser((client) =>
    client.query(`
      create function public.slow_commit() returns trigger language plpgsql as
        $f$ begin perform pg_sleep(${seconds}); return null; end $f$;
      create constraint trigger slow_commit after insert on nightjar.${table} deferrable initially deferred
        for each row execute function public.slow_commit()`),
  );
}

async function isAhead(shop: ShopNights, instant: Date): Promise<boolean | undefined> {
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query<{ ahead: boolean }>('select $1::timestamptz > clock_timestamp() as ahead', [instant]),
  );
  return rows[0]?.ahead;
}

async function announcements(shop: ShopNights): Promise<number | undefined> {
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query<{ n: number }>('select count(*)::int as n from nightjar.announcement'),
  );
  return rows[0]?.n;
}

async function journal(shop: ShopNights): Promise<readonly { kind: string; generation: number }[]> {
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query<{ kind: string; generation: number }>(
      'select kind, generation::int from nightjar.journal order by entry',
    ),
  );
  return rows;
}
