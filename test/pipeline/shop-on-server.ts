import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { TestedMajor } from '../harness/address.ts';
import { inPostgres, temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';

/** The shop's tables as the warehouse has them, with rows that tie in everything that can tie. */
const tables: Readonly<Record<string, { readonly columns: string; readonly rows: readonly string[] }>> = {
  shop_customer: {
    columns:
      'id int8, full_name text, email text, rating float4, born_on date, region_code text, nightjar_repaired text',
    rows: Array.from(
      { length: 24 },
      (_, n) =>
        `${n}, 'name ${n % 5}', 'mail ${n % 4}, ${n % 3}', ${n % 3}.1, '200${n % 3}-01-01', ${n % 4 === 0 ? 'null' : `'${n % 2 === 0 ? 'N' : 's '}'`}, null`,
    ),
  },
  shop_order_line: {
    columns:
      'order_id int8, line_no int8, customer_id int8, sku text, price numeric, weight float8, placed_at timestamp, nightjar_repaired text',
    rows: Array.from(
      { length: 24 },
      (_, n) =>
        `${Math.floor(n / 3)}, ${n % 3}, ${n % 7}, 'sku ${n % 2}', ${n % 4}, 0.${n}, '2021-01-0${1 + (n % 2)}', null`,
    ),
  },
  shop_visit: {
    columns: 'customer_id int8, page text, nightjar_repaired text',
    rows: Array.from({ length: 24 }, (_, n) => `${n % 6}, 'page ${n % 4}', null`),
  },
  region: {
    columns: 'code text, name text, opened date',
    rows: ["'N', 'North', '2001-01-01'", "'S', 'South', null"],
  },
  customer: {
    columns: 'customer_id int8, full_name text, rating float4, region text',
    rows: Array.from({ length: 24 }, (_, n) => `${n}, 'name ${n % 5}', ${n % 3}.1, 'South'`),
  },
};

/** Makes a schema of the shop's tables with their rows in some order. */
async function fill(
  client: pg.Client,
  schema: string,
  order: (rows: readonly string[]) => readonly string[],
): Promise<void> {
  await client.query(`create schema ${schema}`);
  for (const [name, { columns, rows }] of Object.entries(tables)) {
    await client.query(`create table ${schema}.${name} (${columns})`);
    await client.query(
      `insert into ${schema}.${name} values ${order(rows)
        .map((row) => `(${row})`)
        .join(', ')}`,
    );
  }
}

/** What a SELECT gives in a schema, sorted: the order of its rows is not meant. */
async function rowsOf(client: pg.Client, schema: string, sql: string): Promise<readonly string[]> {
  await client.query(`set search_path = ${schema}, nightjar`);
  const { rows } = await client.query<Record<string, unknown>>(sql);
  return rows.map((row) => JSON.stringify(row)).toSorted();
}

/** Orders of the same rows: what depends on the order of rows answers differently in at least two of them. */
export const rowOrders: Readonly<Record<string, (rows: readonly string[]) => readonly string[]>> = {
  forwards: (rows) => rows,
  backwards: (rows) => rows.toReversed(),
  mixed: (rows) => rows.toSorted((one, other) => ((one.at(-8) ?? '') < (other.at(-8) ?? '') ? -1 : 1)),
};

/** Runs something in a database that holds the shop in each order of rows. */
export async function inShops(major: TestedMajor, work: (client: pg.Client) => Promise<void>): Promise<void> {
  await using database = await temporaryPostgresDatabase(await testPostgres(major));
  await inPostgres(database, async (client) => {
    await client.query('create schema nightjar');
    const functions = join(import.meta.dirname, '../../src/warehouse/migrations/0002-functions.sql');
    await client.query(await readFile(functions, 'utf8'));
    await client.query("set nightjar.as_of = '2021-09-29'");
    for (const [schema, order] of Object.entries(rowOrders)) await fill(client, schema, order);
    await work(client);
  });
}

/** Fails where a SELECT does not answer alike in each of the shops. */
export async function assertAlike(client: pg.Client, sql: string, why: string): Promise<void> {
  const answers: (readonly string[])[] = [];
  for (const schema of Object.keys(rowOrders)) {
    try {
      answers.push(await rowsOf(client, schema, sql));
    } catch (error) {
      assert.fail(`${why}: ${sql}: ${String(error)}`);
    }
  }
  for (const answer of answers.slice(1)) assert.deepEqual(answer, answers[0], `${why}: ${sql}`);
}
