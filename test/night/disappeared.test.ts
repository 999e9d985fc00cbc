import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { lastRuns } from '../../src/night/last-runs.ts';
import { writeMarkedShop } from '../harness/marked-shop.ts';
import { startProgram } from '../harness/program.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, shopDeployment } from '../harness/shop-deployment.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { digestsOf, leftovers } from './leftovers.ts';

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;

for (const major of [15, 18] as const) {
  test(`a run that was killed is ended, and cleaned up after, by the next, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await using place = await temporaryFolder();
    const file = join(place.path, 'nightjar.yaml');
    await writeFile(file, shopDeployment(undefined, shop));
    await mkdir(join(place.path, 'shop'));
    await writeMarkedShop(join(place.path, 'shop'));
    await shop.publish('n1');
    const published = await digestsOf(shop);
    await shop.mark('n2');

    // The run reads the customers, and then waits for the order lines.
    const { host, port, user, password, database } = shop.source;
    const holder = new pg.Client({ host, port, user, password, database });
    await holder.connect();
    await holder.query('begin; lock table shop.order_line in access exclusive mode');
    const run = startProgram([main, 'run', '--file', file], commandVariables(shop));
    await untilExtract(shop);
    run.child.kill('SIGKILL');
    assert.equal(await run.ended, 'SIGKILL', run.complaints());
    await holder.query('commit');
    await holder.end();
    assert.deepEqual(await digestsOf(shop), published);

    await shop.night();
    assert.deepEqual(await leftovers(shop), ['generation_1', 'generation_2']);
    const { rows } = await shop.warehouse.asSuperuser((client) =>
      client.query('select outcome, error_code, error_sentence from nightjar.run where number = 2'),
    );
    assert.deepEqual(rows, [
      {
        outcome: 'failed',
        error_code: 'NJ-NIGHT-DISAPPEARED',
        error_sentence: 'Run 2 ended without a word: its process was killed, or its machine went away.',
      },
    ]);
  });
}

/** Waits until the second run is at work on its sources. */
async function untilExtract(shop: ShopNights): Promise<void> {
  await using session = await shop.session();
  for (let attempt = 0; attempt < 400; attempt++) {
    const [latest] = await lastRuns(session, 1);
    if (latest?.number === 2 && latest.stage === 'extract') return;
    await sleep(50);
  }
  assert.fail('the run never came to its sources');
}
