import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { tokenDigest } from '../../src/cli/person.ts';
import { runNightjar, type CommandEnd } from '../harness/command.ts';
import { writeMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, shopDeployment, testToken } from '../harness/shop-deployment.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { withContract } from '../audit/judged-shop.ts';

const files = withContract(
  'customer',
  'guards: { departures: { rows: 2, percent: 0, loosened: { rows: 3, owner: the data team, reason: a clean-up, until: 2021-09-30 } } }\n',
);

test('what the guards hold is shown, and decided about by whoever has a token, step by step', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await temporaryFolder();
  const file = join(place.path, 'nightjar.yaml');
  const deployment = shopDeployment(undefined, shop);
  await writeFile(file, deployment);
  await writeMarkedShop(join(place.path, 'shop'), files);
  const nightjar = (args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<CommandEnd> =>
    runNightjar([...args, '--file', file], { ...commandVariables(shop), ...more });
  await shop.mark('n1');
  assert.equal((await nightjar(['run', '--first'])).code, 0);
  const nothing = await nightjar(['hold']);
  assert.equal(nothing.code, 0);
  assert.equal(nothing.output.trim(), 'No candidate of test is held.');
  const early = await nightjar(['hold', 'reject', '--reason', 'no'], { NIGHTJAR_TOKEN: testToken });
  assert.equal(early.code, 4);
  assert.match(early.complaints, /NJ-GUARD-NOTHING-HELD: No candidate of test is held\./);

  await shop.inSource('delete from shop.customer where id <= 5; delete from shop.secret where id <= 3');
  const run = await nightjar(['run']);
  assert.equal(run.code, 4);
  assert.match(
    run.complaints,
    /\[departures:customer\] customer: of 20 keys published, 5 left without an explanation; 2 are allowed\./,
  );

  const status = await nightjar(['status']);
  assert.match(status.output, /Held: generation 2 of night .* waits for a decision\./);
  assert.match(
    status.output,
    /Loosened: guard departures of customer was loosened up to 2021-09-30 by the data team \(a clean-up\)/,
  );
  assert.match(status.output, /You may: nightjar hold -e test;/);

  const shown = await nightjar(['hold']);
  const text = shown.lines.map((line) => line.replace(/\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?/g, '…')).join('\n');
  assert.equal(
    text,
    [
      'test: generation 2 of night … is held. It was judged against generation 1 at ….',
      '✗ departures:customer',
      '  customer: of 20 keys published, 5 left without an explanation; 2 are allowed.',
      '  Such as: customer_id 1; customer_id 2; customer_id 3; customer_id 4; customer_id 5',
      "  To see them: select key, in_source from nightjar.departure where generation = 2 and dataset = 'customer' and reason is null order by key;",
      '· departures:secret',
      '  secret: of 5 keys published, 3 left without an explanation; 10 are allowed.',
      '  Such as: secret_id 1; secret_id 2; secret_id 3',
      "  To see them: select key, in_source from nightjar.departure where generation = 2 and dataset = 'secret' and reason is null order by key;",
      '· pace',
      '  Of 3 source tables there are fewer than 3 published nights to compare with: shop_customer, shop_order_line, shop_secret.',
      '10 judgements passed (--all shows them).',
      '',
      'Published, it would change, from generation 1 to 2:',
      '  dataset   enter  leave  change',
      '  customer      0      5       0',
      '  purchase      0      0      15',
      '  secret        0      3       0',
      '',
      'To publish it: nightjar hold approve departures:customer --reason "…" -e test',
      'To give it up: nightjar hold reject --reason "…" -e test',
    ].join('\n'),
  );

  const approve = ['hold', 'approve', 'departures:customer', '--reason', 'they left indeed'];
  const tokens: readonly [NodeJS.ProcessEnv, RegExp][] = [
    [{}, /NJ-GUARD-TOKEN: An approval carries .* no token was given/],
    [
      { NIGHTJAR_TOKEN: 'nj_another' },
      /NJ-GUARD-TOKEN-UNKNOWN: .* no person under "people" of test has the token that was given/,
    ],
    [{ NIGHTJAR_TOKEN: testToken, NIGHTJAR_TOKEN_FILE: file }, /NJ-GUARD-TOKEN: .* are both set/],
    [{ NIGHTJAR_TOKEN_FILE: join(place.path, 'none') }, /NJ-GUARD-TOKEN: .* cannot be read/],
  ];
  for (const [variables, says] of tokens) {
    const refused = await nightjar(approve, variables);
    assert.equal(refused.code, 4);
    assert.match(refused.complaints, says);
  }
  await writeFile(file, shopDeployment(undefined, shop, { people: {} }));
  assert.match(
    (await nightjar(['hold', 'reject', '--reason', 'no'], { NIGHTJAR_TOKEN: testToken })).complaints,
    /NJ-GUARD-NO-PEOPLE: A rejection carries .* has no "people" for test: nobody may\./,
  );
  assert.match(
    (await nightjar(['hold'])).output,
    /\nNobody may decide about it yet: the deployment file has no "people" for test\. "nightjar hold token" makes a token, .*\nTo publish it: /,
  );
  await writeFile(file, deployment);
  const token = join(place.path, 'token');
  await writeFile(token, `${testToken}\n`);
  const rehearsed = await nightjar([...approve, '--dry-run'], { NIGHTJAR_TOKEN_FILE: token });
  assert.match(
    rehearsed.output,
    /tester would excuse departures:customer of generation 2, and it would be published; nothing was changed\./,
  );
  const misspelt = ['hold', 'approve', 'departures:custmer', '--reason', 'x', '--dry-run'];
  assert.match(
    (await nightjar(misspelt, { NIGHTJAR_TOKEN_FILE: token })).complaints,
    /There is no failed judgement "departures:custmer"\. Did you mean departures:customer\?/,
  );
  const approved = await nightjar(approve, { NIGHTJAR_TOKEN_FILE: token });
  assert.equal(approved.code, 0);
  assert.match(approved.output, /^Published: generation 2, since .*Z, approved by tester\./);
  assert.match((await nightjar(['read', 'reader', 'customer'])).output, /reader reads generation 2/);

  assert.match((await nightjar(['status'])).output, /Generation 2 was approved by tester: they left indeed/);

  await shop.inSource('delete from shop.customer where id <= 12');
  assert.equal((await nightjar(['run'])).code, 4);
  assert.equal((await nightjar(['generations', 'rollback', '1', '--hold', 'we look'])).code, 0);
  const gone =
    /can no longer be approved\. Generation 3 was judged against generation 2, and generation 1 is published by now/;
  const stillHeld = (await nightjar(['hold'])).output;
  assert.match(stillHeld, gone);
  assert.match(stillHeld, /on hold since .*Z: we look\. To end that: nightjar generations release -e test\n/);
  const back = (await nightjar(['status'])).output;
  assert.match(back, gone);
  assert.match(back, /Somebody went back to generation 1 from 2, at .*Z\./);
  assert.match(back, /nightjar generations rollback 2 --dry-run/);
  const rejected = await nightjar(['hold', 'reject', '--reason', 'no'], { NIGHTJAR_TOKEN: testToken });
  assert.equal(rejected.output.trim(), 'Generation 3 is given up by tester. What is published stays.');
  const givenUp = /Generation 3 was given up by tester at \S+Z: no\n/;
  assert.match((await nightjar(['status'])).output, givenUp);
  assert.match((await nightjar(['generations', 'show', '3'])).output, givenUp);
  assert.match(
    (await nightjar(['generations', 'release'])).output,
    /The hold is lifted: from the next run on what its guards let pass is published again\./,
  );
});

const tokenSchema = z.object({ token: z.string(), digest: z.string() });

test('a token is new each time, and its digest is what the deployment file takes', async () => {
  const tokens = await Promise.all([1, 2].map(() => runNightjar(['hold', 'token', '--json'])));
  const made = tokens.map(({ lines }) => tokenSchema.parse(JSON.parse(lines[0] ?? '')));
  assert.notEqual(made[0]?.token, made[1]?.token);
  for (const { token, digest } of made) assert.equal(tokenDigest(token), digest);
});
