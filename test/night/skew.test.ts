import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectSource } from '../../src/night/connect-source.ts';
import type { NightOptions } from '../harness/shop-nights.ts';
import { mariadbShop } from '../harness/mariadb-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { failing, lastRun } from './failing-night.ts';
import { digestsOf, leftovers } from './leftovers.ts';

test('snapshots that lie further apart than the file allows end the run', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using maria = await mariadbShop();
  await maria.renew('n1');
  const files = { 'sources/other.yaml': 'tables:\n  secret: { columns: { id: bigint } }\n' };
  const { connections, sources } = shop.environment;
  const others = maria.environment();
  const environment = {
    connections: [...connections, ...others.connections],
    sources: [
      ...sources,
      { ...others.sources[0], source: 'other', connection: 'maria', schema: maria.database.database },
    ],
  };
  await shop.mark('n1');
  await shop.night({ files, environment });
  const published = await digestsOf(shop);
  const first = Promise.withResolvers<undefined>();
  // MariaDB is read once PostgreSQL has been: one instant is later than the other.
  const connect: NightOptions['connect'] = (declaration) => {
    const source = connectSource(declaration);
    return {
      name: source.name,
      describe: (schema, signal) => source.describe(schema, signal),
      read: async (request) => {
        if (declaration.kind === 'mysql') await first.promise;
        const read = await source.read(request);
        first.resolve(undefined);
        return read;
      },
    };
  };
  const error = await failing(shop, [], { files, connect, environment: { ...environment, skewLimit: 0 } });
  assert.equal(error.code, 'NJ-SOURCE-SKEW', error.message);
  assert.deepEqual(await lastRun(shop), ['failed', 'NJ-SOURCE-SKEW']);
  assert.deepEqual(await digestsOf(shop), published);
  assert.deepEqual(await leftovers(shop), ['generation_1']);
});
