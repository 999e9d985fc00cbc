import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { Lease } from '../../src/publish/lease.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { look, nightOf } from './look.ts';

const never = new AbortController().signal;

/** A shop with two generations, the first of them current, and the fence in our hands. */
async function twoGenerations(major: 15 | 18): Promise<{ shop: ShopNights; lease: Lease }> {
  const shop = await shopNights(await testPostgres(major));
  await shop.publish('n1');
  await shop.publish('n2');
  const lease = await Lease.take(shop.warehouse.address, never);
  return { shop, lease };
}

/** A connection of our own role's, for transactions that are left open. */
async function ours(shop: ShopNights): Promise<pg.Client> {
  const client = new pg.Client({ ...shop.warehouse.address });
  await client.connect();
  return client;
}

async function announce(client: pg.Client, lease: Lease): Promise<Date> {
  const { rows } = await client.query<{ instant: Date }>(
    "select nightjar.announce($1, 1, 2, interval '300 ms') as instant",
    [lease.fence],
  );
  return rows[0]?.instant ?? new Date(Number.NaN);
}

const passed = (client: pg.Client, instant: Date): Promise<unknown> =>
  client.query('select pg_sleep(extract(epoch from $1::timestamptz - clock_timestamp()))', [instant]);

for (const major of [15, 18] as const) {
  test(`however long the commit of a switch takes, nobody reads two generations, on ${major}`, async () => {
    const { shop, lease } = await twoGenerations(major);
    await using _shop = shop;
    await using _lease = lease;
    const writer = await ours(shop);
    const before = await shop.warehouse.connectAs('reader');
    const instant = await announce(writer, lease);
    await writer.query('begin');
    await writer.query("select nightjar.switch_to($1, 'rollback', 1, 2, null, $2)", [lease.fence, instant]);
    await passed(before, instant);
    // The instant has come, and the switch is not to be seen yet.
    const session = await shop.warehouse.connectAs('reader');
    await assert.rejects(look(session), { code: 'NJ006', message: 'a publication is being completed' });
    const transaction = await shop.warehouse.connectAs('pooled');
    await assert.rejects(look(transaction), { code: 'NJ006' });
    assert.equal(await look(before), 2);
    await writer.query('commit');
    assert.equal(await look(session), 1);
    assert.equal(await look(transaction), 1);
    assert.equal(await look(before), 2);
    for (const client of [writer, before, session, transaction]) await client.end();
  });

  test(`however long the commit of an announcement takes, nobody reads two generations, on ${major}`, async () => {
    const { shop, lease } = await twoGenerations(major);
    await using _shop = shop;
    await using _lease = lease;
    const writer = await ours(shop);
    await writer.query('begin');
    const instant = await announce(writer, lease);
    const session = await shop.warehouse.connectAs('reader');
    await passed(session, instant);
    const late = await shop.warehouse.connectAs('reader');
    assert.equal(await look(late), 2);
    await writer.query('commit');
    await assert.rejects(look(late), { code: 'NJ006' });
    await writer.query('select nightjar.withdraw($1, $2)', [lease.fence, instant]);
    assert.equal(await look(late), 2);
    assert.equal(await look(session), 2);
    for (const client of [writer, session, late]) await client.end();
  });

  test(`an announcement whose runner died keeps nobody waiting for long, on ${major}`, async () => {
    const { shop, lease } = await twoGenerations(major);
    await using _shop = shop;
    const writer = await ours(shop);
    const instant = await announce(writer, lease);
    await passed(writer, instant);
    await assert.rejects(nightOf(shop, 'reader'), { code: 'NJ006' });
    await lease[Symbol.asyncDispose]();
    {
      await using _next = await Lease.take(shop.warehouse.address, never);
      assert.equal(await nightOf(shop, 'reader'), 2);
      const late = writer.query("select nightjar.switch_to($1, 'rollback', 1, 2, null, $2)", [
        lease.fence,
        instant,
      ]);
      await assert.rejects(late, { code: 'NJ011' });
    }
    await shop.warehouse.asSuperuser((client) =>
      client.query("insert into nightjar.announcement values (now() - interval '11 minutes', 1, 1)"),
    );
    assert.equal(await nightOf(shop, 'reader'), 2);
    await writer.end();
  });
}
