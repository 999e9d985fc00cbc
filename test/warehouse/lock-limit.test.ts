import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withLockTimeout } from '../../src/warehouse/lock-timeout.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

test('no session of ours has a limit on the time of its transactions, whatever the database says', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const { database } = shop.warehouse.address;
  await shop.warehouse.asSuperuser((operator) =>
    operator.query(`alter database ${database} set transaction_timeout = '1s'`),
  );
  await using session = await shop.session();
  const shown = await session.one<{ limit: string }>(
    'the test',
    `select current_setting('transaction_timeout') as "limit"`,
  );
  assert.deepEqual(shown, { limit: '0' });
});

test('every session of ours waits for a lock for a minute at most, also after a shorter limit', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using session = await shop.session();
  const limit = async (): Promise<unknown> =>
    session.one<{ limit: string }>('the test', `select current_setting('lock_timeout') as "limit"`);
  assert.deepEqual(await limit(), { limit: '1min' });
  await withLockTimeout(session, '2s', async () => assert.deepEqual(await limit(), { limit: '2s' }));
  assert.deepEqual(await limit(), { limit: '1min' });
});
