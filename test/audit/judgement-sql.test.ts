import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guardNames } from '../../src/pipeline/guards.ts';
import { heldCandidate, judgementsOf } from '../../src/publish/held-candidate.ts';
import { shopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { customersOfKinds, judgedNight, rowsOf } from './judged-shop.ts';

const strict = `guards: { ${guardNames.map((name) => `${name}: { rows: 0, percent: 0 }`).join(', ')} }\n`;
const later = "as_of() > date '2000-01-01'";

/** Every guard lets nothing pass, and what a contract says is said in our functions. */
const files = {
  'datasets/customer.sql': customersOfKinds.sql,
  'datasets/customer.yaml':
    customersOfKinds.yaml +
    strict +
    `coverage: { has_secret: { of: shop_customer, where: "id <= 5 and ${later}", by: shop_secret, on: { id: id } } }\n` +
    `faults: { old: { sql: "age > 60 and ${later}", description: too old, watched: true } }\n`,
  'datasets/purchase.yaml': `${shopFiles['datasets/purchase.yaml']}${strict}references: { customer_id: customer }\n`,
  'datasets/secret.yaml': `${shopFiles['datasets/secret.yaml']}driving: shop_secret\n`,
  'datasets/visit.sql': 'select s.id as visit_id from shop_secret s\n',
  'datasets/visit.yaml': `description: Who came.
grain: one row for each visit
key: [visit_id]
columns:
  visit_id: { type: bigint, presence: required, from: shop.secret.id, description: The id. }
`,
};

test('the SQL of every judgement shows whoever pastes it as many rows as the judgement counts', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  await shop.inSource("update shop.customer set email = case when id % 2 = 0 then 'even@' else 'odd@' end");
  for (let night = 0; night < 3; night++) await shop.night({ files });
  // 17 comes again under another key, and 19 does not.
  await shop.inSource(`delete from shop.secret; delete from shop.customer where id = 19;
    update shop.customer set id = 117 where id = 17;
    update shop.customer set email = null where id = 1;
    update shop.customer set email = 'new@' where id in (2, 4, 6);
    update shop.customer set age = 3 where id = 8;
    update shop.customer set age = 61 where id = 10`);
  await judgedNight(shop, { files: { ...files, 'datasets/visit.sql': null, 'datasets/visit.yaml': null } });
  await using session = await shop.session();
  const held = await heldCandidate(session);
  const judgements = (await judgementsOf(session, held?.generation ?? 0)).filter(({ sql }) => sql !== null);
  const shown: Record<string, number> = {};
  for (const { name, sql } of judgements) shown[name] = await rowsOf(shop, sql ?? '');
  const counted = judgements.map(({ name, guard, found }) => [name, guard === 'pace' ? 4 : found]);
  assert.deepEqual(shown, Object.fromEntries(counted));
  assert.deepEqual(
    [...new Set(judgements.map(({ guard }) => guard))].toSorted(),
    ['gone', 'empty', ...guardNames].toSorted(),
  );
});
