import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lease } from '../../src/publish/lease.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

test('who holds a lease gives a sign of life every few seconds, by which the server knows it', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await using _lease = await Lease.take(shop.warehouse.address, new AbortController().signal);
  const { rows } = await shop.warehouse.asSuperuser((client) =>
    client.query<{ began: string }>(
      `select a.state_change::text as began from nightjar.fence f join pg_stat_get_activity(f.lease_pid) a on true`,
    ),
  );
  await assert.rejects(shop.night(), { code: 'NJ-PUBLISH-BUSY' });
  const until = Date.now() + 10_000;
  let isSigned = false;
  while (!isSigned && Date.now() < until) {
    isSigned = await shop.warehouse.asSuperuser(async (client) => {
      const { rows: now } = await client.query<{ signed: boolean }>(
        `select a.state_change > $1::timestamptz as signed from nightjar.fence f join pg_stat_get_activity(f.lease_pid) a on true`,
        [rows[0]?.began],
      );
      return now[0]?.signed === true;
    });
  }
  assert.ok(isSigned, 'the holder gave no sign');
});
