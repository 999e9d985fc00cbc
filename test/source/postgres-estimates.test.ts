import assert from 'node:assert/strict';
import { test } from 'node:test';
import type pg from 'pg';
import { inPostgres, temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { postgresSource } from './postgres-source.ts';

const rows = 20_000;

/** Tables of some kinds, that nobody analyses. */
const tables = `
  create table narrow (id integer) with (autovacuum_enabled = off);
  create table wide (id bigint primary key, name text, born date, dropped text) with (autovacuum_enabled = off);
  alter table wide drop dropped;
  create table parted (id integer, name varchar(80)) partition by range (id);
  create table parted_low partition of parted for values from (0) to (5000) with (autovacuum_enabled = off);
  create table parted_high partition of parted for values from (5000) to (1000000) with (autovacuum_enabled = off);
  create table nothing (id integer) with (autovacuum_enabled = off);
  create view seen as select * from wide;
  insert into narrow select generate_series(1, ${rows});
  insert into wide select i, 'Somebody with a name of ' || i, date '1980-01-01' from generate_series(1, ${rows}) i;
  insert into parted select i, 'Somebody with a name of ' || i from generate_series(1, ${rows}) i;`;

for (const major of [15, 18] as const) {
  test(`rows of tables that were never analysed are estimated from their size, on ${major}`, async () => {
    await using database = await temporaryPostgresDatabase(await testPostgres(major));
    const estimates = async (): Promise<
      ReadonlyMap<string, { readonly rows: number; readonly bytes: number }>
    > => {
      const { tables: live } = await postgresSource(database).describe(
        'public',
        new AbortController().signal,
      );
      return new Map(live.map((one) => [one.table, { rows: one.estimatedRows, bytes: one.estimatedBytes }]));
    };
    await inPostgres(database, async (client) => {
      await client.query(tables);
      const guessed = await estimates();
      for (const name of ['narrow', 'wide', 'parted']) {
        const { rows: guess = 0, bytes } = guessed.get(name) ?? {};
        assert(guess > rows / 2 && guess < rows * 2, `${name}: ${guess}`);
        assert.equal(bytes, await sizeOf(client, name), name);
      }
      for (const name of ['nothing', 'seen']) assert.deepEqual(guessed.get(name), { rows: 0, bytes: 0 });

      // Asking after the size would wait for whoever has the table to himself.
      await client.query('begin; lock table narrow');
      const meanwhile = await estimates();
      assert.deepEqual(meanwhile.get('narrow'), { rows: 0, bytes: 0 });
      assert.deepEqual(meanwhile.get('wide'), guessed.get('wide'));
      await client.query('commit; analyze');

      const known = await estimates();
      for (const name of ['narrow', 'wide', 'parted'])
        assert.deepEqual(known.get(name), { rows, bytes: await sizeOf(client, name) }, name);
      assert.deepEqual(known.get('nothing'), { rows: 0, bytes: 0 });
    });
  });
}

/** Of a table and its partitions. */
async function sizeOf(client: pg.Client, table: string): Promise<number> {
  const { rows: found } = await client.query<{ size: number }>(
    `select sum(pg_relation_size(oid))::integer as size from pg_class where relname like $1 || '%' and relkind = 'r'`,
    [table],
  );
  return found[0]?.size ?? 0;
}
