import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultReport } from '../../src/night/run-record.ts';
import { withContract } from '../audit/judged-shop.ts';
import { commandPlace } from '../harness/command-place.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, environmentFile, testToken } from '../harness/shop-deployment.ts';
import { shopNights } from '../harness/shop-nights.ts';

const files = withContract('customer', 'guards: { departures: { rows: 2 } }\n');

test('a list of faults that its run did not write to its end is never told as a list of none', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await commandPlace({ test: environmentFile(undefined, shop) }, files);
  const variables = commandVariables(shop);
  await shop.mark('n1');
  const died = { ...variables, NIGHTJAR_CRASH_POINT: 'kill publish.in-force 1' };
  assert.equal((await place.run(['run', '--first', '--night', '2026-11-20'], died)).code, 'SIGKILL');

  const unlisted = async (): Promise<void> => {
    const told = await place.run(['faults'], variables);
    assert.equal(told.code, 1, told.output);
    assert.deepEqual(told.lines, ['Generation 1 of test: rows with a fault that someone can mend.']);
    assert.match(
      told.complaints,
      /NJ-NIGHT-FAULTS-UNLISTED: The list of faults of generation 1 of "test" is not complete: .* run 1 /,
    );
    const csv = await place.run(['faults', '--csv'], variables);
    assert.equal(csv.code, 1);
    assert.deepEqual(csv.lines, ['office,dataset,key,fault,in words,since']);
    const json = await place.run(['faults', '--json'], variables);
    assert.equal(json.code, 1);
    assert.match(json.lines.join('\n'), /^\{"error":"NJ-NIGHT-FAULTS-UNLISTED",/);
    assert.equal((await place.run(['faults', '--office', 'north'], variables)).code, 1);
  };
  await unlisted();
  // The next run writes down that it published, and where it came to.
  assert.equal((await place.run(['run', '--dry-run', '--night', '2026-11-20'], variables)).code, 0);
  await unlisted();

  const whole = { ...variables, NIGHTJAR_CRASH_POINT: 'kill retain.raw-dropped 1' };
  assert.equal((await place.run(['run', '--night', '2026-11-21'], whole)).code, 'SIGKILL');
  assert.equal((await place.run(['run', '--dry-run', '--night', '2026-11-21'], variables)).code, 0);
  const none = await place.run(['faults'], variables);
  assert.equal(none.code, 0, none.output);
  assert.equal(none.lines[1], 'None.');
});

test('a list of faults is complete after an approval too, and not where raw tables were lost meanwhile', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await commandPlace({ test: environmentFile(undefined, shop) }, files);
  const variables = { ...commandVariables(shop), NIGHTJAR_TOKEN: testToken };
  await shop.mark('n1');
  const early = await place.run(['run'], variables);
  assert.equal(early.code, 4, early.output);
  for (const command of [['faults'], ['why', 'customer', '1']]) {
    const { code, complaints } = await place.run(command, variables);
    assert.equal(code, 1);
    assert.match(
      complaints,
      /NJ-PUBLISH-NOTHING-YET: Nothing has been published in "test" yet: generation 1 of night .* is held, and waits for a decision\./,
    );
  }
  const approve = ['hold', 'approve', '--reason', 'they left'];
  assert.equal((await place.run([...approve, 'first'], variables)).code, 0);
  assert.equal((await place.run(['faults'], variables)).code, 0);

  await shop.inSource('delete from shop.customer where id <= 5');
  assert.equal((await place.run(['run'], variables)).code, 4);
  await using session = await shop.session();
  await session.query('a crash of the server', 'truncate raw_2.shop_secret');
  const approved = await place.run([...approve, 'departures:customer'], variables);
  assert.match(approved.output, /The list of faults is not complete\. /);
  assert.match((await place.run(['faults'], variables)).complaints, /NJ-NIGHT-FAULTS-UNLISTED/);
});

test('before anything was published faults and why say so, and no run is told away', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await commandPlace({ test: environmentFile(undefined, shop) });
  const variables = commandVariables(shop);
  await shop.inSource('drop table shop.secret');
  assert.equal((await place.run(['run', '--first'], variables)).code, 1);
  const { complaints } = await place.run(['faults'], variables);
  assert.match(complaints, /NJ-PUBLISH-NOTHING-YET: Nothing has been published in "test" yet\.\n/);
});

test('a list of faults that is broken off by a signal just after the publication is not complete', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const stopped = new AbortController();
  await shop.mark('n1');
  await shop.night({
    signal: stopped.signal,
    onEvent: ({ kind }) => {
      if (kind === 'published') stopped.abort('SIGINT was received');
    },
  });
  await using session = await shop.session();
  assert.deepEqual(await faultReport(session, 1), { run: 1, isListed: false });
});
