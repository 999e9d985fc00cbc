import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { inPostgres } from '../harness/databases.ts';
import { reader, shopNights } from '../harness/shop-nights.ts';
import { standbyPair } from '../harness/standby.ts';
import { look, nightOf } from './look.ts';

for (const major of [15, 18] as const) {
  test(`who reads a standby reads one generation in a session, or is refused while it lags, on ${major}`, async () => {
    await using pair = await standbyPair(major);
    await using shop = await shopNights(pair.primary, [
      { ...reader, rules: { standbyLag: 3 } },
      { ...reader, name: 'stray' },
    ]);
    await shop.publish('n1');
    const standby = await pair.follow();
    const { database, password } = shop.warehouse.address;

    /** What a new session on the standby reads, twice: its night, or the code of its refusal. */
    const read = async (consumer: string): Promise<string> => {
      const login = shop.warehouse.consumers.find((one) => one.name === consumer)?.logins[0];
      const client = new pg.Client({
        host: standby.host,
        port: standby.port,
        database,
        user: login,
        password,
      });
      await client.connect();
      try {
        const night = await look(client);
        assert.equal(await look(client), night);
        return `night ${night}`;
      } catch (error) {
        if (error instanceof pg.DatabaseError) return error.code ?? '';
        throw error;
      } finally {
        await client.end();
      }
    };
    const until = async (wanted: string, allowed: readonly string[]): Promise<void> => {
      const limit = Date.now() + 20_000;
      for (;;) {
        const found = await read('reader');
        if (found === wanted) return;
        assert.ok(allowed.includes(found), `${found} before ${wanted}`);
        assert.ok(Date.now() < limit, `still ${found} in place of ${wanted}`);
      }
    };
    await until('night 1', ['NJ006']);
    assert.equal(await read('stray'), 'NJ001');
    const onStandby = (sql: string): Promise<unknown> =>
      inPostgres({ ...standby, database }, (client) => client.query(sql));

    await onStandby('select pg_wal_replay_pause()');
    await shop.publish('n2');
    assert.equal(await nightOf(shop, 'stray'), 2, 'whoever reads the warehouse itself has it');
    // As long as it may: what it does not know yet does not count yet. Then it can no longer be known.
    await until('NJ006', ['night 1']);
    await onStandby('select pg_wal_replay_resume()');
    await until('night 2', ['NJ006', 'night 1']);
    assert.equal(await read('reader'), 'night 2');
  });
}
