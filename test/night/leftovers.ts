import type { ShopNights } from '../harness/shop-nights.ts';

/** What a consumer that connects now is given: a digest of every row of its datasets, and the generation's identity. */
export async function digestsOf(shop: ShopNights): Promise<unknown> {
  const client = await shop.warehouse.connectAs('reader');
  try {
    const { rows } = await client.query<Record<string, string>>(`
      select (select md5(string_agg(c::text, chr(10) order by c::text)) from shop_view.customer c) as customer,
             (select md5(string_agg(p::text, chr(10) order by p::text)) from shop_view.purchase p) as purchase,
             (select identity from shop_view.generation) as identity,
             (select md5(string_agg(d::text, chr(10) order by d::text)) from shop_view.dataset d) as datasets`);
    return rows;
  } finally {
    await client.end();
  }
}

/** Schemas of runs and generations that are there; no session of ours may be. */
export async function leftovers(shop: ShopNights): Promise<readonly string[]> {
  return shop.warehouse.asSuperuser(async (client) => {
    const until = Date.now() + 5_000;
    let sessions: readonly string[] = [];
    // A connection that is closed is in the server's list for a moment longer.
    do {
      const { rows } = await client.query<{ name: string }>(
        `select application_name || ': ' || query as name from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
      );
      sessions = rows.map(({ name }) => name);
    } while (sessions.length > 0 && Date.now() < until);
    const { rows } = await client.query<{ name: string }>(
      "select nspname as name from pg_namespace where nspname ~ '^(generation|raw)_' order by 1",
    );
    return [...sessions, ...rows.map(({ name }) => name)];
  });
}
