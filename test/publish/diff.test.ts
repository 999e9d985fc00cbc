import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generationDatasets } from '../../src/audit/generation-datasets.ts';
import { diffGenerations, diffKeys } from '../../src/publish/diff.ts';
import { shopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

for (const major of [15, 18] as const) {
  test(`two generations differ by the keys that entered, left and changed, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await shop.inSource(`
      delete from shop.order_line where (order_no, line_no) in ((1, 1), (20, 3));
      insert into shop.order_line values (1, 4, 2, 'n1', 9), (99, 1, null, 'n1', null);
      update shop.order_line set price = null where order_no = 5 and line_no = 2;
      update shop.order_line set price = price + 0.00 where order_no = 6`);
    await shop.night();
    // The same rows once more, in another physical order: to the digest, and so to the diff, they are the same.
    await shop.inSource(`
      create table shop.again as select * from shop.order_line order by line_no desc, order_no;
      delete from shop.order_line; insert into shop.order_line select * from shop.again;
      update shop.customer set age = age where id > 10; drop table shop.again`);
    await shop.night();

    await using session = await shop.session();
    assert.deepEqual(await diffGenerations(session, 1, 2), [
      { dataset: 'customer', entered: 0, left: 0, changed: 0 },
      { dataset: 'purchase', entered: 2, left: 2, changed: 1 },
      { dataset: 'secret', entered: 0, left: 0, changed: 0 },
    ]);
    assert.deepEqual(await Array.fromAsync(diffKeys(session, 'purchase', { from: 1, to: 2 })), [
      { dataset: 'purchase', kind: 'left', key: { line_no: 1, order_no: 1 } },
      { dataset: 'purchase', kind: 'entered', key: { line_no: 1, order_no: 99 } },
      { dataset: 'purchase', kind: 'changed', key: { line_no: 2, order_no: 5 } },
      { dataset: 'purchase', kind: 'left', key: { line_no: 3, order_no: 20 } },
      { dataset: 'purchase', kind: 'entered', key: { line_no: 4, order_no: 1 } },
    ]);
    for await (const first of diffKeys(session, 'purchase', { from: 2, to: 1 })) {
      assert.equal(first.kind, 'entered');
      assert.deepEqual(Object.keys(first.key), ['order_no', 'line_no'], 'in the order of the key');
      break;
    }
    const [second, third] = [await digests(2), await digests(3)];
    assert.deepEqual(third, second);
    assert.notDeepEqual(await digests(1), second);

    // What has equal digests is not looked at: not even where its rows are gone.
    await shop.warehouse.asSuperuser((client) => client.query('truncate generation_3.purchase'));
    assert.deepEqual((await diffGenerations(session, 2, 3))[1], {
      ...{ dataset: 'purchase', entered: 0, left: 0, changed: 0 },
    });

    async function digests(generation: number): Promise<readonly (string | number)[][]> {
      return (await generationDatasets(session, generation)).map(({ name, digest, rows }) => [
        name,
        digest,
        rows,
      ]);
    }
  });
}

test('a dataset that is new, gone or has another key differs by all of its keys', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  const yaml = shopFiles['datasets/secret.yaml'];
  await shop.excuse(['departures:secret'], {
    files: {
      'datasets/secret.sql': 'select s.id as secret_no, s.marker from shop_secret s\n',
      'datasets/secret.yaml': yaml.replaceAll('secret_id', 'secret_no'),
      'datasets/vault.sql': 'select s.id as vault_id from shop_secret s\n',
      'datasets/vault.yaml':
        'description: New.\ngrain: one row for each\nkey: [vault_id]\ncolumns:\n  vault_id: { type: bigint, presence: required, from: shop.secret.id, description: The id. }\n',
    },
    consumers: shop.environment.consumers.filter((consumer) => consumer.name !== 'insider'),
  });
  await using session = await shop.session();
  const keys = async (dataset: string, from: number, to: number): Promise<readonly string[]> =>
    (await Array.fromAsync(diffKeys(session, dataset, { from, to }))).map(
      ({ kind, key }) => `${kind} ${JSON.stringify(key)}`,
    );
  const five = [1, 2, 3, 4, 5];
  assert.deepEqual(await keys('secret', 1, 2), [
    ...five.map((id) => `left {"secret_id":${id}}`),
    ...five.map((id) => `entered {"secret_no":${id}}`),
  ]);
  assert.deepEqual(
    await keys('vault', 1, 2),
    five.map((id) => `entered {"vault_id":${id}}`),
  );
  assert.deepEqual(
    await keys('vault', 2, 1),
    five.map((id) => `left {"vault_id":${id}}`),
  );
});
