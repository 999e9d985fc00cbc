import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CrashPoint } from '../../src/error/crash-point.ts';
import { runNightjar, type CommandEnd } from '../harness/command.ts';
import { writeMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, shopDeployment, testToken } from '../harness/shop-deployment.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

test('an approval that was killed before its switch is made again', async () => {
  await using place = await heldPlace();
  assert.equal((await place.approve('publish.attached')).code, 'SIGKILL');
  const again = await place.approve();
  assert.equal(again.code, 0, again.output);
  assert.deepEqual(await outcomes(place.shop), [
    { outcome: 'published', generation: 1, error_code: null },
    { outcome: 'published', generation: 2, error_code: null },
  ]);
});

test('of an approval that was killed after its switch the next run writes down that it published', async () => {
  await using place = await heldPlace();
  assert.equal((await place.approve('publish.switched')).code, 'SIGKILL');
  const next = await place.nightjar(['run', '--json']);
  assert.equal(next.code, 0, next.output);
  assert.match(
    next.output,
    /"remarks":\["Generation 2 was approved and published by a process that ended without a word/,
  );
  assert.deepEqual(await outcomes(place.shop), [
    { outcome: 'published', generation: 1, error_code: null },
    { outcome: 'published', generation: 2, error_code: null },
    { outcome: 'published', generation: 3, error_code: null },
  ]);
  assert.doesNotMatch((await place.nightjar(['run'])).output, /Generation 2/);
});

interface HeldPlace extends AsyncDisposable {
  readonly shop: ShopNights;
  readonly nightjar: (args: readonly string[], more?: NodeJS.ProcessEnv) => Promise<CommandEnd>;
  /** Approves all that holds the candidate, and is perhaps killed at a point. */
  readonly approve: (killedAt?: CrashPoint) => Promise<CommandEnd>;
}

/** A shop with generation 1 published, and 2 held. */
async function heldPlace(): Promise<HeldPlace> {
  await using begun = new AsyncDisposableStack();
  const shop = begun.use(await shopNights(await testPostgres(18)));
  const folder = begun.use(await temporaryFolder());
  const file = join(folder.path, 'nightjar.yaml');
  await writeFile(file, shopDeployment(undefined, shop));
  await mkdir(join(folder.path, 'shop'));
  await writeMarkedShop(join(folder.path, 'shop'));
  const nightjar = (args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<CommandEnd> =>
    runNightjar([...args, '--file', file], { ...commandVariables(shop), ...more });
  await shop.mark('n1');
  assert.equal((await nightjar(['run', '--first'])).code, 0);
  await shop.inSource('delete from shop.customer where id > 5');
  const held = await nightjar(['run']);
  assert.equal(held.code, 4, held.output);
  const owned = begun.move();
  return {
    ...{ shop, nightjar },
    approve: (killedAt) =>
      nightjar(['hold', 'approve', 'departures:customer', '--reason', 'they left'], {
        NIGHTJAR_TOKEN: testToken,
        NIGHTJAR_CRASH_POINT: killedAt === undefined ? '' : `kill ${killedAt} 1`,
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function outcomes(shop: ShopNights): Promise<readonly unknown[]> {
  await using session = await shop.session();
  return await session.query(
    'the runs',
    'select outcome, generation::int, error_code from nightjar.run order by number',
  );
}
