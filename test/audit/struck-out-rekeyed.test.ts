import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyHistory } from '../../src/audit/key-history.ts';
import { whySentences } from '../../src/cli/why-sentences.ts';
import { rollBack } from '../../src/publish/rollback.ts';
import { shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { strikeOutOf } from '../harness/strike-out.ts';
import { customersRead, judgedNight } from './judged-shop.ts';

/** A release in which customers are known by another number, and perhaps a text; what it keeps of the former ones. */
function keyedBy(key: 'person_id' | 'code', keyWas: string): ShopFiles {
  const [type, value] = key === 'code' ? ['text', "'c' || c.id"] : ['bigint', 'c.id + 1000'];
  return {
    'datasets/customer.yaml':
      shopFiles['datasets/customer.yaml']
        .replace('key: [customer_id]', `key: [${key}]`)
        .replace(
          '  customer_id: {',
          `  ${key}: { type: ${type}, presence: required, from: shop.customer.id, description: Another. }\n  customer_id: {`,
        ) + keyWas,
    'datasets/customer.sql': `select ${value} as ${key}, c.id as customer_id, c.marker, c.email, c.age from shop_customer c\n`,
  };
}

const followed = keyedBy('person_id', 'key_was: { customer_id: customer_id }\n');

async function customersOf(shop: ShopNights, generation: number): Promise<readonly string[]> {
  await using session = await shop.session();
  const sql = `select customer_id::text as id from generation_${generation}.customer`;
  return (await session.query<{ id: string }>('the customers', sql)).map(({ id }) => id);
}

/** What is said of a person that is not published. */
async function whyNot(shop: ShopNights, person: number): Promise<readonly string[]> {
  await using session = await shop.session();
  const about = { dataset: 'customer', published: 2 };
  const history = await keyHistory(session, { ...about, key: { person_id: person }, timeZone: 'UTC' });
  return whySentences(history, { ...about, key: `person_id ${person}`, ...untold });
}

for (const major of [15, 18] as const) {
  test(`what was struck out stays out when the key is another one, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await strikeOutOf(shop, 'customer', { customer_id: 5 });
    await strikeOutOf(shop, 'customer', { customer_id: 6 });
    // One of them does not fit: it is found before what is struck out, and of it only the key is known.
    await shop.inSource("update shop.customer set email = repeat('x', 61) where id in (6, 7)");
    const judged = await judgedNight(shop, { files: followed });
    assert.deepEqual(judged.failed, []);
    assert.deepEqual(judged.of('held_rows:customer').sample, ['person_id 1007']);
    const read = await customersRead(shop);
    assert.ok(!read.includes(5) && !read.includes(6) && read.includes(8));
    assert.match(
      (await whyNot(shop, 1005)).join(' '),
      /, or it was struck out by the key that this dataset had before\.$/,
    );

    // By the third key both former ones are told; and the latest alone is not enough.
    const third = (keyWas: string): ShopFiles => keyedBy('code', `key_was: { ${keyWas} }\n`);
    await assert.rejects(shop.night({ files: third('person_id: customer_id + 1000') }), {
      code: 'NJ-CONTRACT-STRUCK-OUT',
      message:
        'Of dataset customer, 2 keys by customer_id (bigint) were struck out. Its key is code now, and its contract does not ' +
        'say how the former one follows from a row: who was struck out could come back.',
    });
    await shop.inSource("update shop.customer set email = 'x' where id in (6, 7)");
    await shop.night({ files: third('person_id: customer_id + 1000, customer_id: customer_id') });
    assert.deepEqual(await customersRead(shop), read);
  });

  test(`what is struck out by a new key goes from the generations by the former one, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await shop.inSource('update shop.customer set age = 3 where id in (7, 8)');
    await shop.night();
    await shop.inSource('update shop.customer set age = 33 where id in (7, 8)');
    await shop.night({ files: followed });
    await assert.rejects(strikeOutOf(shop, 'customer', { person_id: 1007 }, keyedBy('person_id', '')), {
      code: 'NJ-PUBLISH-OTHER-KEY',
      message:
        'Nothing was struck out: the key of dataset customer is customer_id in generation 1, 2, which is still kept, and ' +
        'nothing tells whether the row is in it.',
    });
    assert.ok((await customersRead(shop)).includes(7));
    await assert.rejects(strikeOutOf(shop, 'customer', { person_id: 9 }, followed), {
      code: 'NJ-PUBLISH-OTHER-KEY',
    });
    assert.deepEqual(await strikeOutOf(shop, 'customer', { person_id: 1007 }, followed), [1, 2, 3]);
    assert.deepEqual(await strikeOutOf(shop, 'customer', { person_id: 1007 }, followed), []);
    for (const generation of [1, 2, 3]) {
      const customers = await customersOf(shop, generation);
      assert.ok(!customers.includes('7') && customers.includes('8'), String(generation));
    }
    await using session = await shop.session();
    assert.deepEqual(await session.query('the held rows', 'select distinct key from nightjar.held_row'), [
      { key: { customer_id: 8 } },
    ]);
    assert.deepEqual(
      await session.query('the samples', "select sample from nightjar.judgement where sample <> '{}'"),
      [{ sample: ['customer_id 8'] }],
    );
    await rollBack(session, { from: 3, to: 1, hold: undefined });
    await shop.night({ files: followed });
    assert.ok(!(await customersRead(shop)).includes(7));
  });
}

/** A release in which the key is of another type. */
function typed(type: string, sql: string, more = ''): ShopFiles {
  return {
    'datasets/customer.yaml':
      shopFiles['datasets/customer.yaml'].replace(
        'customer_id: { type: bigint',
        `customer_id: { type: ${type}`,
      ) + more,
    'datasets/customer.sql': `select ${sql} as customer_id, c.marker, c.email, c.age from shop_customer c\n`,
    'datasets/purchase.sql':
      'select l.order_no, l.line_no, l.customer_id, l.marker, l.marker as customer_marker, l.price from shop_order_line l\n',
  };
}

const untold = { source: { kind: 'untold' }, release: 'test' } as const;

test('a key that is of another type is the same; one that cannot be compared stops the run', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await strikeOutOf(shop, 'customer', { customer_id: 5 });
  const asText = typed('text', 'c.id::text');
  const generation = await shop.excuse(['departures:customer'], { files: asText });
  const customers = await customersOf(shop, generation);
  assert.ok(!customers.includes('5') && customers.includes('6'));
  assert.deepEqual(await strikeOutOf(shop, 'customer', { customer_id: '6' }, asText), [1, generation]);
  assert.ok(!(await customersOf(shop, 1)).includes('6'));

  const asDate = (more: string): ShopFiles => typed('date', "date '2026-01-01' + c.id::int", more);
  await assert.rejects(shop.night({ files: asDate('') }), {
    code: 'NJ-CONTRACT-VIOLATIONS',
    message: /1 key by customer_id \(bigint\) was struck out.*1 key by customer_id \(text\) was struck out/s,
  });
  const rows = async (keyWas: string): Promise<number> => {
    const files = asDate(`key_was: { customer_id: "${keyWas}" }\n`);
    assert.ok((await judgedNight(shop, { files })).failed.includes('departures:customer'));
    await using session = await shop.session();
    const sql = `select generation from nightjar.dataset where name = 'customer' order by 1 desc limit 1`;
    const latest = await session.one<{ generation: number }>('the candidate', sql);
    return (await customersOf(shop, latest.generation)).length;
  };
  assert.equal(await rows("customer_id - date '2026-01-01'"), 18);
  assert.equal(await rows('null::bigint'), 20, 'as its contract says');
});
