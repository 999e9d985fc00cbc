import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { compareRawTables } from '../../src/extract/raw-record.ts';
import { connectSource } from '../../src/night/connect-source.ts';
import { startPostgres } from '../harness/postgres.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { failing, lastRun } from './failing-night.ts';
import { digestsOf, leftovers } from './leftovers.ts';

for (const major of [15, 18] as const) {
  test(`a warehouse that crashes between extract and build gives no empty generation, on ${major}`, async () => {
    await using server = await startPostgres(major);
    await using shop = await shopNights(server);
    await shop.publish('n1');
    const published = await digestsOf(shop);
    await shop.mark('n2');
    const victim = await connectToWarehouse(shop);
    const { rows: pids } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
    // What a backend that is killed may have left in shared memory nobody knows: the server starts anew by itself.
    const error = await failing(shop, [], {
      keepRaw: true,
      onEvent: (event) => {
        if (event.kind === 'stage' && event.stage === 'build') process.kill(pids[0]?.pid ?? 0, 'SIGKILL');
      },
    });
    // The build opens connections of its own: one is lost, or another is refused.
    assert.match(error.code, /^NJ-WAREHOUSE-(LOST|UNREACHABLE)$/, error.message);
    await untilBack(shop);
    assert.deepEqual(await digestsOf(shop), published);

    // The raw tables are there, empty, and nothing says so but the record.
    const { rows } = await shop.warehouse.asSuperuser((client) =>
      client.query<{ rows: number }>('select count(*)::int as rows from raw_2.shop_customer'),
    );
    assert.deepEqual(rows, [{ rows: 0 }]);
    {
      await using session = await shop.session();
      await assert.rejects(compareRawTables(session, 2), {
        code: 'NJ-WAREHOUSE-RAW-LOST',
        message: /shop_customer held 20 rows .* holds 0 now/,
      });
    }
    assert.ok((await shop.night()).generation !== undefined);
    assert.ok(!(await leftovers(shop)).some((name) => name.startsWith('raw_')));
  });

  test(`a raw table that lost its rows ends the run before anything is built, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    const published = await digestsOf(shop);
    await shop.mark('n2');
    const stages: string[] = [];
    const error = await failing(shop, [], {
      onEvent: (event) => {
        if (event.kind === 'stage') stages.push(event.stage);
      },
      connect: (declaration) => {
        const source = connectSource(declaration);
        return {
          name: source.name,
          describe: (schema, signal) => source.describe(schema, signal),
          read: async (request) => {
            const read = await source.read(request);
            await shop.warehouse.asSuperuser((client) => client.query('truncate raw_2.shop_order_line'));
            return read;
          },
        };
      },
    });
    assert.equal(error.code, 'NJ-WAREHOUSE-RAW-LOST', error.message);
    assert.match(error.message, /shop_order_line held 60 rows .* holds 0 now/);
    assert.deepEqual(stages, ['prepare', 'extract']);
    assert.deepEqual(await lastRun(shop), ['failed', 'NJ-WAREHOUSE-RAW-LOST']);
    assert.deepEqual(await digestsOf(shop), published);
    assert.deepEqual(await leftovers(shop), ['generation_1']);
  });
}

async function connectToWarehouse(shop: ShopNights): Promise<pg.Client> {
  const { host, port, user, password } = shop.source;
  const { database } = shop.warehouse.address;
  const client = new pg.Client({ host, port, user, password, database });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Waits until the server lets someone in again. */
async function untilBack(shop: ShopNights): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    try {
      const client = await connectToWarehouse(shop);
      await client.end();
      return;
    } catch {
      await sleep(50);
    }
  }
  assert.fail('the server did not come back');
}
