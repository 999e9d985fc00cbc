import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectSource } from '../../src/night/connect-source.ts';
import { migrate } from '../../src/warehouse/migrate.ts';
import type { ConnectionDeclaration } from '../../src/pipeline/deployment.ts';
import type { SourceConnection } from '../../src/source/source.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { nightOf } from '../publish/look.ts';
import { leftovers } from './leftovers.ts';

for (const major of [15, 18] as const) {
  test(`a runner that lost its lease takes nothing away from the one that has it, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await shop.mark('n2');
    const first = gate();
    const firstNight = shop.night({ connect: first.connect });
    firstNight.catch(() => undefined);
    await first.reached;
    await endLease(shop);

    const second = gate();
    const secondNight = shop.night({ connect: second.connect });
    await second.reached;
    // The first goes on while the second is at work, fails, and cleans up after itself alone.
    first.open();
    await assert.rejects(firstNight);
    assert.ok((await leftovers(shop)).includes('raw_3'));
    second.open();
    assert.ok((await secondNight).generation !== undefined);
    assert.equal(await nightOf(shop, 'reader'), 2);
    const { rows } = await shop.warehouse.asSuperuser((client) =>
      client.query('select outcome from nightjar.run order by number'),
    );
    assert.deepEqual(rows, [{ outcome: 'published' }, { outcome: 'failed' }, { outcome: 'published' }]);
  });

  test(`several that come to a new warehouse at once prepare it together, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await Promise.all(
      Array.from({ length: 5 }, async () => {
        await using session = await shop.session();
        await migrate(session);
      }),
    );
  });

  test(`settings of the server's or the database's do not reach our sessions, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    const database = shop.warehouse.address.database;
    await shop.warehouse.asSuperuser((client) =>
      client.query(
        Object.entries({
          default_transaction_isolation: 'serializable',
          default_transaction_read_only: 'on',
          idle_session_timeout: '300ms',
          idle_in_transaction_session_timeout: '1ms',
          statement_timeout: '400ms',
          lock_timeout: '1ms',
          session_replication_role: 'replica',
          datestyle: 'German',
          search_path: 'pg_temp',
        })
          .map(([name, value]) => `alter database ${database} set ${name} = '${value}';`)
          .join('\n'),
      ),
    );
    await shop.mark('n1');
    const slow = gate();
    const night = shop.night({ connect: slow.connect });
    await slow.reached;
    await sleep(700);
    slow.open();
    assert.equal((await night).generation, 1);
  });
}

/** A source whose reading waits until the gate is opened. */
function gate(): {
  readonly connect: (declaration: ConnectionDeclaration) => SourceConnection;
  readonly reached: Promise<void>;
  readonly open: () => void;
} {
  const reached = Promise.withResolvers<undefined>();
  const opened = Promise.withResolvers<undefined>();
  return {
    connect: (declaration) => {
      const source = connectSource(declaration);
      return {
        name: source.name,
        describe: (schema, signal) => source.describe(schema, signal),
        read: async (request) => {
          reached.resolve(undefined);
          await opened.promise;
          return source.read(request);
        },
      };
    },
    reached: reached.promise,
    open: () => opened.resolve(undefined),
  };
}

async function endLease(shop: ShopNights): Promise<void> {
  await shop.warehouse.asSuperuser(async (client) => {
    await client.query('select pg_terminate_backend(lease_pid, 5000) from nightjar.fence');
  });
}
