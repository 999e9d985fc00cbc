import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAs } from '../../src/publish/read-as.ts';
import { testPostgres } from '../harness/servers.ts';
import { reader, schema, shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { holdPublication } from './hold-publication.ts';
import { inSession } from './in-session.ts';
import { look, nightOf } from './look.ts';
import { sqlstate } from './sqlstate.ts';

for (const major of [15, 18] as const) {
  test(`who asked for it is refused from the start of a run until its publication, on ${major}`, async () => {
    const strict = { ...reader, name: 'strict', rules: { whenStale: 'refuse' } } as const;
    await using shop = await shopNights(await testPostgres(major), [
      reader,
      strict,
      { ...strict, name: 'importing' },
    ]);
    await shop.publish('n1');
    await inSession(shop, 'importing', (client) => client.query('call shop_view.begin_import()'));
    const before = await shop.warehouse.connectAs('strict');
    await shop.mark('n2');
    const held = await holdPublication(shop);
    assert.equal(await refusal(shop, 'strict'), 'NJ007');
    assert.equal(await refusal(shop, 'reader'), undefined);
    assert.equal(await refusal(shop, 'importing'), undefined, 'its word that it imports counts more');
    assert.equal(await look(before), 1, 'a session that began before reads its night to the end');
    const meanwhile = await shop.warehouse.connectAs('strict');
    await using session = await shop.session();
    const login = shop.warehouse.consumers[1]?.logins[0] ?? '';
    await assert.rejects(
      readAs(session, { schema, consumer: 'strict', login, dataset: 'customer', limit: 1 }),
      { code: 'NJ-PUBLISH-REFUSED', message: /counts as stale for consumer "strict" since .*NJ007/ },
    );
    await held.goOn();
    await held.night;
    assert.equal(await nightOf(shop, 'strict'), 2);
    assert.equal(
      await sqlstate(meanwhile, 'select * from shop_view.customer'),
      'NJ007',
      'never the old one after all',
    );
    for (const client of [before, meanwhile]) await client.end();

    // A rehearsal publishes nothing, and a night that is kept from publishing does not begin.
    await shop.night({ dryRun: true });
    await shop.warehouse.asSuperuser((client) =>
      client.query("insert into nightjar.hold (reason) values ('so')"),
    );
    await assert.rejects(shop.night(), { code: 'NJ-PUBLISH-HELD' });
    assert.equal(await nightOf(shop, 'strict'), 2);
  });
}

test('who named a deadline is refused from then on where the night of the day is not there', async () => {
  await using shop = await shopNights(await testPostgres(18), [
    { ...reader, rules: { whenStale: 'refuse', deadline: '06:00' } },
  ]);
  await shop.publish('n1', { asOf: '2026-07-10' });
  const stale = (instant: string): Promise<boolean | undefined> =>
    shop.warehouse.asSuperuser(async (client) => {
      const { rows } = await client.query<{ stale: boolean }>(
        `select nightjar.stale_since(s, $1) is not null as stale from nightjar.switch s`,
        [instant],
      );
      return rows[0]?.stale;
    });
  await shop.warehouse.asSuperuser((client) =>
    client.query(
      "set session_replication_role = replica; update nightjar.switch set effective_from = '2026-07-10T02:00Z'",
    ),
  );
  assert.equal(await stale('2026-07-10T02:00Z'), false);
  assert.equal(await stale('2026-07-11T04:59Z'), false, 'before six, in summer');
  assert.equal(await stale('2026-07-11T05:00Z'), true);
  assert.equal(await refusal(shop, 'reader'), 'NJ007');
  // What was gone back to since then was chosen as the best there is.
  await shop.warehouse.asSuperuser((client) =>
    client.query(
      "set session_replication_role = replica; update nightjar.switch set effective_from = '2026-07-11T07:00Z'",
    ),
  );
  assert.equal(await stale('2026-07-11T08:00Z'), false);
});

function refusal(shop: ShopNights, consumer: string): Promise<string | undefined> {
  return inSession(shop, consumer, (client) => sqlstate(client, 'select * from shop_view.customer'));
}
