import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runNightjar } from '../harness/command.ts';
import { writeMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, shopDeployment } from '../harness/shop-deployment.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

/** The program as a user runs it in a folder, where it must succeed. */
async function commandOf(
  shop: ShopNights,
  folder: string,
): Promise<(...args: readonly string[]) => Promise<string>> {
  const file = join(folder, 'nightjar.yaml');
  await writeFile(file, shopDeployment(undefined, shop));
  await writeMarkedShop(join(folder, 'shop'));
  return async (...args) => {
    const { code, output } = await runNightjar([...args, '--file', file], commandVariables(shop));
    assert.equal(code, 0, output);
    return output;
  };
}

test('what the guards let pass and noted is counted at the end of a run, and shown for its generation', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const nightjar = await commandOf(shop, place.path);
  await shop.publish('n1');
  await shop.inSource('delete from shop.order_line where order_no = 2 and line_no = 1');
  assert.match(
    await nightjar('run'),
    /\n {2}the guards let pass, and noted, 3 things: "nightjar generations show 2 -e test" says which\n/,
  );
  const shown = await nightjar('generations', 'show', '2');
  assert.match(
    shown,
    /\nWhat the guards let pass, and noted:\n[^]*\n {2}\[departures:purchase\] purchase: of 60 keys published, 1 left without an explanation/,
  );
  assert.doesNotMatch(shown, /empty:/, 'what passed without a word is not told');
});

test('generations are compared, gone back from and taken up again, and a rehearsal says what would be', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const nightjar = await commandOf(shop, place.path);
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
  assert.match(
    await nightjar('hold'),
    /^No candidate of test is held\.\nPublication has been on hold since .*Z: the prices are wrong\. To end that: nightjar generations release -e test\n$/,
  );
  assert.match(await nightjar('generations', 'release', '-e', 'test'), /The hold is lifted/);
  assert.match(await nightjar('hold'), /^No candidate of test is held\.\n$/);
  assert.match(await nightjar('generations', 'rollback', '2'), /^Switching from generation 1 to 2, /);
});

test('a run, and whoever looks at its generation, is told how many rows are not as they were read', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const nightjar = await commandOf(shop, place.path);
  await shop.mark('n1');
  assert.doesNotMatch(await nightjar('run', '--first'), /stand in|left out/);
  await shop.inSource(`update shop.customer set marker = null where id in (3, 4);
    insert into shop.customer values (21, null, 'new@example.invalid', 50)`);
  const told = '2 rows stand in by the last good version; 1 row is left out, broken or struck out';
  const rehearsed = await nightjar('run', '--dry-run');
  assert.ok(rehearsed.includes(`  ${told}\n`), rehearsed);
  const listed = `${told}: "nightjar faults -e test" lists those that are broken\n`;
  const run = await nightjar('run');
  assert.ok(run.includes(`  ${listed}`), run);
  const [, number = ''] = /generation (\d+) of night/.exec(run) ?? [];
  const shown = await nightjar('generations', 'show', number);
  assert.ok(shown.includes(`\n${listed}`), shown);
  assert.doesNotMatch(await nightjar('generations', 'show', '1'), /stand in|left out/);
  await using session = await shop.session();
  await session.query(
    'a remark',
    'update nightjar.snapshot set remarks = array[\'Rows of "shop" are read as text.\']',
  );
  assert.match(await nightjar('generations', 'show', '1'), /\nRows of "shop" are read as text\.\n/);
});

test('a generation that never was is answered with those that are kept', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const file = join(place.path, 'nightjar.yaml');
  await writeFile(file, shopDeployment(undefined, shop));
  await writeMarkedShop(join(place.path, 'shop'));
  const nightjar = (...args: readonly string[]) =>
    runNightjar([...args, '--file', file], commandVariables(shop));
  await shop.publish('n1');
  await shop.publish('n2');
  await using session = await shop.session();
  await session.query('a past', "update nightjar.generation set state = 'retired' where number = 1");
  const show = await nightjar('generations', 'show', '99');
  assert.match(
    show.complaints,
    /^NJ-PUBLISH-NO-GENERATION: There is no generation 99; published and kept are 2\.\n/,
  );
  for (const args of [
    ['rollback', '1'],
    ['diff', '1', '2'],
  ]) {
    const { complaints } = await nightjar('generations', ...args);
    assert.match(complaints, /There is no published generation 1; published and kept are 2\.\n/);
  }
  // What is gone is still told of.
  assert.equal((await nightjar('generations', 'show', '1')).code, 0);
});

test('going back says who does not go at once, before and after', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const nightjar = await commandOf(shop, place.path);
  await shop.publish('n1');
  await shop.publish('n2');
  const client = await shop.warehouse.connectAs('reader');
  await client.query('call shop_view.begin_import()');
  await client.end();
  assert.match(
    await nightjar('generations', 'rollback', '1', '--dry-run'),
    /\n {2}not at once for reader: its import is open\n/,
  );
  const done = await nightjar('generations', 'rollback', '1');
  assert.match(done, /\nDone: since \S+ 2 consumers read generation 1\.\n/);
  assert.match(
    done,
    /\nreader does not yet\. It is due: its import is open since .* so it gets generation 1 at .* at the latest\. Not to wait: nightjar switch-due reader -e test\n/,
  );
});

test('a generation that cannot be compared can be gone back to all the same', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const nightjar = await commandOf(shop, place.path);
  await shop.publish('n1');
  await shop.publish('n2');
  await shop.warehouse.asSuperuser((client) =>
    client.query('alter table generation_2.customer owner to current_user'),
  );
  const done = await nightjar('generations', 'rollback', '1');
  assert.match(
    done,
    /\n {2}what would move could not be counted: The warehouse does not let our role do what is needed during /,
  );
  assert.match(done, /\nDone: since \S+ 3 consumers read generation 1\.\n/);
});
