import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import { recordFailure } from '../../src/night/run-end.ts';
import { untilInstant } from '../../src/publish/publish.ts';
import { rollBack } from '../../src/publish/rollback.ts';
import { settle } from '../../src/publish/settle.ts';
import { Session } from '../../src/warehouse/session.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { setting } from '../harness/warehouse.ts';
import { startServerProxy } from '../source/server-proxy.ts';
import { nightOf } from './look.ts';

/** What the server says when the connection is cut, and what becomes of the publication. */
const cases = [
  { name: 'after its COMMIT', words: 'switch_to', commit: "raise warning 'committing'" },
  {
    name: 'during its COMMIT',
    words: 'committing',
    commit: "raise warning 'committing'; perform pg_sleep(0.4)",
  },
] as const;

for (const major of [15, 18] as const) {
  for (const { name, words, commit } of cases) {
    test(`a publication whose answer is lost ${name} is looked up, not guessed, on ${major}`, async () => {
      await using shop = await shopNights(await testPostgres(major));
      await shop.publish('n1');
      await atCommit(shop, commit);
      const cut = await throughProxy(shop, words, 'n2');
      assert.deepEqual(cut, { cuts: 1, outcome: 'published' });
      assert.equal(await nightOf(shop, 'reader'), 2);
      assert.deepEqual(await lastRun(shop), { outcome: 'published', generation: 2, error_code: null });
      await shop.publish('n3');
      assert.equal(await nightOf(shop, 'reader'), 3);
    });
  }

  test(`a publication whose announcement's answer is lost did not happen, and nobody is kept waiting, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await assert.rejects(throughProxy(shop, 'instant', 'n2'), { code: 'NJ-WAREHOUSE-LOST' });
    const { rows } = await shop.warehouse.asSuperuser((client) =>
      client.query('select 1 from nightjar.announcement'),
    );
    assert.deepEqual(rows, []);
    assert.equal(await nightOf(shop, 'reader'), 1);
  });

  test(`a publication whose session the server ended did not happen, and the next run publishes, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await atCommit(shop, 'perform pg_terminate_backend(pg_backend_pid())');
    await assert.rejects(shop.publish('n2'), { code: 'NJ-WAREHOUSE-LOST' });
    assert.equal(await nightOf(shop, 'reader'), 1);
    await shop.warehouse.asSuperuser((client) => client.query('drop trigger at_commit on nightjar.journal'));
    await shop.publish('n3');
    assert.equal(await nightOf(shop, 'reader'), 3);
  });
}

test('a switch that the server refuses, whatever for, keeps nobody from reading', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await shop.warehouse.asSuperuser((client) =>
    client.query(`
      create function public.refuse() returns trigger language plpgsql as
        $f$ begin raise exception 'no room' using errcode = '53100'; end $f$;
      create trigger refuse before insert on nightjar.journal for each row execute function public.refuse()`),
  );
  await assert.rejects(shop.publish('n2'), { code: 'NJ-WAREHOUSE-FULL' });
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query('select 1 from nightjar.announcement'),
  );
  assert.deepEqual(rows, []);
  assert.equal(await nightOf(shop, 'reader'), 1);
});

test('a way back whose answer is lost is not taken for an earlier one to the same generation', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await shop.publish('n2');
  await using session = await shop.session();
  for (const [from, to] of [
    [2, 1],
    [1, 2],
  ] as const)
    await untilInstant(session, await rollBack(session, { from, to, hold: undefined }));
  await atCommit(shop, 'perform pg_terminate_backend(pg_backend_pid())');
  await assert.rejects(rollBack(session, { from: 2, to: 1, hold: undefined }), { code: 'NJ-WAREHOUSE-LOST' });
  assert.equal(await nightOf(shop, 'reader'), 2);
});

test('what became of a publication is told as not known where nobody can ask, and its run is left to the next', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  const { host, port } = shop.warehouse.address;
  const gone = await startServerProxy({ host, port }, () => (piece) => piece);
  await using away = await Session.open({
    address: { ...shop.warehouse.address, port: gone.port },
    purpose: 'test',
    signal: new AbortController().signal,
  });
  await gone[Symbol.asyncDispose]();
  const error = await settle(away, { fence: 1, kind: 'publish', generation: 2 }, undefined, 700).then(
    () => assert.fail('it was found out'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof NightjarError);
  assert.equal(error.code, 'NJ-PUBLISH-UNKNOWN');
  await shop.warehouse.asSuperuser((client) =>
    client.query("update nightjar.run set outcome = 'running', generation = null"),
  );
  await recordFailure(
    {
      ...{ address: shop.warehouse.address, run: 1, asOf: '2026-11-20', keepRaw: false, stage: 'publish' },
      ...{ seconds: {}, signal: new AbortController().signal },
    },
    error,
  );
  assert.deepEqual(await lastRun(shop), { outcome: 'running', generation: null, error_code: null });
  await shop.publish('n2');
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query('select outcome, generation::int from nightjar.run where number = 1'),
  );
  assert.deepEqual(rows, [{ outcome: 'published', generation: 1 }], 'the journal knows');
});

test('a run that was killed just after its switch is found to have published', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await shop.warehouse.asSuperuser((client) =>
    client.query("update nightjar.run set outcome = 'running', generation = null"),
  );
  await shop.publish('n2');
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query('select outcome, generation::int, error_code from nightjar.run where number = 1'),
  );
  assert.deepEqual(rows, [{ outcome: 'published', generation: 1, error_code: null }]);
});

/** Runs a night through a proxy that cuts the first connection on which the server says these words. */
async function throughProxy(shop: ShopNights, words: string, marker: string): Promise<object> {
  let cuts = 0;
  const { host, port } = shop.warehouse.address;
  await using proxy = await startServerProxy({ host, port }, () => (piece) => {
    if (cuts > 0 || !piece.includes(words)) return piece;
    cuts++;
    return 'cut';
  });
  const here = { ...shop.environment.warehouse, port: setting(proxy.port) };
  await shop.mark(marker);
  const report = await shop.night({ warehouse: here });
  return { cuts, outcome: report.generation === undefined ? 'not published' : 'published' };
}

async function atCommit(shop: ShopNights, statements: string): Promise<void> {
  await shop.warehouse.asSuperuser((client) =>
    client.query(`
      create function public.at_commit() returns trigger language plpgsql as
        $f$ begin ${statements}; return null; end $f$;
      create constraint trigger at_commit after insert on nightjar.journal deferrable initially deferred
        for each row execute function public.at_commit()`),
  );
}

async function lastRun(shop: ShopNights): Promise<unknown> {
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query<Record<string, unknown>>(
      'select outcome, generation::int, error_code from nightjar.run order by number desc limit 1',
    ),
  );
  return rows[0];
}
