import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandPlace, consumersFile, warehouseFile } from '../harness/command-place.ts';
import { testPostgres } from '../harness/servers.ts';
import { insider, reader, shopNights, type ShopNights } from '../harness/shop-nights.ts';

type Consumers = ShopNights['environment']['consumers'];

for (const major of [15, 18] as const) {
  test(`a grant, a new and a removed consumer take effect with the next publication, on ${major}`, async () => {
    const newcomer = { name: 'newcomer', reads: ['customer'] };
    await using shop = await shopNights(await testPostgres(major), [reader, insider, newcomer]);
    const { consumers } = shop.warehouse;
    const before = consumers.filter((one) => one.name !== 'newcomer');
    const after = consumers
      .filter((one) => one.name !== 'insider')
      .map((one) => (one.name === 'reader' ? { ...one, reads: [...one.reads, 'secret'] } : one));
    await shop.publish('n1', { consumers: before });

    await using place = await commandPlace({ test: environmentFile(shop, after) });
    const run = (...args: readonly string[]) =>
      place.run(args, { WAREHOUSE_PASSWORD: shop.warehouse.address.password });
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { code, complaints } = await run('read', ...args);
      assert.equal(code, 1);
      return complaints.split('\n')[0] ?? '';
    };
    const sentence = (what: string): string =>
      `NJ-PUBLISH-NOT-IN-FORCE: The deployment file lets consumer ${what}, and the warehouse does not yet: ` +
      'what is declared takes effect with the next publication.';
    assert.equal(await refused('reader', 'secret'), sentence('"reader" read dataset secret'));
    assert.equal(await refused('newcomer', 'customer'), sentence('"newcomer" read dataset customer'));
    assert.equal(await refused('newcomer'), sentence('"newcomer" read'));
    assert.equal((await run('read', 'reader', 'customer')).code, 0);
    const readers = async (): Promise<readonly string[]> =>
      (await run('status')).lines.flatMap((line) => /^ {2}(\w+) reads generation/.exec(line)?.[1] ?? []);
    assert.deepEqual(await readers(), ['insider', 'reader'], 'until then the one that was removed reads on');

    await shop.publish('n2', { consumers: after });
    for (const args of [['reader', 'secret'], ['newcomer', 'customer'], ['newcomer']])
      assert.equal((await run('read', ...args)).code, 0, args.join(' '));
    assert.deepEqual(await readers(), ['newcomer', 'reader']);
  });
}

function environmentFile(shop: ShopNights, consumers: Consumers): object {
  return {
    pipeline: 'shop',
    time_zone: 'Europe/London',
    connections: {
      shop: { kind: 'postgres', host: 'localhost', user: 'u', password: '${P}', database: 'shop' },
    },
    sources: { shop: { connection: 'shop', schema: 'shop' } },
    warehouse: warehouseFile(shop.warehouse.address),
    schema: 'shop_view',
    consumers: consumersFile(consumers),
  };
}
