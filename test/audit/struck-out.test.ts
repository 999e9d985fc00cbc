import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approveHeld } from '../../src/night/decide-held.ts';
import { mariadbShop, type MariadbShop } from '../harness/mariadb-shop.ts';
import { altered, readMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { strikeOutOf } from '../harness/strike-out.ts';
import { judgedNight, withContract } from './judged-shop.ts';

/** The keys of customers that stand in a list, of the latest generation or of all. */
async function named(shop: ShopNights, list: string, of: 'latest' | 'all' = 'latest'): Promise<unknown[]> {
  await using session = await shop.session();
  const rows = await session.query<{ key: unknown }>(
    'the list',
    `select distinct key from nightjar.${list} where dataset = 'customer'
      ${of === 'latest' ? 'and generation = (select max(number) from nightjar.generation)' : ''} order by key`,
  );
  return rows.map(({ key }) => key);
}

const six = [{ customer_id: 6 }];

for (const major of [15, 18] as const) {
  test(`what is struck out goes from every list and from the statistics, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    const files = withContract(
      'customer',
      'faults: { young: { sql: age < 37, description: Younger than 37. } }\n',
    );
    await shop.mark('n1');
    await shop.inSource("update shop.customer set email = id || 'x@example.invalid'");
    await shop.night({ files });
    await shop.inSource('update shop.customer set age = 3 where id in (5, 6)');
    await shop.night({ files });
    await shop.inSource('delete from shop.customer where id in (5, 6)');
    await shop.night({ files });
    const lists = ['held_row', 'departure', 'data_fault'];
    for (const list of lists) assert.ok((await named(shop, list, 'all')).length >= 2, list);
    await using session = await shop.session();
    const count = async (during: string, sql: string): Promise<number> =>
      (await session.one<{ rows: number }>(during, `select count(*) as rows from ${sql}`)).rows;
    const sampled = (id: number): Promise<number> =>
      count('the samples', `nightjar.judgement where 'customer_id ${id}' = any(sample)`);
    // By hand, as the nightly maintenance of a server may.
    await session.query('the statistics of the store', 'analyze nightjar_store.customer');
    // As the superuser: pg_stats hides from everybody else what a policy of rows is about.
    const inStatistics = (id: number): Promise<number> =>
      shop.warehouse.asSuperuser(async (client) => {
        const { rows } = await client.query(
          `select from pg_stats where concat(histogram_bounds, most_common_vals) ~ '[^0-9]${id}x@'`,
        );
        return rows.length;
      });
    assert.equal(await sampled(5), 2);
    // Those of generations 1 and 2, and of the store.
    assert.equal(await inStatistics(5), 3);

    assert.deepEqual(await strikeOutOf(shop, 'customer', { customer_id: 5 }), [1, 2]);
    for (const list of lists)
      assert.ok(!JSON.stringify(await named(shop, list, 'all')).includes(':5}'), list);
    assert.deepEqual(await named(shop, 'held_row', 'all'), six);
    assert.deepEqual([await sampled(5), await sampled(6)], [0, 2]);
    assert.equal(await inStatistics(5), 0);
    assert.equal(await inStatistics(6), 3);
  });
}

test('a struck-out row that does not fit its type is no held row, and is named nowhere', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await strikeOutOf(shop, 'customer', { customer_id: 5 });
  await shop.inSource("update shop.customer set email = repeat('x', 61) where id in (5, 6)");
  const judged = await judgedNight(shop);
  assert.deepEqual(judged.failed, []);
  assert.deepEqual(judged.of('held_rows:customer').sample, ['customer_id 6']);
  assert.deepEqual(await named(shop, 'held_row'), six);
  assert.deepEqual(await named(shop, 'data_fault'), six);
});

const repairable = {
  ...altered('datasets/customer.yaml', 'shop_customer.email: 0', 'shop_customer.email: 99'),
};

/** In which two customers have an address with a byte that PostgreSQL does not take. */
async function mariadbWith(sql: string): Promise<MariadbShop> {
  const maria = await mariadbShop();
  await maria.renew('n1');
  await maria.inSource(`update customer set email = concat('a', char(0), 'b') where id in (5, 6); ${sql}`);
  return maria;
}

test('a struck-out row that was repaired or could not be read is named nowhere', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using maria = await mariadbWith('');
  const options = { environment: maria.environment(), files: repairable };
  await shop.night(options);
  assert.deepEqual(await named(shop, 'data_fault'), [{ customer_id: 5 }, ...six]);
  await strikeOutOf(shop, 'customer', { customer_id: 5 });
  assert.deepEqual(await named(shop, 'data_fault'), six);
  await shop.night(options);
  assert.deepEqual(await named(shop, 'data_fault'), six);
  await maria.inSource(
    'alter table customer modify age bigint unsigned; update customer set age = 18446744073709551615 where id in (5, 6)',
  );
  const judged = await judgedNight(shop, options);
  assert.deepEqual(judged.failed, []);
  assert.deepEqual(judged.of('held_rows:customer').sample, ['customer_id 6']);
  assert.deepEqual(await named(shop, 'held_row'), six);
  assert.deepEqual(await named(shop, 'data_fault'), six);
});

test('what is struck out while a candidate is held is not named when that is approved', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using maria = await mariadbWith('');
  const yaml = `${repairable['datasets/customer.yaml']}guards: { departures: { rows: 0, percent: 0 } }\n`;
  const files = { 'datasets/customer.yaml': yaml };
  const options = { environment: maria.environment(), files };
  await shop.night(options);
  await maria.inSource('delete from customer where id = 20');
  const judgement = 'departures:customer';
  assert.deepEqual((await judgedNight(shop, options)).failed, [judgement]);
  await strikeOutOf(shop, 'customer', { customer_id: 5 });
  await using session = await shop.session();
  const environment = { ...shop.environment, ...options.environment };
  const { open } = await approveHeld({
    ...{ session, environment, pipeline: await readMarkedShop(files), release: 'test', names: [judgement] },
    ...{ reason: 'a test', person: 'tester', signal: new AbortController().signal },
  });
  assert.deepEqual(open, []);
  assert.deepEqual(await named(shop, 'data_fault'), six);
});
