import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import { checkWarehouse } from '../../src/night/check-warehouse.ts';
import { Session } from '../../src/warehouse/session.ts';
import type { WarehouseAddress } from '../../src/warehouse/address.ts';
import { readMarkedShop } from '../harness/marked-shop.ts';
import { startPostgres } from '../harness/postgres.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { failing } from '../night/failing-night.ts';
import { digestsOf, leftovers } from '../night/leftovers.ts';
import { startServerProxy } from '../source/server-proxy.ts';

const never = new AbortController().signal;

async function codeOf(work: Promise<unknown>): Promise<NightjarError> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof NightjarError, String(error));
    return error;
  }
  assert.fail('nothing went wrong');
}

const open = (address: WarehouseAddress): Promise<Session> =>
  Session.open({ address, purpose: 'test', signal: never });

for (const major of [15, 18] as const) {
  test(`a warehouse that cannot be opened says why, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    const { address } = shop.warehouse;
    const gone = await startServerProxy(address, () => (piece) => piece);
    await gone[Symbol.asyncDispose]();
    const cases: readonly (readonly [Partial<WarehouseAddress>, string, RegExp])[] = [
      [{ port: gone.port }, 'NJ-WAREHOUSE-UNREACHABLE', /127\.0\.0\.1:\d+\/\w+ .*ECONNREFUSED/],
      [{ password: 'Zq7LeakMarker' }, 'NJ-WAREHOUSE-REFUSED', new RegExp(address.user)],
      [{ database: 'no_such' }, 'NJ-WAREHOUSE-NO-DATABASE', /no_such/],
      [{ ssl: { rejectUnauthorized: true } }, 'NJ-WAREHOUSE-UNENCRYPTED', /127\.0\.0\.1/],
    ];
    for (const [changes, code, words] of cases) {
      const error = await codeOf(open({ ...address, ...changes }));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, words);
      assert.doesNotMatch(error.message + error.remedy, /LeakMarker/);
    }
  });

  test(`a right that was taken away ends the run and is what check finds, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    const published = await digestsOf(shop);
    const { database, user } = shop.warehouse.address;
    await shop.warehouse.asSuperuser((client) =>
      client.query(`revoke create on database ${database} from ${user}`),
    );
    const error = await failing(shop, [], {});
    assert.equal(error.code, 'NJ-WAREHOUSE-DENIED', error.message);
    assert.match(error.remedy, /nightjar check/);
    assert.deepEqual(await digestsOf(shop), published);
    assert.deepEqual(await leftovers(shop), ['generation_1']);
    const { faults } = await checkWarehouse(shop.environment, await readMarkedShop(), never);
    assert.deepEqual(
      faults.map((fault) => fault.code),
      ['NJ-WAREHOUSE-NOT-PREPARED'],
    );
    assert.match(
      faults[0]?.message ?? '',
      /has no right of its own .* to create schemas in it\. What mends it: grant connect, create on database/,
    );
  });

  test(`a lock of another session's that is never given back ends the run, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    const published = await digestsOf(shop);
    const { host, port } = shop.source;
    const holder = new pg.Client({
      ...{ host, port, user: shop.source.user, password: shop.source.password },
      database: shop.warehouse.address.database,
    });
    await holder.connect();
    const { rows } = await holder.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'nightjar_store' order by 1",
    );
    await holder.query(
      `begin; lock table nightjar_store."${rows[0]?.name ?? ''}" in share update exclusive mode`,
    );
    const error = await failing(shop, [], {});
    await holder.end();
    assert.equal(error.code, 'NJ-WAREHOUSE-LOCKED', error.message);
    assert.match(error.message, /the attachment of dataset customer/);
    assert.deepEqual(await digestsOf(shop), published);
  });
}

test('a login that is no role of the server stops a night before its sources are touched, and an approval before it is written', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  const [first] = shop.environment.consumers;
  assert.ok(first !== undefined);
  const consumers = [
    ...shop.environment.consumers,
    { ...first, name: 'newcomer', logins: ['no_such_login'] },
  ];
  const said: string[] = [];
  const error = await failing(shop, said, { consumers });
  assert.equal(error.code, 'NJ-WAREHOUSE-NOT-PREPARED', error.message);
  assert.match(error.message, /the consumer role "no_such_login" does not exist\. What mends it: do \$\$/);
  assert.ok(!said.some((line) => line.includes('"reading"')), 'its sources were read');
  assert.deepEqual(await leftovers(shop), ['generation_1']);
  await shop.publish('n2');
});

test('a server without lock slots says so', async () => {
  await using server = await startPostgres(18, {
    settings: { max_connections: '20', max_locks_per_transaction: '10' },
  });
  const { host, port, user, password } = server;
  const address = { host, port, user, password, database: 'postgres', ssl: false } as const;
  await using session = await open(address);
  const many = `do $$ begin for n in 1..5000 loop execute format('create table public.t%s ()', n); end loop; end $$`;
  const error = await codeOf(session.query('the build of everything', many));
  assert.equal(error.code, 'NJ-WAREHOUSE-MEMORY', error.message);
  assert.match(error.message, /during the build of everything/);
  // One transaction that takes all that are left, as a consumer's may: nobody can even sign in.
  await session.query('the filling', 'create table public.filling (); begin');
  const savepoint = 'savepoint more; insert into public.filling default values';
  await assert.rejects(async () => {
    for (let index = 0; index < 50_000; index++) await session.query('the filling', savepoint);
  });
  const refused = await codeOf(open(address));
  assert.equal(refused.code, 'NJ-WAREHOUSE-MEMORY', refused.message);
  assert.match(refused.message, /during the sign-in to 127\.0\.0\.1/);
  await session.query('the end', 'rollback');
  await using later = await open(address);
  await later.query('the test', 'select 1');
});
