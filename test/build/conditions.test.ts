import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveDatasets } from '../../src/build/prove.ts';
import { readMarkedShop, shopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

const takes = 'there is no function or operator of this name that takes these types';

for (const major of [15, 18] as const) {
  test(`the server itself takes the conditions of a contract, or they are refused before the night, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await using session = await shop.session();
    const contract = (more: string): Promise<{ code: string; message: string }[]> =>
      readMarkedShop({ 'datasets/customer.yaml': `${shopFiles['datasets/customer.yaml']}${more}` })
        .then((pipeline) => proveDatasets(session, pipeline))
        .then(({ faults }) => faults.map(({ code, message }) => ({ code, message })));
    assert.deepEqual(
      await contract(
        'departures: { in_source: "exists (select from shop_customer c where c.id = departed.customer_id)" }\n',
      ),
      [],
    );
    assert.deepEqual(
      await contract('departures: { evidence: { odd: { sql: "age ~ 3", reason: it is odd } } }\n'),
      [
        {
          code: 'NJ-CONTRACT-CONDITION',
          message: `The warehouse's server refuses departures.evidence.odd in the contract of dataset customer at "~": ${takes} (SQLSTATE 42883).`,
        },
      ],
    );
  });
}
