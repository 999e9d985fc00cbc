import assert from 'node:assert/strict';
import { test } from 'node:test';
import { text } from 'node:stream/consumers';
import { to as copyTo } from 'pg-copy-streams';
import { inPostgres, temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { reader, shopNights } from '../harness/shop-nights.ts';

for (const major of [15, 18] as const) {
  test(`postgres_fdw reads one generation for as long as it keeps its session, on ${major}`, async () => {
    const server = await testPostgres(major);
    await using shop = await shopNights(server, [reader]);
    await shop.publish('n1');
    await using local = await temporaryPostgresDatabase(server);
    const { host, port, database, password } = shop.warehouse.address;
    await inPostgres(local, async (client) => {
      await client.query(`
        create extension postgres_fdw; create schema ndw;
        create server warehouse foreign data wrapper postgres_fdw options (host '${host}', port '${port}', dbname '${database}');
        create user mapping for current_user server warehouse
          options (user '${shop.warehouse.consumers[0]?.logins[0] ?? ''}', password '${password}');
        import foreign schema shop_view from server warehouse into ndw`);
      const joined = async (): Promise<unknown> => {
        const { rows } = await client.query<{ nights: string[]; rows: number }>(
          `select array_agg(distinct p.marker || c.marker || p.customer_marker) as nights, count(*)::int as rows
             from ndw.purchase p join ndw.customer c using (customer_id)`,
        );
        return rows[0];
      };
      assert.deepEqual(await joined(), { nights: ['n1n1n1'], rows: 60 });
      await client.query('begin');
      assert.deepEqual(await joined(), { nights: ['n1n1n1'], rows: 60 });
      await shop.publish('n2');
      assert.deepEqual(await joined(), { nights: ['n1n1n1'], rows: 60 });
      await client.query('commit');
      assert.deepEqual(await joined(), { nights: ['n1n1n1'], rows: 60 });
      await client.query('select postgres_fdw_disconnect_all()');
      assert.deepEqual(await joined(), { nights: ['n2n2n2'], rows: 60 });
      const { rows } = await client.query('select generation, as_of::text from ndw.generation');
      assert.deepEqual(rows, [{ generation: '2', as_of: '2026-11-21' }]);
    });
  });

  test(`what pg_dump and Tableau ask, schema and all, is answered of one generation, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [reader]);
    await shop.publish('n1');
    const client = await shop.warehouse.connectAs('reader');
    try {
      // As pg_dump: one snapshot, a lock on each relation, COPY of a query.
      await client.query(
        'begin isolation level repeatable read, read only; lock table shop_view.customer, shop_view.purchase in access share mode',
      );
      const copy = async (view: string): Promise<readonly string[]> => {
        const lines = await text(
          client.query(copyTo(`copy (select marker from shop_view.${view}) to stdout`)),
        );
        return [...new Set(lines.trimEnd().split('\n'))];
      };
      assert.deepEqual(await copy('customer'), ['n1']);
      await shop.publish('n2');
      assert.deepEqual(await copy('purchase'), ['n1']);
      await client.query('commit');
      // As Tableau: every name quoted, a look at the columns first, a cursor that outlives its transaction.
      const { fields } = await client.query('select * from "shop_view"."customer" "customer" where (1 = 0)');
      assert.equal(fields.length, 4);
      await client.query(
        'begin; declare "SQL_CUR1" cursor with hold for select "customer"."marker" as "marker" from "shop_view"."customer" "customer"; commit',
      );
      await shop.publish('n3');
      const { rows } = await client.query<{ marker: string }>('fetch 10000 in "SQL_CUR1"');
      assert.equal(rows.length, 20);
      assert.deepEqual(
        [...new Set(rows.map(({ marker }) => marker))],
        ['n1'],
        'the session began in the first night',
      );
    } finally {
      await client.end();
    }
  });
}
