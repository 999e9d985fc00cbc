import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { commandPlace } from '../harness/command-place.ts';
import { commandVariables, shopDeployment } from '../harness/shop-deployment.ts';
import { testPostgres } from '../harness/servers.ts';
import { reader, shopNights } from '../harness/shop-nights.ts';
import { inSession } from '../publish/in-session.ts';
import { nightOf } from '../publish/look.ts';

test('status says who is due and why, and switch-due waits no longer', async () => {
  await using shop = await shopNights(await testPostgres(18), [
    { ...reader, rules: { afterBound: 'keep' } },
    { ...reader, name: 'other', rules: { whenStale: 'refuse', deadline: '00:00' } },
    { ...reader, name: 'far', rules: { standbyLag: 60 } },
  ]);
  await shop.publish('n1');
  await inSession(shop, 'reader', async (client) => {
    await client.query('call shop_view.acknowledge()');
    await client.query('call shop_view.begin_import()');
  });
  await shop.publish('n2');
  const deployment = z
    .object({ environments: z.record(z.string(), z.looseObject({})) })
    .parse(JSON.parse(shopDeployment(undefined, shop)));
  await using place = await commandPlace(deployment.environments);
  const variables = commandVariables(shop);
  const status = await place.run(['status'], variables);
  assert.deepEqual(status.complaints, '');
  const [, far = '', other = '', due = ''] = status.lines.map((line) =>
    line.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T').trim(),
  );
  assert.equal(
    far,
    'far reads generation 1 of night 2026-11-20, published T. ' +
      'It is due: the standby it reads may lag behind, so it gets generation 2 at T at the latest. ' +
      'It reads a standby, and gets what is published 60 seconds later.',
  );
  assert.match(other, /^other reads generation 2 of night 2026-11-21, published T\./);
  assert.equal(
    due,
    'reader reads generation 1 of night 2026-11-20, published T. ' +
      'It is due: its import is open since T, so it gets generation 2 when that is over. ' +
      'It last said that it took generation 1, T.',
  );
  assert.match(status.lines.join('\n'), /You may: .*nightjar switch-due reader -e test\./);

  const run = async (...args: readonly string[]): Promise<string> => {
    const { code, lines, complaints } = await place.run(['switch-due', ...args], variables);
    assert.equal(code, 0, complaints);
    return lines.join('\n');
  };
  assert.match(
    await run('reader', '--dry-run'),
    /^It is due: .* It would be given it at once; an import that is open would read two/,
  );
  assert.equal(await nightOf(shop, 'reader'), 1);
  assert.match(await run('reader'), /^Done: since \S+ whoever connects for reader reads generation 2\.$/);
  assert.equal(await nightOf(shop, 'reader'), 2);
  assert.equal(await run('reader'), 'Nothing waits for reader.');
  assert.match(await run('far'), /^It is due: the standby .* That cannot be sooner\.$/);
  const wrong = await place.run(['switch-due', 'redaer'], variables);
  assert.equal(wrong.code, 2);
  assert.match(wrong.complaints, /NJ-USE-CONSUMER: There is no consumer "redaer".*Did you mean reader\?/);
});
