import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectSource } from '../../src/night/connect-source.ts';
import { verify, type VerifyReport } from '../../src/night/verify.ts';
import type { Environment } from '../../src/pipeline/deployment.ts';
import { connectDisturbed } from '../harness/disturbed-source.ts';
import { mariadbShop } from '../harness/mariadb-shop.ts';
import { readMarkedShop, shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';

/** A shop whose secrets last for a while. */
const files: ShopFiles = {
  'sources/shop.yaml': shopFiles['sources/shop.yaml'].replace(
    'id: bigint, marker: text } }\n',
    'id: bigint, marker: text, lasts: interval } }\n',
  ),
  'datasets/secret.sql': 'select s.id as secret_id, s.marker, s.lasts from shop_secret s\n',
  'datasets/secret.yaml': `${shopFiles['datasets/secret.yaml']}  lasts: { type: interval, from: shop.secret.lasts, description: How long. }\n`,
};

async function verifyShop(
  shop: ShopNights,
  source: Partial<Environment>,
  connect = connectSource,
): Promise<VerifyReport> {
  return verify({
    environment: { ...shop.environment, ...source },
    pipeline: await readMarkedShop(files),
    ...{ release: 'test', workers: 2, keepRaw: false, rawOnly: false, keys: 20 },
    connect,
    onEvent: () => undefined,
    signal: new AbortController().signal,
  });
}

/** Sets intervals in the copy of the secrets, by id, once it is made. */
function harming(shop: ShopNights, lasts: Readonly<Record<number, string>>): typeof connectSource {
  return connectDisturbed({
    after: async (copied) => {
      if (copied !== 'secret') return;
      await shop.warehouse.asSuperuser(async (client) => {
        const { rows } = await client.query<{ raw: string }>(
          "select nspname as raw from pg_namespace where nspname like 'raw%'",
        );
        for (const [id, value] of Object.entries(lasts))
          await client.query(`update ${rows[0]?.raw ?? ''}.shop_secret set lasts = $2 where id = $1`, [
            id,
            value,
          ]);
      });
    },
  });
}

function assertSame({ fault, tables }: VerifyReport): void {
  assert.equal(fault, undefined);
  assert.deepEqual(
    tables.flatMap(({ listed }) => listed),
    [],
  );
}

function secretsThatDiffer({ tables }: VerifyReport): readonly string[] {
  return tables
    .flatMap(({ listed }) =>
      listed.map(({ kind, key, columns }) => `${key['id'] ?? ''} ${kind} ${columns.join()}`),
    )
    .sort();
}

for (const type of ['interval', 'time'] as const) {
  test(`a column of type ${type} of PostgreSQL is verified as it is`, async () => {
    await using shop = await shopNights(await testPostgres(18));
    const values =
      type === 'time'
        ? ['00:00', '23:59:59.999999', '24:00', '04:05:06.7', null]
        : ['0', '1 mon -3 days 04:05:06.7', '-14 mons -00:00:00.5', '-838:59:59', null];
    await shop.mark('n1');
    await shop.inSource(
      `alter table shop.secret add lasts ${type}; ${values
        .map(
          (value, index) =>
            `update shop.secret set lasts = ${value === null ? 'null' : `'${value}'`} where id = ${index + 1}`,
        )
        .join('; ')}`,
    );
    await shop.night({ files });
    assertSame(await verifyShop(shop, {}));
  });
}

test('an interval that differs in its copy is found, also where PostgreSQL calls the two equal', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  await shop.inSource("alter table shop.secret add lasts interval default '1 mon'");
  const harmed = await verifyShop(
    shop,
    {},
    harming(shop, { 1: '30 days', 2: '720:00:00', 3: '1 mon -00:00:00.000001', 4: '-1 mon' }),
  );
  assert.deepEqual(
    secretsThatDiffer(harmed),
    [1, 2, 3, 4].map((id) => `${id} differs lasts`),
  );
  assert.equal(harmed.fault?.code, 'NJ-SOURCE-COPY-DIFFERS');
});

test('a time of MariaDB is verified as the interval that it becomes', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using maria = await mariadbShop();
  await maria.renew('n1');
  await maria.inSource(`alter table secret add lasts time(6) default '-838:59:59.5';
    update secret set lasts = '00:00:00' where id = 2; update secret set lasts = '-00:00:00.000001' where id = 3;
    update secret set lasts = '100:20:00' where id = 4; update secret set lasts = null where id = 5`);
  const source = maria.environment();
  assertSame(await verifyShop(shop, source));
  const harmed = await verifyShop(
    shop,
    source,
    harming(shop, { 3: '00:00:00.000001', 4: '4 days 04:20:00' }),
  );
  assert.deepEqual(secretsThatDiffer(harmed), ['3 differs lasts', '4 differs lasts']);
});
