import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { ShopNights } from '../harness/shop-nights.ts';

/** What makes one reading of both datasets a reading of one whole night: its number, from the marker `n7`. */
const statements = [
  {
    name: 'customers',
    text: 'select count(*)::int as rows, array_agg(distinct marker) as markers from shop_view.customer',
    rows: 20,
  },
  {
    name: 'purchases',
    text: `select count(*)::int as rows,
                  (select array_agg(distinct m) from unnest(array_agg(marker) || array_agg(customer_marker)) m) as markers
             from shop_view.purchase`,
    rows: 60,
  },
] as const;

export interface LookOptions {
  /** Milliseconds between the two statements. */
  readonly pause?: number;
  /** As prepared statements, which the session keeps. */
  readonly prepared?: boolean;
}

/** Reads both datasets, one statement after the other, and gives the one night that all of their rows are of. */
export async function look(client: pg.Client, options: LookOptions = {}): Promise<number> {
  const nights = new Set<string>();
  for (const { name, text, rows } of statements) {
    const result = await client.query<{ rows: number; markers: string[] | null }>(
      options.prepared === true ? { name, text } : text,
    );
    assert.equal(result.rows[0]?.rows, rows, `a dataset must be whole: ${name}`);
    for (const marker of result.rows[0].markers ?? []) nights.add(marker);
    if (options.pause !== undefined) await sleep(options.pause);
  }
  assert.equal(nights.size, 1, `a mix of nights: ${[...nights].join(', ')}`);
  return Number([...nights][0]?.slice(1));
}

/** Both datasets in one transaction. */
export async function lookInTransaction(
  client: pg.Client,
  isolation: 'read committed' | 'repeatable read',
  options: LookOptions = {},
): Promise<number> {
  await client.query(`begin isolation level ${isolation}`);
  const first = await look(client, options);
  const second = await look(client, options);
  await client.query('commit');
  assert.equal(second, first, 'a transaction moved from one night to another');
  return first;
}

/** The night that a new session of a consumer's reads. */
export async function nightOf(shop: ShopNights, consumer: string): Promise<number> {
  const client = await shop.warehouse.connectAs(consumer);
  try {
    return await look(client);
  } finally {
    await client.end();
  }
}
