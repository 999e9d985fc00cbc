import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { readAs } from '../../src/publish/read-as.ts';
import { testPostgres } from '../harness/servers.ts';
import { altered } from '../harness/marked-shop.ts';
import { schema, shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { look } from './look.ts';

for (const major of [15, 18] as const) {
  test(`whoever cannot be told what it reads is refused with a sentence, never with nothing, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await using session = await shop.session();
    const read = (dataset?: string): Promise<unknown> =>
      readAs(session, { schema, consumer: 'reader', login: loginOf(shop, 'reader'), dataset, limit: 5 });
    await assert.rejects(read('customer'), {
      code: 'NJ-PUBLISH-REFUSED',
      message: /no dataset "customer" has been published yet for consumer "reader"/,
    });

    // A night that ends in its switch leaves views, and nothing behind them.
    await shop.mark('n1');
    await shop.night({ dryRun: true });
    const early = await shop.warehouse.connectAs('reader');
    await shop.warehouse.asSuperuser((client) =>
      client.query('alter table nightjar.journal add constraint none check (false)'),
    );
    await assert.rejects(shop.night(), { code: 'NJ-WAREHOUSE-STATEMENT' });
    await shop.warehouse.asSuperuser((client) =>
      client.query('alter table nightjar.journal drop constraint none'),
    );
    assert.match(
      await refusal(early, 'customer'),
      /^NJ003 nothing has been published yet for consumer "reader"$/,
    );
    await assert.rejects(read('customer'), { message: /nothing has been published yet .*NJ003/ });

    await shop.publish('n1');
    assert.match(await refusal(early, 'customer'), /^NJ003 this session began before the first publication/);
    assert.match(await refusal(early, 'generation'), /^NJ003/);
    await early.end();

    const client = await shop.warehouse.connectAs('reader');
    await look(client);
    await shop.warehouse.asSuperuser(async (superuser) => {
      await superuser.query("delete from nightjar.login where login like 'reader%'");
      assert.match(await refusal(client, 'customer'), /^NJ001 the login "reader_.*" belongs to no consumer/);
      await superuser.query("insert into nightjar.login select $1, 'reader'", [loginOf(shop, 'reader')]);
      await superuser.query(
        'insert into nightjar.retirement (generation) select max(number) from nightjar.generation',
      );
      assert.match(await refusal(client, 'customer'), /^NJ004 generation \d+ is retired/);
      await superuser.query('delete from nightjar.retirement');
      await superuser.query("delete from nightjar.dataset where name = 'customer'");
      assert.match(await refusal(client, 'customer'), /^NJ005 generation \d+ has no dataset "customer"/);
      // On 15 our role has what the consumers' roles have, and so sees their sessions even then.
      if (major === 15) return;
      await superuser.query(`revoke pg_read_all_stats from ${shop.warehouse.address.user}`);
      assert.match(await refusal(client, 'purchase'), /^NJ002/);
    });
    await client.end();
  });
}

test('a dataset that is new is refused where the generation read is older than it', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1', {
    files: { 'datasets/purchase.sql': null, 'datasets/purchase.yaml': null },
    consumers: onlyCustomers(shop),
  });
  const old = await shop.warehouse.connectAs('reader');
  await shop.publish('n2', { files: altered('datasets/customer.yaml', 'Who buys', 'Who bought') });
  assert.match(await refusal(old, 'purchase'), /^NJ005 generation 1 has no dataset "purchase"/);
  assert.deepEqual((await old.query('select distinct marker from shop_view.customer')).rows, [
    { marker: 'n1' },
  ]);
  await old.end();
});

function onlyCustomers(shop: ShopNights): ShopNights['environment']['consumers'] {
  return shop.environment.consumers.map((one) => ({
    ...one,
    reads: one.reads.filter((name) => name !== 'purchase'),
  }));
}

function loginOf(shop: ShopNights, consumer: string): string {
  return shop.warehouse.consumers.find((one) => one.name === consumer)?.logins[0] ?? '';
}

/** What a reader is told, which does not depend on what it looks for: also where there is no such row. */
async function refusal(client: pg.Client, view: string): Promise<string> {
  const whole = await answer(client, `select * from ${schema}.${view}`);
  if (view !== 'customer' && view !== 'purchase') return whole;
  assert.equal(await answer(client, `select marker from ${schema}.${view} where customer_id = -1`), whole);
  assert.equal(await answer(client, `select exists (select from ${schema}.${view})`), whole);
  return whole;
}

async function answer(client: pg.Client, sql: string): Promise<string> {
  try {
    const { rows } = await client.query(sql);
    return `${rows.length} rows`;
  } catch (error) {
    return error instanceof pg.DatabaseError ? `${error.code ?? ''} ${error.message}` : String(error);
  }
}
