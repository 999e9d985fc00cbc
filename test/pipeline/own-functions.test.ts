import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalOf } from '../../src/pipeline/sql/refused-functions.ts';
import { migrate } from '../../src/warehouse/migrate.ts';
import { Session } from '../../src/warehouse/session.ts';
import { testPostgres } from '../harness/servers.ts';
import { testWarehouse } from '../harness/warehouse.ts';

test('of the functions of the control schema a dataset may call the six that are for datasets, and no other', async () => {
  await using warehouse = await testWarehouse(await testPostgres(18), []);
  const { address } = warehouse;
  const { signal } = new AbortController();
  await using session = await Session.open({ address: () => address, purpose: 'test', signal });
  await migrate(session);
  const functions = await session.query<{ name: string }>(
    'its functions',
    "select distinct proname as name from pg_proc where pronamespace = 'nightjar'::regnamespace order by 1",
  );
  const free = functions.map(({ name }) => name).filter((name) => refusalOf('', name, 0) === undefined);
  assert.deepEqual(free, ['as_of', 'exact', 'fold_case', 'fold_mysql', 'strict_bigint', 'strict_date']);
});
