import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withLockTimeout } from '../../src/warehouse/lock-timeout.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';

test('every session of ours waits for a lock for a minute at most, also after a shorter limit', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using session = await shop.session();
  const limit = async (): Promise<unknown> =>
    session.one<{ limit: string }>('the test', `select current_setting('lock_timeout') as "limit"`);
  assert.deepEqual(await limit(), { limit: '1min' });
  await withLockTimeout(session, '2s', async () => assert.deepEqual(await limit(), { limit: '2s' }));
  assert.deepEqual(await limit(), { limit: '1min' });
});
