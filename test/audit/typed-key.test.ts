import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedKey } from '../../src/audit/typed-key.ts';
import { parseContractType } from '../../src/pipeline/parse-contract-type.ts';
import type { Dataset } from '../../src/pipeline/pipeline.ts';
import { readMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

/** Customers, with a key of another type. */
async function keyedBy(typeText: string): Promise<Dataset> {
  const { datasets } = await readMarkedShop();
  const dataset = datasets.find(({ name }) => name === 'customer');
  const type = parseContractType(typeText);
  assert.ok(dataset !== undefined && type !== undefined);
  const { contract } = dataset;
  const columns = contract.columns.map((one) => (one.name === 'customer_id' ? { ...one, type } : one));
  return { ...dataset, contract: { ...contract, columns } };
}

for (const major of [15, 18] as const) {
  test(`a typed key is what was typed, or wrong use: never that of another row, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await using session = await shop.session();
    const taken: readonly (readonly [string, string, unknown])[] = [
      ['varchar(2)', '12', '12'],
      ['text', '12345 ', '12345 '],
      ['numeric(4,1)', '17.5', 17.5],
      ['numeric(4,1)', '17.50', 17.5],
      ['timestamp(0)', '2026-11-20 01:02:03', '2026-11-20T01:02:03'],
      ['date', '2026-11-20', '2026-11-20'],
      ['bigint', '17', 17],
      ['bigint', '9007199254740993', '9007199254740993'],
    ];
    for (const [type, word, value] of taken)
      assert.deepEqual(await typedKey(session, await keyedBy(type), [word]), { customer_id: value }, type);
    const refused: readonly (readonly [string, string])[] = [
      ['varchar(2)', '12345'],
      ['varchar(2)', '12 '],
      ['numeric(4,1)', '17.54'],
      ['numeric(4,1)', '12345'],
      ['timestamp(0)', '2026-11-20 01:02:03.4'],
      ['date', '2026-11-20 12:00'],
      ['smallint', '70000'],
      ['bigint', '1.5'],
    ];
    for (const [type, word] of refused)
      await assert.rejects(typedKey(session, await keyedBy(type), [word]), {
        code: 'NJ-USE-VALUE',
        message: `key must be a value of its type: customer_id (${type}), and is "${word}".`,
      });
  });
}
