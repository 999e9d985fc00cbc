import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listFaults } from '../../src/audit/listed-faults.ts';
import { keyHistory } from '../../src/audit/key-history.ts';
import { whySentences } from '../../src/cli/why-sentences.ts';
import { publishedGeneration } from '../../src/publish/generations.ts';
import { judgementsOf } from '../../src/publish/held-candidate.ts';
import { deleteOldRecords, recordNights } from '../../src/publish/old-records.ts';
import { withContract } from '../audit/judged-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { look } from './look.ts';
import { untilGone } from './until-gone.ts';

const files = {
  ...withContract('customer', 'guards: { departures: { rows: 1 } }\n'),
  ...withContract('purchase', 'references: { customer_id: customer }\nguards: { parents: { rows: 99 } }\n'),
};
const orphansAllowed = {
  ...files,
  ...withContract(
    'purchase',
    'references: { customer_id: customer }\nguards: { parents: { rows: 99 }, orphans: { rows: 9 } }\n',
  ),
};
const night = { files, keep: 2 };

/** A first night, and one that three customers leave, which somebody excuses, and on which one is held. */
async function twoNights(shop: ShopNights): Promise<void> {
  await shop.publish('n', night);
  await shop.inSource(`delete from shop.customer where id in (18, 19, 20);
    update shop.customer set age = 3 where id = 5`);
  assert.equal(await shop.excuse(['departures:customer'], night), 2);
}

for (const major of [15, 18] as const) {
  test(`why a key left is known for a year of nights, and what is decided for ever, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await twoNights(shop);
    const why = 'It left on the night of 2026-11-21 (generation 2) without an explanation.';
    assert.match(await whyOf(shop, 20), new RegExp(RegExp.escape(why)));
    // As many as are looked back on, but for two.
    const old = await plantNights(shop, recordNights - 2);

    await shop.night(night);
    assert.match(await whyOf(shop, 20), new RegExp(RegExp.escape(why)));
    await shop.night(night);
    assert.match(
      await whyOf(shop, 20),
      /It is in none of the generations kept that were published since the night of 2026-11-22/,
    );
    assert.match(await whyOf(shop, old.first), /It left on the night of 2025-01-01 /);
    // The row is broken to this day: since when, the published generation says.
    assert.match(await whyOf(shop, 5), /from the night of 2026-11-21 to that of 2026-11-23/);
    assert.deepEqual(await generationsIn(shop, 'held_row', 3), []);

    // A year and a day: the first of those that were planted goes, and no other.
    await shop.night(night);
    assert.match(await whyOf(shop, old.first), /It is in none of the generations kept/);
    assert.match(await whyOf(shop, old.first + 1), /It left on the night of 2025-01-02 /);

    await using session = await shop.session();
    const excused = await judgementsOf(session, 2);
    assert.deepEqual(
      excused.map(({ name, approvedBy }) => [name, approvedBy]),
      [['departures:customer', 'tester']],
    );
    const kept = await session.one<Record<string, number>>(
      'the counts',
      `select (select count(*) from nightjar.journal where kind = 'publish') as publications,
              (select count(*) from nightjar.generation) as generations,
              (select count(*) from nightjar.dataset where generation = 1) as datasets,
              (select count(*) from nightjar.decision) as decisions,
              (select count(*) from nightjar.snapshot where run in (1, 2)) as "oldSnapshots",
              (select count(*) from nightjar.raw_table where run in (1, 2)) as "oldRawTables"`,
    );
    assert.deepEqual(kept, {
      ...{ publications: 5, generations: recordNights + 3, datasets: 3, decisions: 1 },
      ...{ oldSnapshots: 0, oldRawTables: 0 },
    });
  });
}

test('measures and lists of faults go with their generation, and what a guard compares with stays', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n', night);
  await shop.inSource(
    'delete from shop.customer where id = 20; update shop.customer set age = 3 where id = 5',
  );
  await shop.night(night);
  const third = await shop.night(night);
  assert.deepEqual(third.retention?.retired, [1]);
  for (const table of ['measure', 'data_fault', 'data_fault_count'])
    assert.deepEqual(await generationsIn(shop, table), [2, 3], table);

  // A candidate that is given up leaves no measures; the next night compares with what is published, as before.
  await shop.night({ ...night, dryRun: true });
  await shop.inSource('update shop.order_line set customer_id = 99 where customer_id = 18');
  const fourth = await shop.night({ ...night, files: orphansAllowed });
  const orphans = fourth.judgements.find(({ guard }) => guard === 'orphans');
  assert.match(orphans?.sentence ?? '', /6 of 60.*3 of 60/s);
  assert.deepEqual(await generationsIn(shop, 'measure'), [3, 5]);
  await using session = await shop.session();
  const faults = await Array.fromAsync(listFaults(session, 5, undefined));
  assert.deepEqual(
    faults.filter(({ fault }) => fault === 'held:grown_up').map(({ key, since }) => [key, since]),
    [[{ customer_id: 5 }, '2026-11-21']],
  );
});

test('what left since the generation that a session still reads is kept, however old', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n0', night);
  const long = await shop.warehouse.connectAs('reader');
  await look(long);
  await shop.inSource('delete from shop.customer where id = 20');
  await shop.night(night);
  await plantNights(shop, recordNights + 10);
  for (let time = 0; time < 3; time++) await shop.night(night);
  assert.match(await whyOf(shop, 20), /It left on the night of 2026-11-21 /);
  await long.end();
  await untilGone(shop, 'reader');
  await shop.night(night);
  assert.match(await whyOf(shop, 20), /It is in none of the generations kept/);
});

test('only the holder of the fence deletes records, and does so in pieces', async () => {
  await using shop = await shopNights(await testPostgres(18));
  for (let time = 0; time < 4; time++) await shop.publish('n', night);
  await shop.warehouse.asSuperuser((client) =>
    client.query(
      `insert into nightjar.departure (generation, dataset, key)
       select 1, 'customer', jsonb_build_object('customer_id', i) from generate_series(1, 25000) i`,
    ),
  );
  await using session = await shop.session();
  const { fence } = await session.one<{ fence: number }>('x', 'select number as fence from nightjar.fence');
  await assert.rejects(deleteOldRecords(session, fence - 1, 1), { code: 'NJ-PUBLISH-FENCED' });
  assert.deepEqual(await generationsIn(shop, 'departure'), [1]);
  await shop.warehouse.asSuperuser((client) =>
    client.query(
      `create function public.count_transactions() returns trigger language plpgsql security definer as
         $f$ begin insert into public.deletion select pg_current_xact_id() on conflict do nothing; return null; end $f$;
       create table public.deletion (id xid8 primary key);
       create trigger count_transactions after delete on nightjar.departure
         for each statement execute function public.count_transactions()`,
    ),
  );
  await deleteOldRecords(session, fence, 1);
  assert.deepEqual(await generationsIn(shop, 'departure'), []);
  const transactions = await shop.warehouse.asSuperuser((client) =>
    client.query('select from public.deletion'),
  );
  assert.equal(transactions.rowCount, 3);
});

test('where nobody reads, what was published last is kept all the same', async () => {
  await using shop = await shopNights(await testPostgres(18), []);
  for (const asOf of ['2026-11-20', '2026-11-21', '2026-11-22']) await shop.night({ ...night, asOf });
  // An old night that is run again is none of the newest.
  await shop.excuse(['gap'], { ...night, asOf: '2026-11-01' });
  const { judgements } = await shop.night({ ...night, asOf: '2026-11-23' });
  assert.ok(judgements.every(({ verdict }) => verdict !== 'failed'));
});

async function whyOf(shop: ShopNights, id: number): Promise<string> {
  await using session = await shop.session();
  const published = (await publishedGeneration(session)) ?? 0;
  const question = { dataset: 'customer', key: { customer_id: id }, published, timeZone: 'UTC' };
  const history = await keyHistory(session, question);
  const about = { dataset: 'customer', key: `customer_id ${id}`, published, release: 'test' };
  return whySentences(history, { ...about, source: { kind: 'untold' } }).join(' ');
}

/** Nights from 2025-01-01 on that published and are retired, before the others; with each a customer left. */
async function plantNights(shop: ShopNights, nights: number): Promise<{ readonly first: number }> {
  const first = 10_001;
  await shop.warehouse.asSuperuser(async (client) => {
    await client.query(
      `with run as (
         insert into nightjar.run (night, release, fence, stage, outcome, stage_seconds, ended_at)
         select date '2025-01-01' + i, 'test', 0, 'retain', 'published', '{"extract": 1}', clock_timestamp()
           from generate_series(0, ${nights - 1}) i returning number, night
       ), raw as (
         insert into nightjar.raw_table (run, name, counted, received, bytes) select number, 'shop', 82, 82, 1 from run
       ), generation as (
         insert into nightjar.generation (run, as_of, release, state)
         select number, night, 'test', 'retired' from run order by number returning number, as_of
       )
       insert into nightjar.departure (generation, dataset, key)
       select number, 'customer', jsonb_build_object('customer_id', ${first} + (as_of - date '2025-01-01')) from generation`,
    );
    await client.query(
      `update nightjar.generation g set judged_against = o.earlier
         from (select number, lag(number) over (order by as_of, number) as earlier from nightjar.generation
                where state = 'retired' or number = 1) o where o.number = g.number`,
    );
  });
  return { first };
}

/** The generations of which a table has a row. */
async function generationsIn(shop: ShopNights, table: string, below = 10_000): Promise<readonly number[]> {
  await using session = await shop.session();
  const rows = await session.query<{ generation: number }>(
    'the generations',
    `select distinct generation from nightjar.${table} where generation < $1 order by 1`,
    [below],
  );
  return rows.map(({ generation }) => generation);
}
