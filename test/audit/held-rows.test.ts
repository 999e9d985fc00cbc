import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { judgedNight, withContract } from './judged-shop.ts';

const references = 'references: { customer_id: customer }\n';

/** What is published of some customers, in the source's words. */
async function read(shop: ShopNights, ids: readonly number[]): Promise<readonly unknown[]> {
  const client = await shop.warehouse.connectAs('reader');
  try {
    const { rows } = await client.query<Record<string, unknown>>(
      'select customer_id::int as id, marker, email, age from shop_view.customer where customer_id = any($1) order by 1',
      [ids],
    );
    return rows.map((row) => [row['id'], row['marker'], row['email'], row['age']]);
  } finally {
    await client.end();
  }
}

async function heldRows(shop: ShopNights): Promise<readonly unknown[]> {
  await using session = await shop.session();
  const rows = await session.query<Record<string, unknown>>(
    'the held rows',
    `select dataset, key, rules, since::text, outcome from nightjar.held_row
      where generation = (select max(number) from nightjar.generation) order by dataset, key`,
  );
  return rows.map((row) => [row['dataset'], row['key'], row['rules'], row['since'], row['outcome']]);
}

for (const major of [15, 18] as const) {
  test(`a row that breaks its contract is replaced by its last good version, ages, and heals with the source, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await shop.mark('n2');
    await shop.inSource(`update shop.customer set marker = null, age = 3 where id = 3;
      update shop.customer set age = 7 where id = 5;
      update shop.customer set email = repeat('x', 61) where id = 6;
      update shop.customer set age = 99999 where id = 8;
      insert into shop.customer values (21, 'n2', 'new@example.invalid', 5)`);
    const second = await judgedNight(shop);
    assert.deepEqual(second.failed, []);
    assert.equal(
      second.of('held_rows:customer').sentence,
      'customer: 5 rows broke their contract; 20 are allowed. ' +
        'Broken: grown_up (3), fits:age (1), fits:email (1), required:marker (1). ' +
        'The last good version stands in for 4. Left out, because none was ever good: 1.',
    );
    const n1 = (id: number): unknown => [id, 'n1', 'n1@example.invalid', 30 + id];
    assert.deepEqual(await read(shop, [3, 4, 5, 6, 8, 21]), [
      n1(3),
      [4, 'n2', 'n2@example.invalid', 34],
      n1(5),
      n1(6),
      n1(8),
    ]);
    const rows = (since: string): readonly unknown[] => [
      ['customer', { customer_id: 3 }, ['grown_up', 'required:marker'], since, 'held'],
      ['customer', { customer_id: 5 }, ['grown_up'], since, 'held'],
      ['customer', { customer_id: 6 }, ['fits:email'], since, 'held'],
      ['customer', { customer_id: 8 }, ['fits:age'], since, 'held'],
      ['customer', { customer_id: 21 }, ['grown_up'], since, 'left out'],
    ];
    assert.deepEqual(await heldRows(shop), rows('2026-11-21'));
    // What depends on it was built upon what stands in.
    const reader = await shop.warehouse.connectAs('reader');
    const { rows: purchases } = await reader.query<Record<string, unknown>>(
      'select distinct customer_id::int as id, customer_marker as marker from shop_view.purchase where customer_id in (3, 4) order by 1',
    );
    assert.deepEqual(purchases, [
      { id: 3, marker: 'n1' },
      { id: 4, marker: 'n2' },
    ]);
    const { rows: counts } = await reader.query<Record<string, unknown>>(
      "select rows::int from shop_view.dataset where dataset = 'customer'",
    );
    assert.deepEqual(counts, [{ rows: 20 }]);
    await reader.end();
    await using session = await shop.session();
    const [added] = await session.query<Record<string, unknown>>(
      'the counts',
      "select rows::int, read_rows::int, left_out_rows::int, held_rows::int from nightjar.dataset where generation = 2 and name = 'customer'",
    );
    assert.deepEqual(added, { rows: 20, read_rows: 21, left_out_rows: 1, held_rows: 4 });

    // Still broken a night later: the same version, since the same night.
    await judgedNight(shop);
    assert.deepEqual(await heldRows(shop), rows('2026-11-21'));
    assert.deepEqual(await read(shop, [3]), [n1(3)]);
    await shop.mark('n4');
    await judgedNight(shop);
    assert.deepEqual(await heldRows(shop), []);
    assert.deepEqual(await read(shop, [3]), [[3, 'n4', 'n4@example.invalid', 33]]);
  });
}

for (const major of [15, 18] as const) {
  test(`a value that its type would change does not fit it, and is changed where the SELECT says so, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.mark('n1');
    await shop.inSource(`alter table shop.secret add n numeric, add at timestamp, add t text;
      update shop.secret set n = 1.2, at = '2026-12-31 23:59:59', t = 'äöü';
      update shop.secret set n = 1.25 where id = 2;
      update shop.secret set at = '2026-12-31 23:59:59.5' where id = 3;
      update shop.secret set n = 'NaN', at = 'infinity' where id = 4;
      update shop.secret set t = 'äöü ' where id = 5`);
    const files = changing('s.n, s.at, s.t');
    const published = async (): Promise<readonly unknown[]> => {
      const client = await shop.warehouse.connectAs('insider');
      const text = 'select secret_id::int, n::text, at::text, t from shop_view.secret order by 1';
      const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
      await client.end();
      return rows;
    };
    await judgedNight(shop, { files });
    const second = '2026-12-31 23:59:59';
    assert.deepEqual(await heldRows(shop), [
      ['secret', { secret_id: 2 }, ['fits:n'], '2026-11-20', 'left out'],
      ['secret', { secret_id: 3 }, ['fits:at'], '2026-11-20', 'left out'],
      ['secret', { secret_id: 5 }, ['fits:t'], '2026-11-20', 'left out'],
    ]);
    const others = [
      [1, '1.2', second, 'äöü'],
      [4, 'NaN', 'infinity', 'äöü'],
    ];
    assert.deepEqual(await published(), others);
    await judgedNight(shop, {
      files: changing('round(s.n, 1) as n, s.at::timestamp(0) as at, rtrim(s.t) as t'),
    });
    assert.deepEqual(await heldRows(shop), []);
    assert.deepEqual(await published(), [
      others[0],
      [2, '1.3', second, 'äöü'],
      [3, '1.2', '2027-01-01 00:00:00', 'äöü'],
      others[1],
      [5, '1.2', second, 'äöü'],
    ]);
  });
}

/** A release that reads a finer number, a finer time and a longer text than it publishes. */
function changing(columns: string): ShopFiles {
  return {
    'sources/shop.yaml': shopFiles['sources/shop.yaml'].replace(
      'secret: { key: [id], columns: { ',
      'secret: { key: [id], columns: { n: numeric, at: timestamp(6), t: text, ',
    ),
    'datasets/secret.sql': `select s.id as secret_id, s.marker, ${columns} from shop_secret s\n`,
    'datasets/secret.yaml': `${shopFiles['datasets/secret.yaml']}  n: { type: "numeric(6,1)", from: shop.secret.n, description: A number. }
  at: { type: timestamp(0), from: shop.secret.at, description: A time. }
  t: { type: varchar(3), from: shop.secret.t, description: A text. }
guards: { held_rows: { rows: 5, percent: 0 } }
`,
  };
}

test('a held row lives as long as its key is in the source, and as what it belongs to', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const files = {
    ...withContract(
      'purchase',
      `rules: { paid: { sql: price > 0, description: It was paid. } }\n${references}`,
    ),
  };
  await shop.publish('n1', { files });
  // Lines 1 and 2 of order 1 (customers 1, 2) break; customer 2 leaves; line 3 breaks, and leaves.
  await shop.inSource(`update shop.order_line set price = 0 where order_no = 1;
    delete from shop.order_line where order_no = 1 and line_no = 3;
    delete from shop.customer where id = 2`);
  const judged = await judgedNight(shop, { files });
  assert.deepEqual(judged.failed, []);
  assert.deepEqual(await heldRows(shop), [
    ['purchase', { line_no: 1, order_no: 1 }, ['paid'], '2026-11-21', 'held'],
    ['purchase', { line_no: 2, order_no: 1 }, ['paid'], '2026-11-21', 'departed'],
  ]);
  assert.match(
    judged.of('held_rows:purchase').sentence,
    /stands in for 1\. Left out, because what it belongs to has left: 1\.$/,
  );
  assert.equal(judged.of('departures:purchase').found, 2);
});

/** A release in which customers have a rank, which each must have. */
function ranked(more: string): ShopFiles {
  return {
    'datasets/customer.sql':
      "select c.id as customer_id, c.marker, c.email, c.age, case when c.age > 18 then 'gold' end as rank from shop_customer c\n",
    'datasets/customer.yaml': shopFiles['datasets/customer.yaml']
      .replace('rules:\n  grown_up: { sql: age >= 18, description: Only grown-ups buy. }\n', '')
      .replace(
        '  age: {',
        `  rank: { type: text, presence: required, ${more}from: shop.customer.age, description: The rank. }\n  age: {`,
      ),
  };
}

test('a last version that lacks what today must be there holds the run, unless the contract gives it', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await shop.inSource('update shop.customer set age = 3 where id = 5');
  const held = await judgedNight(shop, { files: ranked('') });
  assert.deepEqual(held.failed, ['held_rows:customer']);
  assert.match(held.of('held_rows:customer').sentence, /does not satisfy today's contract .*: 1\.$/);
  const passed = await judgedNight(shop, { files: ranked('when_held: "\'none\'", ') });
  assert.deepEqual(passed.failed, []);
  const client = await shop.warehouse.connectAs('reader');
  const { rows } = await client.query<Record<string, unknown>>(
    'select age, rank from shop_view.customer where customer_id = 5',
  );
  await client.end();
  assert.deepEqual(rows, [{ age: 35, rank: 'none' }]);
});

test('two rows with one key are no row fault, whether one of them is broken or does not fit', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  for (const twin of [
    "select c.id as customer_id, c.marker, c.email, case when c.id > 18 then 3 else c.age end as age from shop_customer c union all select 20, 'n', 'n', 40",
    "select c.id as customer_id, c.marker, c.email, c.age from shop_customer c union all select 20, 'n', repeat('n', 61), 40",
    "select c.id as customer_id, c.marker, c.email, c.age from shop_customer c union all select 30, 'n', 'n', 4 from shop_customer",
  ]) {
    const files = {
      'datasets/customer.sql': twin,
      'datasets/customer.yaml': shopFiles['datasets/customer.yaml'].replace('driving: shop_customer\n', ''),
    };
    await assert.rejects(shop.night({ files }), {
      message: /In dataset customer, 1 key \(customer_id\) belongs to more than one row/,
    });
  }
});

test('a first generation leaves out what is broken, and lists it', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  await shop.inSource('update shop.customer set age = 3 where id = 5');
  const judged = await judgedNight(shop);
  assert.deepEqual(judged.failed, []);
  assert.equal(judged.of('held_rows:customer').verdict, 'noted');
  assert.deepEqual(await heldRows(shop), [
    ['customer', { customer_id: 5 }, ['grown_up'], '2026-11-20', 'left out'],
  ]);
});
