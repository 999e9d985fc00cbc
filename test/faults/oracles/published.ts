import { DatabaseError } from 'pg';
import type { ShopNights } from '../../harness/shop-nights.ts';

/** What one consumer is given, whole. */
export interface Published {
  /** Of the generation. */
  readonly identity: string;
  /** A digest of all rows of all its datasets. */
  readonly content: string;
  readonly rows: number;
}

const contentSql = (table: string): string =>
  `select md5(string_agg(t::text, chr(10) order by t::text)) as digest, count(*)::int as rows from shop_view.${table} t`;

/**
 * What each consumer that connects now reads, once the instant of the latest switch has passed; `undefined` where a
 * publication that was not completed refuses them for the moment.
 */
export async function published(shop: ShopNights): Promise<Published | undefined> {
  await shop.warehouse.asSuperuser((client) =>
    client.query(
      'select pg_sleep(extract(epoch from max(effective_from) - clock_timestamp())::float8) from nightjar.switch',
    ),
  );
  try {
    const one = await readSet(shop, 'reader');
    const other = await readSet(shop, 'pooled');
    if (one.identity !== other.identity || one.content !== other.content)
      throw new MixedRead('two consumers that connect now read different generations');
    return one;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === 'NJ006') return undefined;
    throw error;
  }
}

/** Whether a consumer that connects now is given anything: it is refused before the first publication. */
export async function hasPublished(shop: Pick<ShopNights, 'warehouse'>): Promise<boolean> {
  return shop.warehouse.asSuperuser(async (client) => {
    const { rows } = await client.query<{ made: boolean }>(
      "select to_regclass('nightjar.switch') is not null as made",
    );
    if (rows[0]?.made !== true) return false;
    const switches = await client.query('select from nightjar.switch limit 1');
    return switches.rows.length > 0;
  });
}

async function readSet(shop: ShopNights, consumer: string): Promise<Published> {
  const client = await shop.warehouse.connectAs(consumer);
  try {
    // For the one that is pinned by its transaction; to the other it makes no difference.
    await client.query('begin');
    return await readAll((sql) => client.query(sql));
  } finally {
    await client.end();
  }
}

/**
 * Reads everything, in several statements. Throws an error without a code where they do not belong together.
 */
export async function readAll(
  query: (sql: string) => Promise<{ readonly rows: readonly unknown[] }>,
): Promise<Published> {
  const identity = await identityOf(query);
  const customer = asDigest((await query(contentSql('customer'))).rows[0]);
  const purchase = asDigest((await query(contentSql('purchase'))).rows[0]);
  if ((await identityOf(query)) !== identity)
    throw new MixedRead('a read set began in one generation and ended in another');
  const content = `${customer.digest} ${purchase.digest}`;
  return { identity, content, rows: customer.rows + purchase.rows };
}

/** Statements of one read set that do not show one generation. */
export class MixedRead extends Error {}

async function identityOf(
  query: (sql: string) => Promise<{ readonly rows: readonly unknown[] }>,
): Promise<string> {
  const [row] = (await query('select identity::text as identity from shop_view.generation')).rows;
  if (typeof row === 'object' && row !== null && 'identity' in row && typeof row.identity === 'string')
    return row.identity;
  throw new MixedRead('the generation view showed no row');
}

function asDigest(row: unknown): { readonly digest: string; readonly rows: number } {
  if (typeof row !== 'object' || row === null || !('digest' in row) || !('rows' in row))
    throw new MixedRead('a count gave no row');
  return { digest: String(row.digest), rows: Number(row.rows) };
}
