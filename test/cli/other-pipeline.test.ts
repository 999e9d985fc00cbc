import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandPlace, consumersFile, warehouseFile } from '../harness/command-place.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

test("a fault in another environment's pipeline keeps nobody from looking, or from going back", async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await shop.publish('n2');
  const { address, consumers } = shop.warehouse;
  const environment = (pipeline: string, database: string) => ({
    pipeline,
    time_zone: 'Europe/London',
    connections: {
      shop: { kind: 'postgres', host: 'localhost', user: 'u', password: '${P}', database: 'shop' },
    },
    sources: { shop: { connection: 'shop', schema: 'shop' } },
    warehouse: warehouseFile({ ...address, database }),
    schema: 'shop_view',
    consumers: consumersFile(consumers),
  });
  await using place = await commandPlace({
    broken: environment('broken', 'elsewhere'),
    test: environment('shop', address.database),
  });
  await mkdir(join(place.path, 'broken'));
  await writeFile(join(place.path, 'broken', 'datasets'), 'not a folder');
  const run = (...args: readonly string[]) => place.run(args, { WAREHOUSE_PASSWORD: address.password });

  const dry = await run('generations', 'rollback', '1', '--dry-run', '-e', 'test');
  assert.equal(dry.code, 0, dry.output);
  for (const args of [['status'], ['read', 'reader'], ['generations'], ['data-map']]) {
    const { code, output } = await run(...args, '-e', 'test');
    assert.equal(code, 0, output);
  }
  const all = await run('status');
  assert.equal(all.code, 3);
  assert.match(all.lines.join('\n'), /^broken\n\ntest\n {2}insider reads generation 2/);
  assert.match(all.complaints, /broken\/datasets:1:1: NJ-CONFIG-FILE-UNEXPECTED/);
  // Its own files it does need, and check looks at all.
  for (const args of [
    ['generations', '-e', 'broken'],
    ['check', '-e', 'test', '--files-only'],
  ])
    assert.equal((await run(...args)).code, 3, args.join(' '));
  const unknown = await run('generations', '-e', 'tset');
  assert.match(unknown.complaints, /NJ-USE-ENVIRONMENT: There is no environment "tset".*Did you mean test/);
});
