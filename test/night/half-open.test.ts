import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { setting } from '../harness/warehouse.ts';
import { startServerProxy, type ServerProxy } from '../source/server-proxy.ts';
import { leftovers } from './leftovers.ts';

test('a source that falls silent before there is a snapshot ends the run', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  await using silent = await silentFrom(shop.source, 'never said', 2);
  await assert.rejects(shop.night({ environment: sourceAt(shop, silent) }), {
    code: 'NJ-SOURCE-LOST',
    message: /no answer within 2 s/,
  });
  assert.deepEqual(await leftovers(shop), ['generation_1']);
});

test('a run whose warehouse falls silent ends when it is told to stop', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  const stop = new AbortController();
  const { host, port } = shop.warehouse.address;
  await using silent = await silentFrom({ host, port }, 'shop_customer', 0, () => {
    stop.abort('enough');
  });
  const warehouse = { ...shop.environment.warehouse, port: setting(silent.port) };
  await assert.rejects(shop.night({ warehouse, signal: stop.signal }), { code: 'NJ-NIGHT-STOPPED' });
  assert.deepEqual(await leftovers(shop), ['generation_1']);
});

/** A proxy one of whose connections hands on nothing more from the piece on in which the server says these words. */
async function silentFrom(
  server: { readonly host: string; readonly port: number },
  words: string,
  pieces: number,
  then: () => void = () => undefined,
): Promise<ServerProxy> {
  let isSilent = false;
  return startServerProxy(server, () => {
    let seen = 0;
    return (piece) => {
      if (isSilent || (!piece.includes(words) && (pieces === 0 || ++seen <= pieces))) return piece;
      isSilent = true;
      then();
      return 'halt';
    };
  });
}

function sourceAt({ environment }: ShopNights, proxy: ServerProxy): object {
  const connections = environment.connections.map((one) => ({
    ...one,
    port: setting(proxy.port),
    snapshotLimit: 2,
  }));
  return { connections };
}
