import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runNightjar } from '../harness/command.ts';
import { writeMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, shopDeployment } from '../harness/shop-deployment.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

test('generations are compared, gone back from and taken up again, and a rehearsal says what would be', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const file = join(place.path, 'nightjar.yaml');
  await writeFile(file, shopDeployment(undefined, shop));
  await writeMarkedShop(join(place.path, 'shop'));
  const nightjar = async (...args: readonly string[]): Promise<string> => {
    const { code, output } = await runNightjar([...args, '--file', file], commandVariables(shop));
    assert.equal(code, 0, output);
    return output;
  };
  await shop.publish('n1');
  await shop.publish('n2');

  const diff = ['generations', 'diff', '1', '2', '--dataset', 'customer'];
  assert.match(
    await nightjar(...diff, '--limit', '2'),
    /(\nchanged +\{.*\}){2}\n18 keys more: --limit 20 shows all here, --ndjson each as an object\.\n$/,
  );
  assert.doesNotMatch(await nightjar(...diff, '--limit', '20'), /more/);

  assert.match(
    await nightjar('run', '--dry-run'),
    /was read, built, audited and judged\. It would have been published, and was not \(--dry-run\)\.\n/,
  );
  assert.match(
    await nightjar('generations', 'rollback', '1', '--hold', 'the prices are wrong'),
    /^Going back from generation 2 to 1, /,
  );
  assert.match(
    await nightjar('run', '--dry-run'),
    /judged\. No guard holds it, but publication is on hold: the prices are wrong\. It was not published \(--dry-run\)\.\n/,
  );
  assert.match(await nightjar('generations', 'rollback', '2'), /^Switching from generation 1 to 2, /);
});
