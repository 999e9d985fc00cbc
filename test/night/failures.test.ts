import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectSource } from '../../src/night/connect-source.ts';
import { rejectHeld } from '../../src/night/decide-held.ts';
import type { Stage } from '../../src/night/stage.ts';
import { testPostgres } from '../harness/servers.ts';
import { altered, shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { shopNights, type NightOptions, type ShopNights } from '../harness/shop-nights.ts';
import { assertNothingShown, failing, lastRun, marker } from './failing-night.ts';
import { digestsOf, leftovers } from './leftovers.ts';

interface Failure {
  readonly name: string;
  /** What is done to the source. */
  readonly harm?: string;
  readonly files?: ShopFiles;
  readonly options?: NightOptions;
  readonly code: string;
  readonly outcome?: 'failed' | 'held';
  /** What the sentence must name. */
  readonly names: readonly RegExp[];
}

const customer = 'datasets/customer.sql';

const failures: readonly Failure[] = [
  {
    name: 'a key repeated',
    files: altered('datasets/secret.sql', 's.id as secret_id', 's.id % 3 as secret_id'),
    code: 'NJ-CONTRACT-KEY-REPEATED',
    names: [/dataset secret/, /2 keys \(secret_id\)/, /\(secret_id 1; secret_id 2\)/],
  },
  {
    name: 'a key that is null',
    files: altered(customer, 'c.id as customer_id', 'nullif(c.id, 7) as customer_id'),
    code: 'NJ-CONTRACT-KEY-INCOMPLETE',
    names: [/dataset customer/, /customer_id is null in 1 row\./],
  },
  {
    name: 'more broken rows than a contract lets pass',
    harm: `update shop.customer set marker = null where id in (3, 4); update shop.customer set age = 7 where id = 5;
      update shop.customer set email = repeat('${marker}', 9) where id = 6`,
    files: {
      'datasets/customer.yaml': `${shopFiles['datasets/customer.yaml']}guards: { held_rows: { rows: 0, percent: 0 } }\n`,
    },
    code: 'NJ-GUARD-HELD',
    outcome: 'held',
    names: [
      /\[held_rows:customer\] customer: 4 rows broke their contract; \d+ are allowed\./,
      /Broken: required:marker \(2\), fits:email \(1\), grown_up \(1\)\./,
      /The last good version stands in for 4\./,
    ],
  },
  {
    name: 'a join that multiplies rows',
    files: altered('datasets/purchase.sql', 'on c.customer_id = l.customer_id', 'on c.customer_id <= 2'),
    code: 'NJ-CONTRACT-VIOLATIONS',
    names: [
      /NJ-CONTRACT-GRAIN: Dataset purchase has 120 rows.*shop_order_line makes 60/,
      /NJ-CONTRACT-KEY-REPEATED: In dataset purchase, 60 keys/,
    ],
  },
  {
    name: 'a join that loses rows',
    files: altered(
      'datasets/purchase.sql',
      'left join customer c on',
      'join customer c on c.customer_id > 1 and',
    ),
    code: 'NJ-CONTRACT-GRAIN',
    names: [/Dataset purchase has 57 rows, but its driving table shop_order_line makes 60/],
  },
  {
    name: 'a column of another type than the contract says',
    files: altered('sources/shop.yaml', 'email: text', 'email: date'),
    harm: 'alter table shop.customer alter email type date using null',
    code: 'NJ-CONTRACT-COLUMNS',
    names: [/dataset customer .*email is date, and the contract says varchar\(60\)/],
  },
  {
    name: 'a SELECT that cannot read a number',
    files: altered('datasets/purchase.sql', 'l.price', "(l.price::text || 'x')::numeric as price"),
    code: 'NJ-CONTRACT-BUILD',
    names: [/dataset purchase/, /22P02/],
  },
  {
    name: 'a number that the type of its key does not hold',
    files: {
      ...altered('datasets/secret.sql', 's.id as secret_id', 's.id * 3000000000 as secret_id'),
      ...altered('datasets/secret.yaml', 'secret_id: { type: bigint', 'secret_id: { type: integer'),
    },
    code: 'NJ-CONTRACT-TOO-LONG',
    names: [/dataset secret/, /the key column secret_id does not fit integer in 5 rows/],
  },
  {
    name: 'a SELECT that cannot read a text',
    files: altered(customer, 'c.age from', 'c.marker::bigint as age from'),
    code: 'NJ-CONTRACT-BUILD',
    names: [/dataset customer/, /22P02/],
  },
  {
    name: 'a rule that cannot be asked of every row',
    files: altered(
      'datasets/customer.yaml',
      'indexes:',
      '  numbered: { sql: "marker::bigint > 0", description: A number. }\nindexes:',
    ),
    code: 'NJ-CONTRACT-RULE',
    names: [
      /^Rule numbered of dataset customer \(customer\.yaml\) cannot be asked of every row: a text cannot be read as the type it is cast to \(SQLSTATE 22P02\)\.$/,
    ],
  },
  {
    name: 'a declared key that does not tell the rows apart, of texts',
    files: altered('sources/shop.yaml', 'key: [order_no, line_no]', 'key: [marker]'),
    code: 'NJ-SOURCE-KEY-FALSE',
    names: [/shop\.order_line \(marker\) does not tell its rows apart: 1 key belongs to more than one row/],
  },
  {
    name: 'a source column that is missing',
    harm: 'alter table shop.customer drop column email',
    code: 'NJ-SOURCE-COLUMN-MISSING',
    names: [/customer\.email/],
  },
  {
    name: 'a source table that is missing',
    harm: 'drop table shop.secret',
    code: 'NJ-SOURCE-TABLE-MISSING',
    names: [/secret/],
  },
  {
    name: 'a source that was emptied',
    harm: 'delete from shop.customer; delete from shop.order_line',
    code: 'NJ-GUARD-HELD',
    outcome: 'held',
    names: [
      /\[empty:customer\] customer has no row tonight, and 20 rows/,
      /\[empty:purchase\] purchase has no row tonight, and 60 rows/,
    ],
  },
];

/** What is held is kept until somebody decides. */
async function giveUp(shop: ShopNights): Promise<void> {
  await using session = await shop.session();
  const signal = new AbortController().signal;
  await rejectHeld({ session, environment: shop.environment, reason: 'a test', person: 'tester', signal });
}

for (const major of [15, 18] as const) {
  test(`each failure is one coded error, shows no value, changes nothing and leaves nothing, on ${major}`, async (t) => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish(marker);
    const published = await digestsOf(shop);
    const said: string[] = [];
    for (const failure of failures) {
      await t.test(failure.name, async () => {
        await shop.renew(marker);
        if (failure.harm !== undefined) await shop.inSource(failure.harm);
        const error = await failing(shop, said, {
          ...failure.options,
          ...(failure.files && { files: failure.files }),
        });
        assert.ok(error.code.startsWith(failure.code), `${error.code}: ${error.message}`);
        for (const name of failure.names) assert.match(error.message, name);
        assert.deepEqual(await lastRun(shop), [failure.outcome ?? 'failed', error.code]);
        if (failure.outcome === 'held') await giveUp(shop);
        assert.deepEqual(await digestsOf(shop), published);
        assert.deepEqual(await leftovers(shop), ['generation_1']);
      });
    }
    await t.test('and none of it showed a value of a row', async () => {
      await assertNothingShown(shop, said);
    });
    await shop.renew(marker);
    const { generation } = await shop.night();
    assert.deepEqual(await leftovers(shop), ['generation_1', `generation_${generation}`]);
  });

  test(`a run that is told to stop, in whatever stage, stops cleanly, on ${major}`, async (t) => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1');
    const published = await digestsOf(shop);
    await shop.mark('n2');
    for (const stage of ['prepare', 'extract', 'build', 'audit', 'publish'] as const) {
      await t.test(`in ${stage}`, async () => {
        const error = await failing(shop, [], stopIn(stage));
        assert.equal(error.code, 'NJ-NIGHT-STOPPED', error.message);
        assert.match(
          error.message,
          new RegExp(
            `^Run \\d+ of night 2026-11-2\\d was stopped in ${stage}: Ctrl-C was pressed\\. ` +
              'What consumers read is untouched: generation 1 of night 2026-11-20\\. ' +
              'Its raw tables and its candidate are removed\\.$',
          ),
        );
        assert.deepEqual(await lastRun(shop), ['stopped', 'NJ-NIGHT-STOPPED']);
        assert.deepEqual(await digestsOf(shop), published);
        assert.deepEqual(await leftovers(shop), ['generation_1']);
      });
    }
    await t.test('while a dataset is being built', async () => {
      const slow = altered(
        customer,
        'from shop_customer c',
        'from shop_customer c, lateral (select count(*) as n from shop_order_line a, shop_order_line b, shop_order_line d, shop_order_line e, shop_order_line f, shop_order_line g) x where x.n > 0',
      );
      const stop = new AbortController();
      const began = Date.now();
      const night = failing(shop, [], {
        files: slow,
        signal: stop.signal,
        ...stopSoonAfter('build', stop, 400),
      });
      assert.equal((await night).code, 'NJ-NIGHT-STOPPED');
      assert.ok(Date.now() - began < 20_000);
      assert.deepEqual(await leftovers(shop), ['generation_1']);
    });
    await t.test('with its raw tables to be kept: it says which', async () => {
      const error = await failing(shop, [], { ...stopIn('build'), keepRaw: true });
      const [, run = ''] = /^Run (\d+) /.exec(error.message) ?? [];
      assert.ok(
        error.message.endsWith(` Of it raw_${run} is left, which the next run takes away.`),
        error.message,
      );
    });
    await t.test('in retain, when it has published: then it has', async () => {
      const report = await shop.night(stopIn('retain'));
      assert.equal(report.retention, undefined);
      const { rows } = await shop.warehouse.asSuperuser((client) =>
        client.query('select outcome, error_code from nightjar.run order by number desc limit 1'),
      );
      assert.deepEqual(rows, [{ outcome: 'published', error_code: null }]);
      await shop.publish('n3');
      assert.ok(!(await leftovers(shop)).some((name) => name.startsWith('raw_')));
    });
  });
}

test('a dataset that fails stops those that are being built beside it, and is the one that is told of', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  const endless = altered(
    customer,
    'from shop_customer c',
    'from shop_customer c, lateral (select count(*) as n from generate_series(1, 1000000000000)) x where x.n > 0',
  );
  const faulty = altered('datasets/secret.sql', 's.id as secret_id', '1 / (s.id - 3) as secret_id');
  const error = await failing(shop, [], { files: { ...endless, ...faulty } });
  assert.equal(error.code, 'NJ-CONTRACT-BUILD');
  assert.equal(
    error.message,
    'The SELECT of dataset secret failed: something is divided by zero (SQLSTATE 22012). ' +
      `By hand: set search_path = "generation_1", "raw_1", "nightjar"; set nightjar.as_of = '2026-11-20'; then the SELECT.`,
  );
});

test('a run that is stopped before anything was published says so', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  const error = await failing(shop, [], stopIn('extract'));
  assert.match(
    error.message,
    / Nothing has been published yet, as before\. Its raw tables and its candidate/,
  );
});

function stopIn(stage: Stage): NightOptions {
  const stop = new AbortController();
  return { signal: stop.signal, ...stopSoonAfter(stage, stop, 0) };
}

function stopSoonAfter(stage: Stage, stop: AbortController, milliseconds: number): NightOptions {
  return {
    connect: connectSource,
    onEvent: (event) => {
      if (event.kind !== 'stage' || event.stage !== stage) return;
      if (milliseconds === 0) stop.abort('Ctrl-C was pressed');
      else setTimeout(() => stop.abort('Ctrl-C was pressed'), milliseconds);
    },
  };
}
