import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { customersRead, judgedNight, rowsOf, withContract } from './judged-shop.ts';

const tight = 'guards: { departures: { rows: 2, percent: 0 } }\n';
const all = Array.from({ length: 20 }, (_, index) => index + 1);
const name = 'departures:customer';

for (const major of [15, 18] as const) {
  test(`keys that leave without an explanation hold the candidate, and keys are compared as sets, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    const files = withContract('customer', tight);
    await shop.publish('n1', { files });
    await shop.inSource('delete from shop.customer where id in (4, 7)');
    const passes = await judgedNight(shop, { files });
    assert.deepEqual(passes.failed, []);
    assert.equal(passes.of(name).verdict, 'noted');
    assert.deepEqual(passes.of(name).sample, ['customer_id 4', 'customer_id 7']);
    const read = await customersRead(shop);

    // Ten out, ten others in: the count is the same.
    await shop.inSource('update shop.customer set id = id + 100 where id > 10');
    const held = await judgedNight(shop, { files });
    assert.deepEqual(held.failed, [name]);
    assert.equal(held.of(name).found, 10);
    assert.equal(held.of(name).allowed, 2);
    assert.equal(
      held.of(name).sentence,
      'customer: of 18 keys published, 10 left without an explanation; 2 are allowed.',
    );
    assert.deepEqual(held.of(name).sample.slice(0, 2), ['customer_id 11', 'customer_id 12']);
    assert.deepEqual(await customersRead(shop), read);
    await using session = await shop.session();
    const listed = await session.query('the SQL of the judgement', held.of(name).sql ?? '');
    assert.equal(listed.length, 10);
  });
}

/** Customers leave the dataset when they are too old, by one year a night. */
const aged =
  "select c.id as customer_id, c.marker, c.email, c.age from shop_customer c where c.age < 48 - (select as_of() - date '2026-11-20') * 4 and c.email like 'n1%'\n";
const agedContract = `${tight}departures:
  foretold:
    grew_too_old:
      sql: age >= 48 - (as_of() - date '2026-11-20') * 4
      reason: they grew too old
  in_source: exists (select from shop_customer c where c.id = departed.customer_id)
`;

test('what the published rows foretold passes in any number; the same rule over what changed does not', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = { ...withContract('customer', agedContract.replace('driving', 'driving'), aged) };
  const yaml = files['datasets/customer.yaml']?.replace('driving: shop_customer\n', '') ?? '';
  const options = { files: { ...files, 'datasets/customer.yaml': yaml } };
  await shop.publish('n1', options);
  assert.equal((await customersRead(shop)).length, 17);
  const wave = await judgedNight(shop, options);
  assert.deepEqual(wave.failed, []);
  assert.equal(
    wave.of(name).sentence,
    'customer: of 17 keys published, 0 left without an explanation; 2 are allowed. With one: 4 (they grew too old).',
  );
  // A change of letter case: excluded by the rule, and by nothing that could be known the day before.
  await shop.inSource('update shop.customer set email = upper(email) where id <= 8');
  const held = await judgedNight(shop, options);
  assert.deepEqual(held.failed, [name]);
  assert.equal(
    held.of(name).sentence,
    'customer: of 13 keys published, 8 left without an explanation; 2 are allowed. ' +
      'All of these are still in the source: a rule leaves them out. With one: 4 (they grew too old).',
  );
  await using session = await shop.session();
  const counts = await session.query<{ reason: string | null; keys: number }>(
    'the departures',
    `select reason, count(*)::int as keys from nightjar.departure
      where generation = (select max(number) from nightjar.generation) group by 1 order by 1`,
  );
  assert.deepEqual(counts, [
    { reason: 'they grew too old', keys: 4 },
    { reason: null, keys: 8 },
  ]);
});

test('a deletion that left a trace in the source explains a departure', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = withContract(
    'customer',
    `${tight}departures:
  evidence:
    in_the_log: { sql: "exists (select from shop_secret s where s.id = departed.customer_id)", reason: it stands in the log }
`,
  );
  await shop.publish('n1', { files });
  await shop.inSource('delete from shop.customer where id <= 7');
  const judged = await judgedNight(shop, { files });
  assert.deepEqual(judged.failed, []);
  assert.equal(
    judged.of(name).sentence,
    'customer: of 20 keys published, 2 left without an explanation; 2 are allowed. With one: 5 (it stands in the log).',
  );
});

test('a new key is judged by the former one, as far as the contract says how that follows', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const rekeyed = (more: string): Record<string, string> => {
    const { 'datasets/customer.yaml': yaml = '' } = withContract('customer', tight + more);
    return {
      'datasets/customer.sql':
        "select 'c' || c.id as customer_code, c.marker, c.email, c.age from shop_customer c\n",
      'datasets/customer.yaml':
        yaml
          ?.replace('key: [customer_id]', 'key: [customer_code]')
          .replace('customer_id: { type: bigint', 'customer_code: { type: text') ?? '',
      'datasets/purchase.sql':
        'select l.order_no, l.line_no, l.customer_id, l.marker, l.marker as customer_marker, l.price from shop_order_line l\n',
    };
  };
  await shop.publish('n1');
  const silent = await judgedNight(shop, { files: rekeyed('') });
  assert.deepEqual(silent.failed, [name]);
  assert.match(silent.of(name).sentence, /key of customer is now customer_code and was customer_id/);
  const files = rekeyed('key_was: { customer_id: "strict_bigint(substr(customer.customer_code, 2))" }\n');
  await shop.inSource('update shop.customer set id = id + 100 where id > 15');
  const judged = await judgedNight(shop, { files });
  assert.deepEqual(judged.failed, [name]);
  assert.equal(judged.of(name).found, 5);
  await shop.inSource('update shop.customer set id = id - 100 where id > 100');
  assert.deepEqual((await judgedNight(shop, { files })).failed, []);
});

test('rows under other keys are counted as such also on the night on which the key itself is another', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  // The name of the former key is one of the published table too.
  const { 'datasets/customer.yaml': yaml = '' } = withContract(
    'customer',
    'key_was: { customer_id: customer_id }\nguards: { departures: { rows: 99 }, rekeyed: { rows: 2, percent: 0 } }\n',
  );
  const files = {
    'datasets/customer.yaml': yaml?.replace('key: [customer_id]', 'key: [customer_id, marker]') ?? '',
  };
  await shop.inSource('update shop.customer set id = id + 100 where id > 15');
  const judged = await judgedNight(shop, { files });
  assert.deepEqual(judged.failed, ['rekeyed:customer']);
  assert.equal(judged.of('rekeyed:customer').found, 5);
});

test('a former key that several rows give hides who else left: the guard has failed', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  const { 'datasets/customer.yaml': yaml = '' } = withContract('customer', 'key_was: { customer_id: KEY }\n');
  const rekeyed = (key: string): Record<string, string> => ({
    'datasets/customer.sql': 'select c.id as person_id, c.marker, c.email, c.age from shop_customer c\n',
    'datasets/customer.yaml':
      yaml
        ?.replaceAll('customer_id:', 'person_id:')
        .replace('[customer_id]', '[person_id]')
        .replace('{ person_id: KEY }', `{ customer_id: ${key} }`) ?? '',
    'datasets/purchase.sql':
      'select l.order_no, l.line_no, l.customer_id, l.marker, l.marker as customer_marker, l.price from shop_order_line l\n',
  });
  await shop.inSource('delete from shop.customer where id <= 16 and id % 2 = 0');
  // Each of those that left is taken for the one after it, and only the others are missed.
  const held = await judgedNight(shop, { files: rekeyed('strict_bigint((person_id / 2 * 2)::text)') });
  assert.deepEqual(held.failed, [name]);
  assert.equal(
    held.of(name).sentence,
    'customer: of 20 keys published, 10 left without an explanation; 10 are allowed. ' +
      '1 former key follows from more than one row (key_was), such as customer_id 18: what else left cannot be told.',
  );
  assert.equal(await rowsOf(shop, held.of(name).sql ?? ''), 1);
  // A row from which no former key follows is a new one, however many there are.
  const told = await judgedNight(shop, { files: rekeyed('case when person_id < 19 then person_id end') });
  assert.deepEqual(told.failed, []);
  assert.equal(told.of(name).found, 10);
});

test('after days without a publication the limits grow by rule, and the guards say so', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = withContract('customer', tight);
  await shop.publish('n1', { files });
  await shop.inSource('delete from shop.customer where id <= 6');
  assert.deepEqual((await judgedNight(shop, { files, asOf: '2026-11-21' })).failed, [name]);
  const later = await judgedNight(shop, { files, asOf: '2026-11-23' });
  assert.deepEqual(later.failed, []);
  assert.equal(later.of(name).allowed, 6);
  assert.equal(
    later.of('gap').sentence,
    'What is published is of night 2026-11-20, 3 days before: every guard lets pass 3 times as many rows, and by that no more than half of them.',
  );
});

test('a loss that lasts passes on no night, however long nothing is published', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = withContract('purchase', 'distribution: [marker]\n');
  await shop.mark('n1');
  await shop.inSource(
    "insert into shop.order_line select 100 + i, 1, 1, 'office', 1 from generate_series(1, 100) i",
  );
  await shop.night({ files });
  await shop.inSource("update shop.order_line set marker = 'n1' where order_no > 149");
  const judged = await judgedNight(shop, { files, asOf: '2026-12-20' });
  assert.deepEqual(judged.failed, ['distribution:purchase.marker']);
  assert.equal(
    judged.of('distribution:purchase.marker').sentence,
    'purchase.marker: rows with "office" went from 100 to 49, where a loss of 50 is allowed.',
  );
});

test('a guard loosened by hand is loose up to its last night', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = withContract(
    'customer',
    'guards: { departures: { rows: 2, percent: 0, loosened: { rows: 8, owner: the data team, reason: a clean-up, until: 2026-11-21 } } }\n',
  );
  await shop.publish('n1', { files });
  await shop.inSource('delete from shop.customer where id <= 8');
  assert.deepEqual((await judgedNight(shop, { files, asOf: '2026-11-21' })).failed, []);
  await shop.inSource('delete from shop.customer where id <= 16');
  assert.deepEqual((await judgedNight(shop, { files, asOf: '2026-11-22' })).failed, [name]);
});

test('a reason that cannot be read has not explained anything: the guard has failed', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  // It reads a column of the published generation that this has not.
  const { 'datasets/customer.yaml': yaml = '' } = withContract(
    'customer',
    'departures: { foretold: { gone: { sql: departed.visits > 1, reason: it was gone } } }\n',
  );
  const files = {
    'datasets/customer.sql':
      'select c.id as customer_id, c.marker, c.email, c.age, c.id as visits from shop_customer c\n',
    'datasets/customer.yaml':
      yaml?.replace(
        '  age: {',
        '  visits: { type: bigint, from: shop.customer.id, description: How often. }\n  age: {',
      ) ?? '',
  };
  await shop.inSource('delete from shop.customer where id = 3');
  const judged = await judgedNight(shop, { files });
  assert.deepEqual(judged.failed, [name, 'rekeyed:customer']);
  assert.match(judged.of(name).sentence, /could not be read, and so has not passed/);
  assert.deepEqual(await customersRead(shop), all);
});

test('a night before the published one waits for a person: it would take everyone back', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  await shop.night({ asOf: '2026-11-20' });
  assert.deepEqual((await judgedNight(shop, { asOf: '2026-11-20' })).failed, []);
  const held = await judgedNight(shop, { asOf: '2026-11-18' });
  assert.deepEqual(held.failed, ['gap']);
  assert.equal(
    held.of('gap').sentence,
    'What is published is of night 2026-11-20, and this is of night 2026-11-18, 2 days before: whoever reads it would be taken back.',
  );
});

test('what asks for departures that cannot be read has failed too, each by its own name', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const children = withContract(
    'purchase',
    'references: { customer_id: customer }\nguards: { orphans: { rows: 99 } }\n',
  );
  const files = {
    ...withContract(
      'customer',
      'departures: { foretold: { gone: { sql: 1 / (customer_id - 2) > 5, reason: it was gone } } }\n',
    ),
    ...children,
  };
  await shop.publish('n1', { files });
  await shop.inSource('delete from shop.customer where id <= 8');
  const judged = await judgedNight(shop, { files });
  assert.deepEqual(judged.failed, [name, 'rekeyed:customer', 'parents:purchase.customer_id']);
  assert.equal(
    judged.of('parents:purchase.customer_id').sentence,
    'purchase: the guard parents could not be judged, since which rows of customer left could not be told; and so it has not passed.',
  );
});
