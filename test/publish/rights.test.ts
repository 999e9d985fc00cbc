import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { quoteIdentifier } from '../../src/warehouse/identifier.ts';
import { uniqueName } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { holdPublication } from './hold-publication.ts';
import { look } from './look.ts';
import { sqlstate } from './sqlstate.ts';

// Both are made before the first test: an `after` between two awaits of a file may run before the tests below it.
const shops = await Promise.all(
  ([15, 18] as const).map(async (major) => {
    const shop = await shopNights(await testPostgres(major));
    after(() => shop[Symbol.asyncDispose]());
    await shop.publish('n1');
    return { major, shop };
  }),
);

for (const { major, shop } of shops) {
  test(`a consumer reads its datasets and nothing else, on ${major}`, async () => {
    // A night in which everything that is not for consumers is there: raw tables, a candidate.
    await shop.mark('n2');
    const held = await holdPublication(shop, 'in its switch');
    const client = await shop.warehouse.connectAs('reader');
    try {
      assert.equal(await look(client), 1);
      const { rows: relations } = await shop.warehouse.asSuperuser((superuser) =>
        superuser.query<{ schema: string; name: string }>(
          `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'S') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
        ),
      );
      const readable: string[] = [];
      for (const { schema, name } of relations) {
        const place = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
        const code = await sqlstate(client, `select * from ${place} limit 1`);
        if (code === undefined) readable.push(`${schema}.${name}`);
        else assert.equal(code, '42501', place);
      }
      assert.ok(relations.some(({ schema }) => schema === 'raw_2'));
      assert.ok(relations.some(({ schema }) => schema === 'generation_2'));
      assert.deepEqual(readable.sort(), [
        'shop_view.change',
        'shop_view.customer',
        'shop_view.dataset',
        'shop_view.generation',
        'shop_view.held',
        'shop_view.purchase',
      ]);
      const { rows: statistics } = await client.query(
        "select * from pg_stats where schemaname not in ('pg_catalog', 'information_schema')",
      );
      assert.deepEqual(statistics, []);
      const { rows: callable } = await client.query<{ name: string }>(
        `select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where n.nspname not in ('pg_catalog', 'information_schema')
            and has_schema_privilege(n.oid, 'usage') and has_function_privilege(p.oid, 'execute') order by 1`,
      );
      assert.deepEqual(
        callable.map(({ name }) => name),
        [
          'acknowledge',
          'begin_import',
          'due_announce',
          'due_switch',
          'import_confirm',
          'import_open',
          'receipt_write',
        ].map((name) => `shop_view.${name}`),
        'its own word, and nothing else',
      );
    } finally {
      await client.end();
      await held.goOn();
      await held.night;
    }
  });

  test(`a consumer can create and change nothing, on ${major}`, async () => {
    const client = await shop.warehouse.connectAs('reader');
    const refusals: { sql: string; code: string | undefined }[] = [];
    for (const sql of [
      'create table public.t (i int)',
      'create table shop_view.t (i int)',
      'create temporary table person (i int)',
      'create schema mine',
      'create view shop_view.v as select 1',
      'create function shop_view.f() returns int language sql return 1',
      'create type shop_view.t as (i int)',
      'create extension pg_trgm schema shop_view',
      'create role another',
      'insert into shop_view.customer (customer_id) values (1)',
      'delete from shop_view.customer',
      'drop view shop_view.customer',
      'alter view shop_view.customer rename to mine',
      'begin; lock table shop_view.customer in access exclusive mode',
      'rollback; begin; lock table shop_view.customer in share mode',
      'rollback',
      'select nightjar.reading(null)',
      "insert into nightjar.receipt (consumer, login, generation) values ('insider', 'x', 1)",
      'update nightjar.import set ended_at = null',
      'create or replace procedure shop_view.begin_import() language sql as $$ select 1 $$',
      "select nightjar.switch_due('insider', now())",
      "select nightjar.switch_to(1, 'publish', 1, 1, 1, '1 s')",
      'select nightjar.generations_in_use()',
      'select lo_create(0)',
      `set role ${quoteIdentifier(shop.warehouse.address.user)}`,
    ]) {
      refusals.push({ sql, code: await sqlstate(client, sql) });
    }
    await client.end();
    assert.deepEqual(
      refusals.filter(({ sql, code }) => code !== '42501' && sql !== 'rollback'),
      [],
    );
  });

  test(`generation and dataset tell a consumer of its own only, on ${major}`, async () => {
    const client = await shop.warehouse.connectAs('insider');
    const generations = await client.query<{ generation: string; release: string }>(
      'select generation, release from shop_view.generation',
    );
    const current = generations.rows[0]?.generation;
    assert.equal(generations.rows.length, 1);
    const datasets = await client.query(
      'select dataset, generation, rows, key_columns from shop_view.dataset order by 1',
    );
    assert.deepEqual(datasets.rows, [
      { dataset: 'secret', generation: current, rows: '5', key_columns: ['secret_id'] },
    ]);
    // A condition that fails over a row of another's must not be asked about it: its message would tell what is in it.
    await assert.rejects(client.query('select 1 from shop_view.dataset where dataset::boolean'), {
      message: 'invalid input syntax for type boolean: "secret"',
    });
    await client.end();
  });

  test(`what a consumer sets, or sets its role to, moves it nowhere, on ${major}`, async () => {
    const login = shop.warehouse.consumers.find((one) => one.name === 'reader')?.logins[0] ?? '';
    const member = uniqueName('member');
    const { host, port, database, password } = shop.warehouse.address;
    await shop.warehouse.asSuperuser((superuser) =>
      superuser.query(
        `create role ${member} login password '${password}'; grant connect on database ${database} to ${member};
         grant ${quoteIdentifier(login)} to ${member}`,
      ),
    );
    const as = async (user: string): Promise<pg.Client> => {
      const client = new pg.Client({ host, port, database, user, password });
      await client.connect();
      return client;
    };
    const stranger = await as(member);
    try {
      await stranger.query(`set role ${quoteIdentifier(login)}`);
      assert.equal(await sqlstate(stranger, 'select * from shop_view.customer'), 'NJ001');
    } finally {
      await stranger.end();
      await shop.warehouse.asSuperuser((superuser) =>
        superuser.query(`revoke connect on database ${database} from ${member}; drop role ${member}`),
      );
    }

    const alter = await as(login);
    const now = await look(alter);
    await alter.query(
      `alter role ${quoteIdentifier(login)} set search_path = raw_1, generation_1;
       alter role ${quoteIdentifier(login)} set default_transaction_isolation = 'serializable';
       alter role ${quoteIdentifier(login)} set enable_partition_pruning = off`,
    );
    await alter.end();
    const altered = await as(login);
    await altered.query('set nightjar.read_as = insider; set constraint_exclusion = on; set jit = off');
    assert.equal(await look(altered), now);
    await altered.query('set row_security = off');
    assert.equal(await sqlstate(altered, 'select from shop_view.customer'), '42501');
    assert.equal(await sqlstate(altered, 'select * from shop_view.secret'), '42501');
    await altered.query(`alter role ${quoteIdentifier(login)} reset all`);
    await altered.end();
  });
}
