import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPostgres } from '../harness/postgres.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { holdPublication } from './hold-publication.ts';

for (const major of [15, 18] as const) {
  test(`a candidate is logged, indexed, analysed and vacuumed before it is published, on ${major}`, async () => {
    // A transaction that is open anywhere on the server, another test's too, can keep VACUUM from marking a page.
    await using server = await startPostgres(major);
    await using shop = await shopNights(server);
    await shop.mark('n1');
    await shop.warehouse.asSuperuser((client) =>
      client.query(`alter database ${shop.warehouse.address.database} set synchronous_commit = off`),
    );
    // The first night makes the control schema, which must be there to be held.
    await shop.night({ dryRun: true });
    const held = await holdPublication(shop, 'in its switch');
    const { rows } = await shop.warehouse.asSuperuser((client) =>
      client.query(
        `select c.relname as name, c.relpersistence as persistence, c.reltuples::int as tuples,
                c.relpages > 0 and c.relallvisible = c.relpages as all_visible,
                (select count(*)::int from pg_stats s where s.schemaname = n.nspname and s.tablename = c.relname) as statistics,
                (select array_agg(regexp_replace(pg_get_indexdef(i.indexrelid), 'INDEX \\S+', 'INDEX') order by i.indexrelid)
                   from pg_index i where i.indrelid = c.oid) as indexes
           from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'generation_2' and c.relkind = 'r' order by 1`,
      ),
    );
    await held.goOn();
    await held.night;
    const on = (table: string, columns: string, unique = 'UNIQUE '): string =>
      `CREATE ${unique}INDEX ON generation_2.${table} USING btree (${columns})`;
    const common = { persistence: 'p', all_visible: true };
    assert.deepEqual(rows, [
      {
        ...{ name: 'customer', ...common, tuples: 20, statistics: 5 },
        indexes: [on('customer', 'customer_id'), on('customer', 'age', '')],
      },
      {
        ...{ name: 'purchase', ...common, tuples: 60, statistics: 7 },
        indexes: [on('purchase', 'order_no, line_no')],
      },
      {
        ...{ name: 'secret', ...common, tuples: 5, statistics: 3 },
        indexes: [on('secret', 'secret_id')],
      },
    ]);

    // All that stands behind the views, as the server's own record of dependencies has it: nothing of it is unlogged.
    const behind = await shop.warehouse.asSuperuser((client) =>
      client.query<{ name: string; persistence: string }>(
        `with recursive used(oid) as (
           select c.oid from pg_class c where c.relnamespace = 'shop_view'::regnamespace
           union select n.oid from used u cross join lateral (
             select d.refobjid as oid from pg_rewrite r join pg_depend d
               on d.objid = r.oid and d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
              where r.ev_class = u.oid
             union all select i.inhrelid from pg_inherits i where i.inhparent = u.oid) n)
         select c.oid::regclass::text as name, c.relpersistence as persistence
           from used u join pg_class c on c.oid = u.oid where c.relkind = 'r'`,
      ),
    );
    assert.ok(behind.rows.some(({ name }) => name === 'generation_2.customer'));
    assert.ok(behind.rows.some(({ name }) => name === 'nightjar.dataset'));
    const control = await shop.warehouse.asSuperuser((client) =>
      client.query(
        "select relname from pg_class where relnamespace = 'nightjar'::regnamespace and relpersistence <> 'p'",
      ),
    );
    assert.deepEqual(control.rows, []);
    assert.deepEqual(
      behind.rows.filter(({ persistence }) => persistence !== 'p'),
      [],
    );
  });

  test(`the COMMIT of a publication is synchronous though its database is not, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    await shop.publish('n2');
    await shop.warehouse.asSuperuser((client) =>
      client.query(`
        create table public.seen (setting text);
        grant insert on public.seen to public; grant usage on schema public to public;
        create function public.see() returns trigger language plpgsql as
          $f$ begin insert into public.seen values (current_setting('synchronous_commit')); return null; end $f$;
        create constraint trigger see after insert on nightjar.journal deferrable initially deferred
          for each row execute function public.see();
        alter database ${shop.warehouse.address.database} set synchronous_commit = off`),
    );
    await shop.publish('n3', { keep: 1 });
    const { rows } = await shop.warehouse.asSuperuser((client) =>
      client.query<{ setting: string }>('select setting from public.seen'),
    );
    // The publication's, and the retirement's of the first generation, which nobody reads any more.
    assert.deepEqual(rows, [{ setting: 'on' }, { setting: 'on' }]);
  });
}
