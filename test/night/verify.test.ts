import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectSource } from '../../src/night/connect-source.ts';
import { verify, type VerifyReport, type VerifyRequest } from '../../src/night/verify.ts';
import type { Environment } from '../../src/pipeline/deployment.ts';
import { connectDisturbed } from '../harness/disturbed-source.ts';
import { mariadbShop } from '../harness/mariadb-shop.ts';
import { readMarkedShop, shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { digestsOf, leftovers } from './leftovers.ts';

/** A shop whose customers know when they were changed, and whose deletions are logged. */
const stamped: ShopFiles = {
  'sources/shop.yaml': shopFiles['sources/shop.yaml'].replace('age: bigint', 'age: bigint, at: timestamp(6)'),
  'datasets/customer.sql':
    'select c.id as customer_id, c.marker, c.email, c.age, c.at as changed from shop_customer c\n',
  'datasets/customer.yaml': `${shopFiles['datasets/customer.yaml'].replace(
    'rules:',
    '  changed: { type: timestamp(6), from: shop.customer.at, description: When it was changed. }\nrules:',
  )}changed_at: changed
departures:
  evidence:
    logged: { sql: exists (select from shop_secret s where s.id = departed.customer_id), reason: it stands in the log }
`,
};

const addStamp = "alter table shop.customer add at timestamp(6) default '2026-01-01'";

async function verifyShop(
  shop: ShopNights,
  changes: Partial<VerifyRequest> & {
    readonly files?: ShopFiles;
    readonly source?: Partial<Environment>;
  } = {},
): Promise<VerifyReport> {
  const { files, source, ...request } = changes;
  return verify({
    environment: { ...shop.environment, ...source },
    pipeline: await readMarkedShop(files),
    ...{ release: 'test', workers: 2, keepRaw: false, rawOnly: false, keys: 20 },
    connect: connectSource,
    onEvent: () => undefined,
    signal: new AbortController().signal,
    ...request,
  });
}

/** Every difference that is named, as `customer 4 differs age`. */
function different({ tables, published }: VerifyReport): readonly string[] {
  return [...tables, ...(published?.datasets ?? [])]
    .flatMap(({ name, listed }) =>
      listed.map(({ kind, key, columns }) =>
        `${name} ${Object.values(key).join('|')} ${kind} ${columns.join()}`.trim(),
      ),
    )
    .sort();
}

for (const major of [15, 18] as const) {
  test(`what is published is told from what changed since and from what is wrong, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.inSource(addStamp);
    await shop.publish('n1', { files: stamped });
    const [read, left] = [await digestsOf(shop), await leftovers(shop)];

    const same = await verifyShop(shop, { files: stamped });
    assert.equal(same.fault, undefined);
    assert.equal(
      same.tables.reduce((sum, one) => sum + one.sourceRows, 0),
      85,
    );
    assert.deepEqual(
      same.published?.datasets.map((one) => one.publishedRows),
      [20, 60, 5],
    );

    const now = "timezone('UTC', now())";
    await shop.inSource(`
      update shop.customer set marker = 'new', at = ${now} where id = 1;
      insert into shop.customer values (21, 'new', 'new', 40, ${now});
      insert into shop.secret values (3000, 'log'); update shop.secret set id = 20 where id = 3000;
      delete from shop.customer where id = 20`);
    const changed = await verifyShop(shop, { files: stamped });
    assert.deepEqual(
      different(changed),
      [
        'customer 1 changed since marker,changed',
        'customer 20 left since',
        'customer 21 changed since',
        'purchase 1|1 differs customer_marker',
        'purchase 7|2 differs customer_marker',
        'purchase 7|3 differs customer_marker',
        'purchase 14|1 differs customer_marker',
        'purchase 14|2 differs customer_marker',
        'purchase 20|3 differs customer_marker',
        'secret 20 missing',
      ].sort(),
    );
    assert.equal(changed.fault?.code, 'NJ-PUBLISH-DIFFERS');

    await shop.inSource(`update shop.customer set age = 41 where id in (2, 3);
      delete from shop.customer where id = 19; insert into shop.customer values (22, 'old', 'old', 40, '2026-01-02')`);
    const wrong = await verifyShop(shop, { files: stamped });
    const customer = wrong.published?.datasets.find(({ name }) => name === 'customer');
    assert.deepEqual(
      [customer?.differs, customer?.extra, customer?.missing, customer?.changedSince, customer?.leftSince],
      [2, 1, 1, 2, 1],
    );
    assert.match(
      wrong.fault?.message ?? '',
      /customer: 2 keys differ, 1 key is not in what is published, 1 key is not in its sources/,
    );

    assert.deepEqual(await digestsOf(shop), read);
    assert.deepEqual(await leftovers(shop), left);
    await using session = await shop.session();
    const runs = await session.query<{ outcome: string; code: string | null }>(
      'the runs',
      'select outcome, error_code as code from nightjar.run order by number',
    );
    assert.deepEqual(
      runs.map(({ outcome, code }) => `${outcome} ${code ?? ''}`),
      ['published ', 'verified ', 'verified NJ-PUBLISH-DIFFERS', 'verified NJ-PUBLISH-DIFFERS'],
    );
  });
}

test('a copy that is not what its source has is found in the same snapshot, key by key', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using maria = await mariadbShop();
  await maria.renew('n1');
  const source = maria.environment();
  await maria.inSource(`update customer set email = concat('a', char(0), 'b') where id = 4;
    insert into customer values (0, 'n1', null, 99)`);
  const files: ShopFiles = {
    'datasets/customer.yaml': shopFiles['datasets/customer.yaml'].replace('email: 0', 'email: 9'),
  };
  const first = await verifyShop(shop, { source, files });
  assert.equal(first.published, undefined);
  assert.equal(first.fault, undefined);
  assert.deepEqual(different(first), []);

  const left = await leftovers(shop);
  const harmed = await verifyShop(shop, {
    ...{ source, files, rawOnly: true },
    connect: connectDisturbed({
      after: async (copied) => {
        if (copied !== 'customer') return;
        await shop.warehouse.asSuperuser(async (client) => {
          const { rows } = await client.query<{ raw: string }>(
            "select nspname as raw from pg_namespace where nspname like 'raw%'",
          );
          const table = `${rows[0]?.raw ?? ''}.shop_customer`;
          await client.query(
            `update ${table} set age = age + 1 where id = 7; update ${table} set id = 100 where id = 0`,
          );
        });
      },
    }),
  });
  assert.deepEqual(different(harmed), [
    'shop_customer 0 missing',
    'shop_customer 100 extra',
    'shop_customer 7 differs age',
  ]);
  assert.equal(harmed.fault?.code, 'NJ-SOURCE-COPY-DIFFERS');
  assert.match(
    harmed.fault.message,
    /shop_customer: 1 key differs, 1 key is not in the copy, 1 key is not in the source/,
  );
  assert.deepEqual(await leftovers(shop), left);
});
