import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandPlace, consumersFile, warehouseFile } from '../harness/command-place.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { testWarehouse } from '../harness/warehouse.ts';

test('status says what is amiss with one environment in its place, and shows the others', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await using unused = await testWarehouse(await testPostgres(18), [{ name: 'reader', reads: ['customer'] }]);
  const environment = (warehouse: object) => ({
    pipeline: 'shop',
    time_zone: 'Europe/London',
    connections: {
      shop: { kind: 'postgres', host: 'localhost', user: 'u', password: '${P}', database: 'shop' },
    },
    sources: { shop: { connection: 'shop', schema: 'shop' } },
    warehouse,
    schema: 'shop_view',
    consumers: consumersFile(shop.warehouse.consumers),
  });
  const { address } = shop.warehouse;
  await using place = await commandPlace({
    fresh: environment({ ...warehouseFile(unused.address), password: '${UNUSED_PASSWORD}' }),
    gone: environment(warehouseFile({ ...address, port: 1 })),
    test: environment(warehouseFile(address)),
  });
  const variables = { WAREHOUSE_PASSWORD: address.password, UNUSED_PASSWORD: unused.address.password };
  const { code, lines, complaints } = await place.run(['status'], variables);
  assert.equal(code, 1);
  assert.deepEqual(lines.slice(0, 5), ['fresh', '', 'gone', '', 'test']);
  assert.match(lines.join('\n'), /reader reads generation 1 of night 2026-11-20/);
  assert.deepEqual(complaints.trimEnd().split('\n'), [
    'NJ-WAREHOUSE-NO-RUN: No run has been in the warehouse of "fresh" yet, so that there is nothing to show: no consumer has anything.',
    '  → Start the first with "nightjar run"; "nightjar check" says before whether it can succeed.',
    `NJ-WAREHOUSE-UNREACHABLE: The warehouse at 127.0.0.1:1/${address.database} cannot be reached (ECONNREFUSED).`,
    '  → Check the address, the route and that the server is up; then run again. What is published stays as it is.',
  ]);

  const told = await place.run(['status', '--json'], variables);
  assert.equal(told.code, 1);
  assert.deepEqual(
    told.lines.map((line): unknown => JSON.parse(line)).map((value) => named(value)),
    [
      ['fresh', 'NJ-WAREHOUSE-NO-RUN'],
      ['gone', 'NJ-WAREHOUSE-UNREACHABLE'],
      ['test', undefined],
    ],
  );
  assert.equal((await place.run(['status', '-e', 'test'], variables)).code, 0);
});

test('status says before the first publication that it needs --first', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  await shop.night({ dryRun: true });
  const { address, consumers } = shop.warehouse;
  await using place = await commandPlace({
    test: {
      pipeline: 'shop',
      time_zone: 'Europe/London',
      connections: {
        shop: { kind: 'postgres', host: 'localhost', user: 'u', password: '${P}', database: 'shop' },
      },
      sources: { shop: { connection: 'shop', schema: 'shop' } },
      warehouse: warehouseFile(address),
      schema: 'shop_view',
      consumers: consumersFile(consumers),
    },
  });
  const { output } = await place.run(['status'], { WAREHOUSE_PASSWORD: address.password });
  assert.match(output, /Next: whoever starts a run with --first publishes the first generation;/);
  assert.match(output, /You may: nightjar run -e test --first\./);
  await assert.rejects(shop.night({ first: false }), { code: 'NJ-GUARD-HELD' });
  const held = await place.run(['hold'], { WAREHOUSE_PASSWORD: address.password });
  assert.match(held.output, /is held\. It was judged at \S+Z, when nothing had been published\.\n/);
});

function named(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null || !('environment' in value)) return [];
  return [value.environment, 'error' in value ? value.error : undefined];
}
