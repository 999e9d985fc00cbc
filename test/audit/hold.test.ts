import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approveHeld, rejectHeld, type ApprovalRequest } from '../../src/night/decide-held.ts';
import { Lease } from '../../src/publish/lease.ts';
import { rollBack } from '../../src/publish/rollback.ts';
import { switchTo } from '../../src/publish/publish.ts';
import { readMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { customersRead, judgedNight, withContract } from './judged-shop.ts';

const files = withContract('customer', 'guards: { departures: { rows: 2, percent: 0 } }\n');
const judgement = 'departures:customer';

async function approve(
  shop: ShopNights,
  names: readonly string[],
  changes: Partial<ApprovalRequest> = {},
): ReturnType<typeof approveHeld> {
  await using session = await shop.session();
  return await approveHeld({
    ...{ session, environment: shop.environment, pipeline: await readMarkedShop(files), release: 'test' },
    ...{ names, reason: 'they left indeed', person: 'tester', signal: new AbortController().signal },
    ...changes,
  });
}

/** Publishes, then has the guards hold a night in which five customers and every purchase left. */
async function heldNight(shop: ShopNights): Promise<void> {
  await shop.publish('n1', { files });
  await shop.inSource('delete from shop.customer where id <= 5; delete from shop.order_line');
  const { failed } = await judgedNight(shop, { files, asOf: '2026-11-21' });
  assert.deepEqual(failed, [judgement, 'empty:purchase', 'departures:purchase']);
}

test('what fails behind an approved publication is told of, and fails nothing', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await heldNight(shop);
  await shop.warehouse.asSuperuser((client) =>
    client.query(`
      create function public.refuse() returns trigger language plpgsql as
        $f$ begin raise exception 'no' using errcode = '53100'; end $f$;
      create trigger refuse before update on nightjar.run for each row execute function public.refuse()`),
  );
  const done = await approve(shop, [judgement, 'empty:purchase', 'departures:purchase']);
  assert.ok(done.instant !== undefined);
  assert.equal((await customersRead(shop)).length, 15);
  assert.match(done.remarks[0] ?? '', /^The generation is published\. The next run writes that down\. /);
  await shop.warehouse.asSuperuser((client) => client.query('drop trigger refuse on nightjar.run'));
  await shop.night({ files, asOf: '2026-11-22' });
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query('select outcome, generation::int from nightjar.run where number = 2'),
  );
  assert.deepEqual(rows, [{ outcome: 'published', generation: 2 }]);
});

for (const major of [15, 18] as const) {
  test(`an approval excuses exactly what it names, and publishes when nothing else holds the candidate, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await heldNight(shop);
    await assert.rejects(approve(shop, ['departures:customers']), {
      code: 'NJ-USE-UNKNOWN',
      message: 'There is no failed judgement "departures:customers". Did you mean departures:customer?',
    });
    await assert.rejects(approve(shop, ['pace']), {
      code: 'NJ-USE-UNKNOWN',
      message:
        'There is no failed judgement "pace". Known: departures:customer, empty:purchase, departures:purchase.',
    });
    const first = await approve(shop, [judgement]);
    assert.deepEqual(first.open, ['empty:purchase', 'departures:purchase']);
    assert.equal(first.instant, undefined);
    assert.equal((await customersRead(shop)).length, 20);
    const second = await approve(shop, ['empty:purchase', 'departures:purchase'], { reason: 'closed' });
    assert.deepEqual(second.open, []);
    assert.equal((await customersRead(shop)).length, 15);
    await using session = await shop.session();
    const decisions = await session.query(
      'the decisions',
      'select kind, generation::int, against::int, judgement, reason, person from nightjar.decision order by entry',
    );
    const decided = { kind: 'approve', generation: 2, against: 1, person: 'tester' };
    assert.deepEqual(decisions, [
      { ...decided, judgement, reason: 'they left indeed' },
      { ...decided, judgement: 'empty:purchase', reason: 'closed' },
      { ...decided, judgement: 'departures:purchase', reason: 'closed' },
    ]);
    const [run] = await session.query(
      'the run',
      'select outcome, generation::int from nightjar.run where number = 2',
    );
    assert.deepEqual(run, { outcome: 'published', generation: 2 });
    // What was approved is what the next night is compared with.
    assert.deepEqual((await judgedNight(shop, { files, asOf: '2026-11-22' })).failed, []);
  });
}

test('an approval is void once something else is published or gone back to, and after its night', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n0', { files });
  await shop.publish('n1', { files });
  await shop.inSource('delete from shop.customer where id <= 5');
  await judgedNight(shop, { files });
  await using session = await shop.session();
  await assert.rejects(approve(shop, [judgement], { release: 'another' }), {
    code: 'NJ-GUARD-OTHER-RELEASE',
  });
  await rollBack(session, { from: 2, to: 1, hold: undefined });
  await assert.rejects(approve(shop, [judgement]), {
    code: 'NJ-GUARD-VOID',
    message:
      'Generation 3 was judged against generation 2, and generation 1 is published by now: its judgements say nothing about it.',
  });
  await rollBack(session, { from: 1, to: 2, hold: undefined });
  await assert.rejects(approve(shop, [judgement]), {
    code: 'NJ-GUARD-VOID',
    message:
      'Generation 3 was judged against generation 2, which is published, but something else was meanwhile: an approval does not outlive that.',
  });
  await session.query(
    'a day later',
    "update nightjar.generation set judged_at = judged_at - interval '1 day' where number = 3",
  );
  await assert.rejects(approve(shop, [judgement]), { code: 'NJ-GUARD-NIGHT-OVER' });
  assert.equal((await customersRead(shop)).length, 20);
});

test('a candidate that was given up is gone, and so is one that another has taken the place of', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await heldNight(shop);
  await using session = await shop.session();
  const schemas = async (): Promise<readonly string[]> =>
    (
      await session.query<{ name: string }>(
        'the schemas',
        "select nspname as name from pg_namespace where nspname ~ '^(generation|raw)_' order by 1",
      )
    ).map(({ name }) => name);
  assert.deepEqual(await schemas(), ['generation_1', 'generation_2', 'raw_2']);
  await judgedNight(shop, { files, asOf: '2026-11-21' });
  assert.deepEqual(await schemas(), ['generation_1', 'generation_3', 'raw_3']);
  const signal = new AbortController().signal;
  await rejectHeld({ session, environment: shop.environment, reason: 'no', person: 'tester', signal });
  assert.deepEqual(await schemas(), ['generation_1']);
  await assert.rejects(approve(shop, [judgement]), { code: 'NJ-GUARD-NOTHING-HELD' });
  const [decision] = await session.query(
    'the decision',
    'select kind, generation::int, reason, person from nightjar.decision',
  );
  assert.deepEqual(decision, { kind: 'reject', generation: 3, reason: 'no', person: 'tester' });
});

test('a first generation waits for a person, unless the command said that it is the first', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  await assert.rejects(shop.night({ files, first: false }), { code: 'NJ-GUARD-HELD', message: /\[first\]/ });
  await approve(shop, ['first']);
  assert.equal((await customersRead(shop)).length, 20);
});

test('a rehearsal says what would have been held, and keeps nothing', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1', { files });
  await shop.inSource('delete from shop.customer where id <= 5');
  await assert.rejects(shop.night({ files, dryRun: true }), {
    code: 'NJ-GUARD-REHEARSED',
    message: /departures:customer/,
  });
  await using session = await shop.session();
  const { held } = await session.one<{ held: number }>(
    'what is held',
    "select count(*)::int as held from nightjar.generation where state in ('held', 'audited')",
  );
  assert.equal(held, 0);
});

test('whatever a runner believes, nothing is published that was not judged and passed', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await heldNight(shop);
  await using session = await shop.session();
  await using lease = await Lease.take(shop.warehouse.address, new AbortController().signal);
  const publish = (): Promise<Date> =>
    switchTo(session, { fence: lease.fence, kind: 'publish', generation: 2, expected: 1, run: 2 });
  await assert.rejects(publish(), { code: 'NJ-PUBLISH-UNJUDGED', message: /departures:customer/ });
  await session.query(
    'another past',
    'delete from nightjar.judgement; update nightjar.generation set judged_at = null where number = 2',
  );
  await assert.rejects(publish(), { code: 'NJ-PUBLISH-UNJUDGED' });
  assert.equal((await customersRead(shop)).length, 20);
});

test('a held candidate cannot be gone back to either, and who connects meanwhile is not refused', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await heldNight(shop);
  await using session = await shop.session();
  await assert.rejects(rollBack(session, { from: 1, to: 2, hold: undefined }), {
    code: 'NJ-PUBLISH-NO-GENERATION',
  });
  const left = await session.query('what is announced', 'select generation from nightjar.announcement');
  assert.deepEqual(left, []);
  assert.equal((await customersRead(shop)).length, 20);
});

/** The raw tables that are there, by schema. */
async function rawSchemas(shop: ShopNights): Promise<readonly string[]> {
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query<{ name: string }>(
      "select nspname as name from pg_namespace where nspname ~ '^raw_' order by 1",
    ),
  );
  return rows.map(({ name }) => name);
}

test('a held candidate keeps its raw tables until somebody decides, and what is approved has its list of faults', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const faulty = withContract(
    'customer',
    `guards: { departures: { rows: 2, percent: 0 } }
faults: { old: { sql: exists (select from shop_customer c where c.id = customer.customer_id and c.age > 48), description: Too old. } }
`,
  );
  await shop.publish('n1', { files: faulty });
  await shop.inSource('delete from shop.customer where id <= 5');
  await judgedNight(shop, { files: faulty, asOf: '2026-11-21' });
  assert.deepEqual(await rawSchemas(shop), ['raw_2']);
  // A rehearsal, and a run that fails, leave them alone.
  await shop.night({ files: faulty, dryRun: true, asOf: '2026-11-21' }).catch(() => undefined);
  assert.deepEqual(await rawSchemas(shop), ['raw_2']);
  const done = await approve(shop, [judgement], { pipeline: await readMarkedShop(faulty) });
  assert.deepEqual([done.open, done.remarks], [[], []]);
  await using session = await shop.session();
  assert.deepEqual(
    await session.query(
      'the faults',
      'select fault, rows::int from nightjar.data_fault_count where generation = 2',
    ),
    [{ fault: 'old', rows: 2 }],
  );
  assert.deepEqual(await rawSchemas(shop), []);

  await shop.inSource('delete from shop.customer where id <= 10');
  await judgedNight(shop, { files: faulty, asOf: '2026-11-22' });
  assert.equal((await rawSchemas(shop)).length, 1);
  const { environment } = shop;
  const signal = new AbortController().signal;
  await rejectHeld({ session, environment, reason: 'no', person: 'tester', signal });
  assert.deepEqual(await rawSchemas(shop), []);
});
