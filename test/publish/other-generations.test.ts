import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type pg from 'pg';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { sqlstate } from './sqlstate.ts';

const shops = await Promise.all(
  ([15, 18] as const).map(async (major) => {
    const shop = await shopNights(await testPostgres(major));
    after(() => shop[Symbol.asyncDispose]());
    await shop.publish('n1');
    return { major, shop };
  }),
);

/** Fails where a row's text begins with `beginning`, without a word about rows that its own generation has not. */
const askedOf = (beginning: string): string =>
  `select count(*) from shop_view.customer where email like any (array['${beginning}\\'])`;

for (const { major, shop } of shops) {
  test(`no condition of a reader's is asked of another generation's rows, on ${major}`, async () => {
    const client = await shop.warehouse.connectAs('reader');
    try {
      await shop.mark('n2');
      await shop.inSource("update shop.customer set email = 'of.another@night' where id = 7");
      await shop.night();
      await client.query('set enable_partition_pruning = off');
      // The condition does tell of rows that are its own.
      const { rows } = await client.query<{ email: string }>(
        'select email from shop_view.customer where customer_id = 7',
      );
      assert.equal(await sqlstate(client, askedOf(rows[0]?.email.slice(0, 3) ?? '')), '22025');
      assert.equal(await sqlstate(client, askedOf('of.another@')), undefined);
      // Whoever took the policy away, or changed it: the next night makes it anew.
      for (const harm of [
        'drop policy one_generation on nightjar_store.customer',
        'alter table nightjar_store.customer no force row level security',
        'alter table nightjar_store.customer disable row level security',
      ]) {
        await shop.warehouse.asSuperuser((superuser) => superuser.query(harm));
        await shop.night();
        assert.equal(await sqlstate(client, askedOf('of.another@')), undefined, harm);
      }
    } finally {
      await client.end();
    }
  });

  test(`nor of those of the generation of its last receipt, with which "change" compares, on ${major}`, async () => {
    await shop.mark('n3');
    await shop.inSource("update shop.customer set email = 'of.the.receipt@night' where id = 7");
    await shop.night();
    const before = await shop.warehouse.connectAs('reader');
    await before.query('call shop_view.acknowledge()');
    await before.end();
    await shop.publish('n4');
    const client = await shop.warehouse.connectAs('reader');
    try {
      await client.query('set enable_partition_pruning = off');
      assert.equal(await sqlstate(client, askedOf('of.the.receipt@')), undefined);
      const compared =
        "select kind from shop_view.change where dataset = 'customer' and key = '{\"customer_id\": 7}'";
      assert.deepEqual((await client.query(compared)).rows, [{ kind: 'changed' }]);
      for (const call of ['nightjar_store.customer(true)', 'nightjar_store.secret(true)'])
        assert.equal(await sqlstate(client, `select * from ${call}`), '42501', call);
    } finally {
      await client.end();
    }
  });

  test(`a key is looked up by the primary key's index, on ${major}`, async () => {
    const client = await shop.warehouse.connectAs('reader');
    try {
      // Of twenty rows none would be looked up by an index otherwise.
      await client.query('set enable_seqscan = off');
      assert.match(await plan(client, 'customer where customer_id = 7'), /Index Cond: \(customer_id = /);
      const line = 'purchase where order_no = 7 and line_no between 1 and 2';
      assert.match(await plan(client, line), /Index Cond: \(\(order_no = .*line_no >= .*line_no <= /);
      await client.query('set enable_hashjoin = off; set enable_mergejoin = off');
      const joined = 'customer right join generate_series(7, 7) wanted (id) on customer_id = id';
      assert.match(await plan(client, joined), /Index Cond: \(customer_id = wanted\.id/);
    } finally {
      await client.end();
    }
  });

  test(`a full read goes side by side, as of a table, on ${major}`, async () => {
    const client = await shop.warehouse.connectAs('reader');
    try {
      // As if twenty rows were many.
      await client.query(
        'set parallel_setup_cost = 0; set parallel_tuple_cost = 0; set min_parallel_table_scan_size = 0; set cpu_tuple_cost = 9',
      );
      assert.match(await plan(client, 'customer'), /Parallel Append\n(.*\n)*.*Parallel Seq Scan/);
    } finally {
      await client.end();
    }
  });
}

/** How rows of a view are looked up, in PostgreSQL's words. */
async function plan(client: pg.Client, rows: string): Promise<string> {
  const { rows: lines } = await client.query<{ 'QUERY PLAN': string }>(
    `explain (costs off) select * from shop_view.${rows}`,
  );
  return lines.map((line) => line['QUERY PLAN']).join('\n');
}
