import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runNightjar, type CommandEnd } from '../harness/command.ts';
import { writeMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, shopDeployment } from '../harness/shop-deployment.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { nightOf } from '../publish/look.ts';

test("no command and no run works in another environment's warehouse, until it is renamed there", async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const file = join(place.path, 'nightjar.yaml');
  await writeMarkedShop(join(place.path, 'shop'));
  await writeFile(file, shopDeployment(undefined, shop));
  const nightjar = (args: readonly string[]): Promise<CommandEnd> =>
    runNightjar([...args, '--file', file], commandVariables(shop));
  // What no run has been in yet is nobody's.
  assert.equal((await nightjar(['check'])).code, 0);
  await shop.publish('n1');
  assert.equal((await nightjar(['generations'])).code, 0);

  await writeFile(file, (await readFile(file, 'utf8')).replace('{"test":', '{"other":'));
  await shop.mark('n2');
  const commands = [['run'], ['check'], ['generations'], ['read', 'reader'], ['verify']];
  for (const command of commands) {
    const { code, complaints } = await nightjar(command);
    assert.notEqual(code, 0, command.join(' '));
    assert.match(
      complaints,
      /NJ-WAREHOUSE-OTHER-ENVIRONMENT: The warehouse .* is that of the environment "test", and "other" is to work in it/,
    );
  }
  assert.equal(await nightOf(shop, 'reader'), 1);

  await using session = await shop.session();
  await session.query('the renaming', "update nightjar.environment set name = 'other'");
  const run = await nightjar(['run']);
  assert.equal(run.code, 0, run.output);
  assert.equal(await nightOf(shop, 'reader'), 2);
});
