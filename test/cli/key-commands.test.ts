import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { generationDatasets } from '../../src/audit/generation-datasets.ts';
import { digestSql } from '../../src/audit/digest.ts';
import { withContract } from '../audit/judged-shop.ts';
import { runNightjar, type CommandEnd } from '../harness/command.ts';
import { writeMarkedShop } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { commandVariables, shopDeployment, testToken } from '../harness/shop-deployment.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const files = {
  ...withContract(
    'customer',
    `departures:
  foretold: { grew_old: { sql: "age > 49 - (as_of() - date '2026-11-20')", reason: they grew too old } }
  evidence: { logged: { sql: exists (select from shop_secret s where s.id = departed.customer_id), reason: it stands in the log } }
  in_source: exists (select from shop_customer c where c.id = departed.customer_id)
`,
    `select c.id as customer_id, c.marker, c.email, c.age from shop_customer c
      where c.age <= 50 - (select as_of() - date '2026-11-20') and c.email is not null\n`,
  ),
  ...withContract('purchase', 'references: { customer_id: customer }\nguards: { parents: { rows: 99 } }\n'),
};
const pipeline = {
  ...files,
  'datasets/customer.yaml': files['datasets/customer.yaml']?.replace('driving: shop_customer\n', '') ?? null,
};

interface Place extends AsyncDisposable {
  nightjar(args: readonly string[], more?: NodeJS.ProcessEnv): Promise<CommandEnd>;
  night(asOf: string): Promise<void>;
}

async function placeOf(shop: ShopNights): Promise<Place> {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'nightjar.yaml');
  await writeFile(file, shopDeployment(undefined, shop));
  await writeMarkedShop(join(folder.path, 'shop'), pipeline);
  const nightjar: Place['nightjar'] = (args, more = {}) =>
    runNightjar([...args, '--file', file], { ...commandVariables(shop), ...more });
  return {
    nightjar,
    night: async (asOf) => {
      const { code, output } = await nightjar(['run', '--first', '--night', asOf]);
      assert.equal(code, 0, output);
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

test('the question of each day, why a key is there or is not, is answered from what is kept', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await placeOf(shop);
  await shop.mark('n1');
  await place.night('2026-11-20');
  await shop.inSource(`delete from shop.customer where id in (2, 9);
    update shop.customer set email = null where id = 11;
    update shop.customer set age = 3 where id = 5;
    insert into shop.customer values (40, 'n', 'n', 20), (41, 'n', 'n', 3)`);
  await place.night('2026-11-21');
  const why = async (...key: readonly string[]): Promise<string> => {
    const { code, lines, output } = await place.nightjar(['why', 'customer', ...key]);
    assert.equal(code, 0, output);
    return lines.join(' ');
  };
  const there = (id: number): string =>
    `customer_id ${id} of customer is in generation 2 of night 2026-11-21.`;
  const gone = (id: number): string =>
    `customer_id ${id} of customer is not in generation 2 of night 2026-11-21.`;
  assert.equal(
    await why('1'),
    `${there(1)} It has been in every generation kept, since the night of 2026-11-20 at the latest.`,
  );
  assert.equal(
    await why('customer_id=40'),
    `${there(40)} It has been in it since the night of 2026-11-21 (generation 2).`,
  );
  const left = 'It left on the night of 2026-11-21 (generation 2)';
  assert.equal(
    await why('20'),
    `${gone(20)} ${left}, as the rows published before foretold: they grew too old.`,
  );
  assert.equal(await why('2'), `${gone(2)} ${left}: it stands in the log.`);
  assert.equal(
    await why('9'),
    `${gone(9)} ${left} without an explanation. The source did not have it any more.`,
  );
  assert.equal(
    await why('11'),
    `${gone(11)} ${left} without an explanation. The source still had it: a rule left it out.`,
  );
  const broke = 'It broke its contract (grown_up) on the night of 2026-11-21';
  assert.equal(
    await why('5'),
    `${there(5)} It has been in every generation kept, since the night of 2026-11-20 at the latest. ${broke}: its last good version is shown.`,
  );
  assert.equal(
    await why('41'),
    `${gone(41)} ${broke}, and was left out, because nothing of it was ever good.`,
  );
  assert.match(
    await why('77'),
    /is in none of the generations kept that were published since the night of 2026-11-20.* After "nightjar run --dry-run --keep" this tells which\.$/,
  );

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['customers', '1'], /NJ-USE-UNKNOWN: There is no dataset "customers"\. Did you mean customer\?/],
    [['customer', 'x'], /key must be a value of its type: customer_id \(bigint\), and is "x"/],
    [['purchase', '1'], /key must be the key of purchase: order_no=… line_no=…, and is "1"/],
    [['purchase', 'order_no=1', 'order_no=2'], /key must be the key of purchase/],
  ];
  for (const [args, says] of wrong) {
    const { code, complaints } = await place.nightjar(['why', ...args]);
    assert.equal(code, 2);
    assert.match(complaints, says);
  }
});

test('why tells what a held candidate would do apart from what happened', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await placeOf(shop);
  await shop.mark('n1');
  await place.night('2026-11-20');
  await shop.inSource(`delete from shop.customer where id between 3 and 17;
    update shop.customer set age = 3 where id = 1; insert into shop.customer values (50, 'n', 'n', 20)`);
  assert.equal((await place.nightjar(['run', '--night', '2026-11-21'])).code, 4);
  const why = async (key: string): Promise<string> =>
    (await place.nightjar(['why', 'customer', key])).lines.join(' ');
  const there = (id: number): string =>
    `customer_id ${id} of customer is in generation 1 of night 2026-11-20. It has been in every generation kept, since the night of 2026-11-20 at the latest.`;
  const candidate = 'the held generation 2 of night 2026-11-21';
  assert.equal(
    await why('9'),
    `${there(9)} It would leave with ${candidate} without an explanation. The source did not have it any more.`,
  );
  assert.equal(await why('1'), `${there(1)} It breaks its contract (grown_up) in ${candidate}.`);
  assert.equal(
    await why('50'),
    `customer_id 50 of customer is not in generation 1 of night 2026-11-20. It is in ${candidate}.`,
  );
  assert.match(await why('77'), /The source did not have it on the night of 2026-11-21\.$/);
});

test('a key that is struck out is in no generation, none that comes and none that is gone back to', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await placeOf(shop);
  await shop.mark('n1');
  await place.night('2026-11-20');
  await shop.inSource('update shop.customer set age = 3 where id in (5, 6)');
  await place.night('2026-11-21');
  const erase = ['erase', 'customer', '5', '--reason', 'they asked'];
  assert.match((await place.nightjar(erase)).complaints, /NJ-GUARD-TOKEN: An erasure carries/);
  const token = { NIGHTJAR_TOKEN: testToken };
  assert.equal(
    (await place.nightjar([...erase, '--dry-run'], token)).output.trim(),
    'customer_id 5 of customer would be struck out by tester.\n' +
      'It would go from generation 1, 2; none that comes will have it.\n' +
      'purchase refers to it in 3 rows, which keep what they have.\n' +
      'purchase is made from customer: what its rows took from it stays published until the next night, and in the generations kept until they go.',
  );
  const erased = await place.nightjar(erase, token);
  assert.equal(erased.code, 0);
  assert.match(
    erased.output,
    /^customer_id 5 of customer is struck out by tester\.\nIt has gone from generation 1, 2;/,
  );
  const again = await place.nightjar(erase, token);
  assert.match(
    again.output,
    /^customer_id 5 of customer was struck out at .*Z\.\nNo generation that is kept has it;/,
  );
  const never = await place.nightjar(['erase', 'customer', '999', '--reason', 'they asked'], token);
  assert.equal(
    never.output.trim(),
    'customer_id 999 of customer is struck out by tester.\nNo generation that is kept has it; none that comes will.',
  );
  await using session = await shop.session();
  const holding = async (): Promise<readonly number[]> => {
    const found: number[] = [];
    for (const generation of [1, 2, 3]) {
      const rows = await session
        .query('the row', `select from generation_${generation}.customer where customer_id = 5`)
        .catch(() => []);
      if (rows.length > 0) found.push(generation);
    }
    return found;
  };
  assert.deepEqual(await holding(), []);
  // What is known of the generations still adds up.
  for (const generation of [1, 2]) {
    const [customer] = (await generationDatasets(session, generation)).filter(
      (one) => one.name === 'customer',
    );
    const counted = await session.one<{ rows: number; digest: string }>(
      'the count',
      `select count(*) as rows, ${digestSql(['customer_id', 'marker', 'email', 'age'])} as digest from generation_${generation}.customer`,
    );
    assert.deepEqual({ rows: customer?.rows, digest: customer?.digest }, counted);
  }
  // Broken, it is not held; mended, it does not enter; and going back does not bring it.
  await place.night('2026-11-22');
  assert.deepEqual(await holding(), []);
  assert.deepEqual(
    await session.query('the held rows', 'select key from nightjar.held_row where generation = 3'),
    [{ key: { customer_id: 6 } }],
  );
  assert.equal((await place.nightjar(['generations', 'rollback', '1'])).code, 0);
  const reader = await shop.warehouse.connectAs('reader');
  const { rowCount } = await reader.query('select from shop_view.customer where customer_id = 5');
  await reader.end();
  assert.equal(rowCount, 0);
  const { lines } = await place.nightjar(['why', 'customer', '5']);
  assert.match(lines.join(' '), /It was struck out on \d{4}-\d\d-\d\d, and enters no generation any more\./);
});

test('a verification says what is the same, what differs and in which column, and ends with 1 where nothing explains it', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await placeOf(shop);
  await shop.mark('n1');
  await place.night('2026-11-20');
  const same = await place.nightjar(['verify']);
  assert.equal(same.code, 0, same.output);
  assert.deepEqual(
    same.lines.filter((line) => line.startsWith('  ')),
    ['  3 tables, 85 rows: all the same.', '  3 datasets the same.'],
  );
  await shop.inSource(
    'update shop.customer set age = 31 where id = 2; delete from shop.order_line where order_no = 1',
  );
  const different = await place.nightjar(['verify', '--keys', '1']);
  assert.equal(different.code, 1);
  const text = different.output;
  assert.match(text, /customer \* +20 +20 +0 +0 +0 +0 +1 +0/);
  assert.match(text, /purchase \* +60 +57 +0 +0 +0 +3 +0 +0/);
  assert.match(text, /customer: customer_id 2 differs in age/);
  assert.match(text, /purchase: order_no 1, line_no \d is extra/);
  assert.match(
    text,
    /NJ-PUBLISH-DIFFERS: .*customer: 1 key differs; purchase: 3 keys are not in its sources/,
  );
  const raw = await place.nightjar(['verify', '--raw', '--json']);
  assert.equal(raw.code, 0, raw.output);
  const { lines } = await place.nightjar(['status']);
  assert.match(
    lines.join(' '),
    /The latest run, 4 of night 2026-11-20 at \S+, was a verification, and found nothing wrong\./,
  );
});

test('a warehouse that an older release has run in is told of as such by every command that looks into it', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using place = await placeOf(shop);
  await shop.mark('n1');
  await place.night('2026-11-20');
  // As the older release left it: without the latest step.
  await shop.warehouse.asSuperuser((client) =>
    client.query('delete from nightjar.migration where number = 9'),
  );
  for (const command of [
    ['status'],
    ['generations'],
    ['generations', 'show', '1'],
    ['hold', 'show'],
    ['faults'],
    ['why', 'customer', '1'],
    ['switch-due', 'reader'],
  ]) {
    const { code, output } = await place.nightjar(command);
    assert.equal(code, 1, output);
    assert.match(
      output,
      /NJ-WAREHOUSE-OLDER: .* is that of an older release: this one needs 0009-verifications\.sql too\./,
    );
  }
});
