import assert from 'node:assert/strict';
import { test } from 'node:test';
import type pg from 'pg';
import { diffGenerations, diffKeys } from '../../src/publish/diff.ts';
import { Lease } from '../../src/publish/lease.ts';
import { switchTo, untilInstant } from '../../src/publish/publish.ts';
import { changedColumns } from '../../src/publish/rollback.ts';
import { testPostgres } from '../harness/servers.ts';
import { altered, type ShopFiles } from '../harness/marked-shop.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';

/** A later release: of customer a column goes, one comes, one becomes wider and one another type altogether. */
const laterRelease: ShopFiles = {
  'datasets/customer.sql':
    "select c.id as customer_id, c.marker, c.email, 'age ' || c.age as age, c.id as visits from shop_customer c\n",
  'datasets/customer.yaml': `description: Who buys.
grain: one row for each customer
key: [customer_id]
key_was: { customer_id: customer_id }
columns:
  customer_id: { type: "numeric(20,0)", presence: required, from: shop.customer.id, description: The id. }
  email: { type: varchar(200), from: shop.customer.email, description: The address. }
  age: { type: text, from: shop.customer.age, description: The age in words. }
  visits: { type: bigint, from: shop.customer.id, description: How often. }
  marker: { type: text, presence: required, from: shop.customer.marker, description: The night. }
`,
  'datasets/visit.sql': 'select c.id as customer_id, c.marker from shop_customer c\n',
  'datasets/visit.yaml': `description: Who came.
grain: one row for each customer
key: [customer_id]
columns:
  customer_id: { type: bigint, presence: required, from: shop.customer.id, description: The id. }
  marker: { type: text, from: shop.customer.marker, description: The night. }
`,
  'datasets/secret.sql': null,
  'datasets/secret.yaml': null,
};

const first = { customer_id: '1', email: 'n1@example.invalid', marker: 'n1' };

for (const major of [15, 18] as const) {
  test(`columns and datasets that change between two releases, and going back over it, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    const old = await shop.warehouse.connectAs('reader');
    const prepared = {
      name: 'who',
      text: 'select customer_id::text, email, marker from shop_view.customer where customer_id = 1',
    };
    assert.deepEqual((await old.query(prepared)).rows, [first]);
    const insider = await shop.warehouse.connectAs('insider');
    assert.equal((await insider.query('select from shop_view.secret')).rowCount, 5);

    const consumers = shop.environment.consumers.map((one) => ({
      ...one,
      reads: one.name === 'insider' ? ['visit'] : [...one.reads, 'visit'],
    }));
    await shop.mark('n2');
    await shop.excuse(['gone:secret'], { files: laterRelease, consumers });

    // Who began before still reads the older night: what it had, what only became wider, and null for what is no more.
    // A prepared statement that gives a retyped column is refused by the server; it is never given something else.
    await assert.rejects(old.query(prepared), { code: '0A000' });
    assert.deepEqual((await old.query(prepared.text)).rows, [first]);
    assert.deepEqual(await customer(old), { ...first, age: null, visits: null });
    await assert.rejects(old.query('select * from shop_view.visit'), { code: 'NJ005' });
    await assert.rejects(insider.query('select * from shop_view.secret'), { code: '42501' });
    await withNew(shop, 'reader', async (client) => {
      const second = {
        customer_id: '1',
        email: 'n2@example.invalid',
        marker: 'n2',
        age: 'age 31',
        visits: '1',
      };
      assert.deepEqual(await customer(client), second);
      assert.equal((await client.query('select from shop_view.visit')).rowCount, 20);
    });

    await using session = await shop.session();
    const comparisons = await session.query<{ name: string }>(
      'what compares for the view of changes',
      "select proname as name from pg_proc where pronamespace = 'nightjar_store'::regnamespace order by 1",
    );
    assert.deepEqual(
      comparisons.map(({ name }) => name),
      ['customer', 'purchase', 'visit'],
      'nothing is left of a dataset that is no longer built',
    );
    assert.deepEqual(
      (await changedColumns(session, 2, 1)).toSorted(),
      [
        'customer.age (text) goes',
        'customer.customer_id (numeric(20,0)) goes',
        'customer.email (varchar(200)) goes',
        'customer.visits (bigint) goes',
        'visit.customer_id (bigint) goes',
        'visit.marker (text) goes',
        'customer.age (smallint) comes',
        'customer.customer_id (bigint) comes',
        'customer.email (varchar(60)) comes',
        'secret.marker (text) comes',
        'secret.secret_id (bigint) comes',
      ].toSorted(),
    );
    // A key of another type cannot be compared: all that was there leaves, and all that is there enters.
    assert.deepEqual(await diffGenerations(session, 1, 2), [
      { dataset: 'customer', entered: 20, left: 20, changed: 0 },
      { dataset: 'purchase', entered: 0, left: 0, changed: 60 },
      { dataset: 'secret', entered: 0, left: 5, changed: 0 },
      { dataset: 'visit', entered: 20, left: 0, changed: 0 },
    ]);
    const customers = await Array.fromAsync(diffKeys(session, 'customer', { from: 1, to: 2 }));
    assert.deepEqual(
      customers.map((one) => one.kind),
      [...Array<string>(20).fill('left'), ...Array<string>(20).fill('entered')],
    );

    await rollBack(shop, 2, 1);
    await withNew(shop, 'reader', async (client) => {
      assert.deepEqual(await customer(client), { ...first, age: null, visits: null });
      await assert.rejects(client.query('select * from shop_view.visit'), { code: 'NJ005' });
      const { rows } = await client.query('select dataset from shop_view.dataset order by 1');
      assert.deepEqual(rows, [{ dataset: 'customer' }, { dataset: 'purchase' }]);
    });

    // The first release comes back, and with it the first shape: its store serves again.
    await shop.publish('n3');
    await withNew(shop, 'reader', async (client) => {
      const third = { customer_id: '1', email: 'n3@example.invalid', marker: 'n3', age: 31 };
      assert.deepEqual(await customer(client), third);
    });
    await withNew(shop, 'insider', async (client) => {
      assert.equal((await client.query('select from shop_view.secret')).rowCount, 5);
    });
    await old.end();
    await insider.end();
  });

  test(`a consumer's open transaction on a view that changes costs its own session, and nobody a night, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    const idle = await shop.warehouse.connectAs('reader');
    const other = await shop.warehouse.connectAs('pooled');
    await idle.query('begin; select from shop_view.customer');
    await other.query('begin; select from shop_view.purchase');
    const wider = altered('datasets/customer.yaml', 'varchar(60)', 'varchar(70)');
    await shop.publish('n2', { files: wider });
    await assert.rejects(idle.query('select'), /terminat|57P01|queryable/);
    assert.deepEqual(await markers(other, 'purchase'), ['n1'], 'whoever reads another view reads on');
    await other.query('commit');
    await other.end();
    await withNew(shop, 'reader', async (client) => {
      assert.deepEqual(await markers(client, 'customer'), ['n2']);
    });
  });

  test(`a view that somebody else has made from ours keeps the columns as they are, and a sentence says so, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    const wider = altered('datasets/customer.yaml', 'varchar(60)', 'varchar(70)');
    await shop.warehouse.asSuperuser(async (operator) => {
      await operator.query('create view public.mine as select marker from shop_view.customer');
      await assert.rejects(shop.publish('n2', { files: wider }), {
        code: 'NJ-PUBLISH-VIEW-NEEDED',
        message: /shop_view\.customer must change/,
      });
      await withNew(shop, 'reader', async (client) => {
        assert.deepEqual(await markers(client, 'customer'), ['n1']);
      });
      await operator.query('drop view public.mine');
    });
    await shop.publish('n3', { files: wider });
  });

  test(`an operator's open transaction keeps the columns as they are: nothing is published, nobody waits, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await shop.warehouse.asSuperuser(async (idle) => {
      await idle.query('begin; lock table shop_view.customer in access share mode');
      const wider = altered('datasets/customer.yaml', 'varchar(60)', 'varchar(70)');
      await assert.rejects(shop.publish('n2', { files: wider }), { code: 'NJ-PUBLISH-VIEW-LOCKED' });
      await withNew(shop, 'reader', async (client) => {
        assert.deepEqual(await markers(client, 'customer'), ['n1']);
      });
      await idle.query('commit');
      // As pg_dump does: the tables, not the views.
      await idle.query('begin; lock table nightjar_store.customer in access share mode');
      await shop.publish('n3', { files: wider });
      await idle.query('commit');
    });
    await withNew(shop, 'reader', async (client) => {
      assert.deepEqual(await markers(client, 'customer'), ['n3']);
    });
  });
}

async function markers(client: pg.Client, dataset: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ marker: string }>(`select distinct marker from shop_view.${dataset}`);
  return rows.map(({ marker }) => marker);
}

async function customer(client: pg.Client): Promise<unknown> {
  const { rows } = await client.query<Record<string, unknown>>(
    'select * from shop_view.customer where customer_id = 1',
  );
  return rows[0];
}

async function withNew(
  shop: ShopNights,
  consumer: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = await shop.warehouse.connectAs(consumer);
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

test('a view or a routine of ours that somebody dropped is there again with the next night', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await shop.warehouse.asSuperuser((client) =>
    client.query(
      'drop view shop_view.purchase; drop view shop_view.held; drop procedure shop_view.begin_import()',
    ),
  );
  await shop.publish('n2');
  const client = await shop.warehouse.connectAs('reader');
  const { rows } = await client.query(
    'select count(*)::int as rows, (select count(*)::int from shop_view.held) as held from shop_view.purchase',
  );
  assert.deepEqual(rows, [{ rows: 60, held: 0 }]);
  await client.query('call shop_view.begin_import()');
  await client.end();
});

async function rollBack(shop: ShopNights, from: number, to: number): Promise<void> {
  await using session = await shop.session();
  await using lease = await Lease.take(shop.warehouse.address, new AbortController().signal);
  const request = {
    fence: lease.fence,
    kind: 'rollback',
    generation: to,
    expected: from,
    run: undefined,
  } as const;
  await untilInstant(session, await switchTo(session, request));
}
