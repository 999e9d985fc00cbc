import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guardNames } from '../../src/pipeline/guards.ts';
import { shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { rollBack } from '../../src/publish/rollback.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type NightOptions } from '../harness/shop-nights.ts';
import {
  customersOfKinds,
  begin,
  judgedNight,
  ofTwoKinds,
  rowsOf,
  withContract,
  type JudgedNight,
} from './judged-shop.ts';

/** Every guard but the one that is looked at lets everything pass. */
function only(guard: string, rows: number): string {
  const settings = guardNames.map((name) =>
    name === guard ? `${name}: { rows: ${rows}, percent: 0 }` : `${name}: { rows: 1000 }`,
  );
  return `guards: { ${settings.join(', ')} }\n`;
}

/** Customers have a kind, by their address; purchases refer to them; the first five have a secret. */
function guarded(guard: string, rows: number): ShopFiles {
  return {
    'datasets/customer.sql': customersOfKinds.sql,
    'datasets/customer.yaml':
      customersOfKinds.yaml +
      only(guard, rows) +
      'coverage: { has_secret: { of: shop_customer, where: id <= 5, by: shop_secret, on: { id: id } } }\n' +
      "faults: { old: { sql: 'exists (select from shop_customer c where c.id = customer.customer_id and c.age > 60)', description: too old, watched: true } }\n",
    'datasets/purchase.yaml': `${shopFiles['datasets/purchase.yaml']}${only(guard, rows)}references: { customer_id: customer }\n`,
  };
}

interface Harm {
  readonly guard: string;
  readonly judgement: string;
  /** Touches as many rows as it is told. */
  readonly harm: (rows: number) => string;
  readonly sentence: string;
  /** How many rows its SQL gives; `undefined` where it has none. */
  readonly listed: number | undefined;
}

const harms: readonly Harm[] = [
  {
    guard: 'nulls',
    judgement: 'nulls:customer.kind',
    harm: (rows) => `update shop.customer set email = null where id <= ${rows}`,
    sentence:
      'customer.kind is absent in 4 of 20 rows; as published it was 0 of 20. That is 4 more than it would be at the published rate; 3 are allowed.',
    listed: 4,
  },
  {
    guard: 'orphans',
    judgement: 'orphans:purchase.customer_id',
    harm: (rows) => `update shop.order_line set customer_id = 99 where order_no = 1;
      update shop.order_line set customer_id = 99 where order_no * 10 + line_no in (select order_no * 10 + line_no from shop.order_line where order_no > 1 order by 1 limit ${rows - 3})`,
    sentence:
      'purchase.customer_id leads to no customer in 4 of 60 rows; as published it was 0 of 60. That is 4 more than it would be at the published rate; 3 are allowed.',
    listed: 4,
  },
  {
    guard: 'codes',
    judgement: 'codes:customer.kind',
    harm: (rows) => `update shop.customer set email = 'new@' where id <= ${rows}`,
    sentence:
      'customer.kind: 4 rows with values never published; 0 rows had values that are there no more; 3 are allowed of each.',
    listed: 4,
  },
  {
    guard: 'distribution',
    judgement: 'distribution:customer.kind',
    harm: (rows) => `update shop.customer set email = 'odd@' where id <= ${2 * rows}`,
    sentence: 'customer.kind: rows with "even" went from 10 to 6, where a loss of 3 is allowed.',
    listed: 4,
  },
  {
    guard: 'coverage',
    judgement: 'coverage:customer.has_secret',
    harm: (rows) => `delete from shop.secret where id <= ${rows}`,
    sentence:
      'shop_customer has no row in shop_secret in 4 of 5 rows; as published it was 0 of 5. That is 4 more than it would be at the published rate; 3 are allowed.',
    listed: 4,
  },
  {
    guard: 'faults',
    judgement: 'faults:customer.old',
    harm: (rows) => `update shop.customer set age = 61 where id <= ${rows}`,
    sentence:
      'customer has the fault "too old" in 4 of 20 rows; as published it was 0 of 20. That is 4 more than it would be at the published rate; 3 are allowed.',
    listed: 4,
  },
  {
    guard: 'parents',
    judgement: 'parents:purchase.customer_id',
    harm: (rows) =>
      rows === 3
        ? 'delete from shop.customer where id = 2'
        : 'delete from shop.customer where id in (2, 3); delete from shop.order_line where customer_id = 3 and order_no <> 1 and order_no <> 7',
    sentence:
      'purchase: 4 rows refer by customer_id to a key of customer that leaves tonight; 3 are allowed.',
    listed: 4,
  },
  {
    guard: 'rekeyed',
    judgement: 'rekeyed:customer',
    harm: (rows) => `update shop.customer set id = id + 100 where id > ${20 - rows}`,
    sentence:
      'customer was re-keyed: 4 rows left and entered again with equal content under another key (customer_id); 3 are allowed.',
    listed: 4,
  },
];

for (const major of [15, 18] as const) {
  for (const { guard, judgement, harm, sentence, listed } of harms) {
    test(`the guard ${guard} passes what may be, holds what is more, says which rows, and goes by what is published, on ${major}`, async () => {
      await using shop = await shopNights(await testPostgres(major));
      const files = guarded(guard, 3);
      await begin(shop, files);
      const night = (options: NightOptions = {}): Promise<JudgedNight> =>
        judgedNight(shop, { files, asOf: '2026-11-21', ...options });
      await shop.inSource(harm(3));
      assert.deepEqual((await night({ dryRun: true })).failed, []);
      await shop.renew('n1');
      await shop.inSource(ofTwoKinds);
      await shop.inSource(harm(4));
      const held = await night();
      assert.deepEqual(held.failed, [judgement]);
      assert.equal(held.of(judgement).sentence, sentence);
      const { sql } = held.of(judgement);
      assert.equal(sql === null ? undefined : await rowsOf(shop, sql), listed);
      // Approved, it is the baseline.
      await shop.approve([judgement], { files });
      assert.deepEqual((await night()).failed, []);
    });
  }
}

test('rows without a value that become fewer are told of in a sentence', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = guarded('distribution', 3);
  await shop.mark('n1');
  await shop.inSource('update shop.customer set email = null where id <= 8');
  await shop.night({ files });
  await shop.inSource("update shop.customer set email = 'n1@' where id <= 8");
  const judged = await judgedNight(shop, { files, asOf: '2026-11-21' });
  assert.equal(
    judged.of('distribution:customer.kind').sentence,
    'customer.kind: rows without a value went from 8 to 0, where a loss of 3 is allowed.',
  );
});

test('after a rollback the baseline is what was gone back to', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = guarded('nulls', 3);
  await begin(shop, files);
  await shop.inSource('update shop.customer set email = null where id <= 8');
  const generation = await shop.excuse(['nulls:customer.kind'], { files, asOf: '2026-11-21' });
  await using session = await shop.session();
  await rollBack(session, { from: generation, to: 1, hold: undefined });
  const judged = await judgedNight(shop, { files, asOf: '2026-11-21' });
  assert.deepEqual(judged.failed, ['nulls:customer.kind']);
});

test('what a contract asks for since the published night is measured in what is published, as far as it is there', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  await shop.inSource("update shop.customer set email = case when id % 2 = 0 then 'even@' else 'odd@' end");
  const before = guarded('orphans', 3);
  await shop.night({
    files: { ...before, 'datasets/purchase.yaml': shopFiles['datasets/purchase.yaml'] },
  });
  await shop.inSource('update shop.order_line set customer_id = 99 where order_no <= 2');
  const judged = await judgedNight(shop, { files: before, asOf: '2026-11-21' });
  assert.deepEqual(judged.failed, ['orphans:purchase.customer_id']);
  assert.match(judged.of('orphans:purchase.customer_id').sentence, /as published it was 0 of 60/);
});

test('what cannot be measured has not passed, whatever the guards would have said', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await begin(shop, guarded('none', 0));
  const files = {
    'datasets/customer.yaml': `${shopFiles['datasets/customer.yaml']}faults: { odd: { sql: 1 / (age - 31) > 5, description: odd, watched: true } }\n`,
  };
  const held = await judgedNight(shop, { files, asOf: '2026-11-21' });
  // Each guard that would have compared them is excused by its own name.
  assert.deepEqual(held.failed, ['measures:customer', 'faults:customer']);
  assert.match(
    held.of('measures:customer').sentence,
    /^customer: the guard measures could not be read, and so has not passed\. .*SQLSTATE 22012/,
  );
});

test('one measure that cannot be read fails every guard that the contract gives something to compare', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = {
    'datasets/purchase.yaml': `${shopFiles['datasets/purchase.yaml']}references: { customer_id: customer }
coded: [marker]
coverage: { paid: { of: shop_order_line, where: 1 / price > -1, by: shop_customer, on: { customer_id: id } } }
`,
  };
  await shop.publish('n1', { files });
  await shop.inSource(
    'update shop.order_line set price = 0 where order_no = 1; update shop.order_line set customer_id = 99',
  );
  const held = await judgedNight(shop, { files, asOf: '2026-11-21' });
  assert.deepEqual(held.failed, [
    'measures:purchase',
    'orphans:purchase',
    'codes:purchase',
    'coverage:purchase',
  ]);
  assert.equal(
    held.of('orphans:purchase').sentence,
    'purchase: the guard orphans could not be judged, since its measures could not be read; and so it has not passed.',
  );
});

test('a column with more values than a coded one has is none', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = guarded('codes', 3);
  await begin(shop, files);
  await shop.inSource(
    "insert into shop.customer select i, 'n', i || '@', 30 from generate_series(1000, 2000) i",
  );
  const judged = await judgedNight(shop, { files, asOf: '2026-11-21' });
  assert.ok(judged.failed.includes('codes:customer.kind'));
  assert.equal(
    judged.of('codes:customer.kind').sentence,
    'customer.kind has more than 1,000 values: that is no coded column.',
  );
});

test('of coded values those rows are shown of which there are more: never published, or there no more', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = guarded('codes', 3);
  await begin(shop, files);
  await shop.inSource(
    "update shop.customer set email = null where id % 2 = 0; update shop.customer set email = 'new@' where id = 2",
  );
  const told = (await judgedNight(shop, { files })).of('codes:customer.kind');
  assert.match(told.sentence, /1 row with values never published; 10 rows had values that are there no more/);
  assert.equal(await rowsOf(shop, told.sql ?? ''), 10);
});

test('what was re-keyed with evidence of its departure is not counted, and nothing else is said', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = withContract(
    'customer',
    'departures: { evidence: { logged: { sql: "true", reason: a log says so } } }\n',
  );
  await begin(shop, files);
  await shop.inSource('update shop.customer set id = id + 100');
  assert.equal(
    (await judgedNight(shop, { files })).of('rekeyed:customer').sentence,
    'customer: too few left without an explanation to have been re-keyed; 10 are allowed.',
  );
});
