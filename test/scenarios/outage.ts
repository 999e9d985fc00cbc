import assert from 'node:assert/strict';
import pg from 'pg';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import { startPostgres } from '../harness/postgres.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import type { Scenario } from './scenario.ts';

/** The one partial load of that year. */
export const outage: readonly Scenario[] = [
  {
    date: '10 Mar 2021',
    what: 'the warehouses of production and staging go away in the middle of the load, and come back later',
    then: 'some tables new, one short, the rest old: the two did not recover, and readers could not tell',
    play: async () => {
      await using theirs = await startPostgres(18);
      await using production = await shopNights(theirs);
      await using staging = await shopNights(theirs);
      await using nimdta = await shopNights(await testPostgres(18));
      const all = [production, staging, nimdta];
      for (const shop of all) await shop.publish('n1');
      const polling = new AbortController();
      const reads = all.map((shop) => pollMarkers(shop, polling.signal));

      for (const shop of all) await shop.mark('n2');
      const victims = [await backendOf(production), await backendOf(staging)];
      let gone = false;
      const goAway = (): void => {
        if (gone) return;
        gone = true;
        // The server takes down all who are connected, and is not there until it has recovered.
        process.kill(victims[0]?.pid ?? 0, 'SIGKILL');
      };
      const ended = await Promise.allSettled([
        production.night({ onEvent: (event) => (event.kind === 'reading' ? goAway() : undefined) }),
        staging.night({ onEvent: (event) => (event.kind === 'reading' ? goAway() : undefined) }),
        nimdta.night(),
      ]);
      const codes = ended.map((one) =>
        one.status === 'fulfilled'
          ? 'published'
          : one.reason instanceof NightjarError
            ? one.reason.code
            : 'broken',
      );
      // Their sources lie on the same server here, and go with it.
      for (const code of codes.slice(0, 2)) assert.match(code, /^NJ-(WAREHOUSE|SOURCE)-(LOST|UNREACHABLE)$/);
      assert.equal(codes[2], 'published');
      assert.equal(await markerRead(nimdta), 'n2');
      for (const shop of [production, staging]) {
        await untilBack(shop);
        assert.equal(await markerRead(shop), 'n1');
        await shop.night();
        assert.equal(await markerRead(shop), 'n2');
      }
      polling.abort();
      const seen = await Promise.all(reads);
      for (const one of seen) {
        assert.ok(one.markers.length > 0);
        assert.deepEqual(
          one.markers.filter((marker) => marker !== 'n1' && marker !== 'n2'),
          [],
        );
      }
      const count = seen.reduce((sum, one) => sum + one.markers.length, 0);
      return `NIMDTA published. The other two ended with ${codes[0] ?? ''}, kept what they had, and published by a rerun. ${count} reads all along: 0 mixed, 0 empty.`;
    },
  },
];

/** A connection that the server will miss when it is killed. */
async function backendOf(shop: ShopNights): Promise<{ readonly pid: number }> {
  const { host, port, user, password, database } = shop.warehouse.address;
  const client = new pg.Client({ host, port, user, password, database });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return { pid: rows[0]?.pid ?? 0 };
}

/** All markers of both datasets in one session, as one text: one where it is whole. */
async function markerRead(shop: ShopNights): Promise<string> {
  const client = await shop.warehouse.connectAs('reader');
  client.on('error', () => undefined);
  try {
    const markers = new Set<string>();
    for (const table of ['customer', 'purchase']) {
      const { rows } = await client.query<{ marker: string }>(
        `select distinct marker from shop_view.${table}`,
      );
      if (rows.length === 0) return 'empty';
      for (const { marker } of rows) markers.add(marker);
    }
    return [...markers].sort().join(' and ');
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Reads again and again; what is refused with an error is no read. */
async function pollMarkers(
  shop: ShopNights,
  signal: AbortSignal,
): Promise<{ readonly markers: readonly string[] }> {
  const markers: string[] = [];
  while (!signal.aborted) {
    const marker = await markerRead(shop).catch(() => undefined);
    if (marker !== undefined) markers.push(marker);
  }
  return { markers };
}

async function untilBack(shop: ShopNights): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      await markerRead(shop);
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}
