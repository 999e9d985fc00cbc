import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { connectSource } from '../../src/night/connect-source.ts';
import type { ConnectionDeclaration } from '../../src/pipeline/deployment.ts';
import type { SourceConnection } from '../../src/source/source.ts';
import { unprivilegedUser } from '../../src/warehouse/embedded/unprivileged.ts';
import { altered, type ShopFiles } from '../harness/marked-shop.ts';
import { numbersTo } from '../harness/numbers.ts';
import { mariadbShop, type MariadbShop } from '../harness/mariadb-shop.ts';
import { startPostgres } from '../harness/postgres.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights, type NightOptions, type ShopNights } from '../harness/shop-nights.ts';
import { setting } from '../harness/warehouse.ts';
import { loseRows } from '../source/lose-rows.ts';
import { startServerProxy, type Verdict } from '../source/server-proxy.ts';
import { assertNothingShown, failing, lastRun, marker } from './failing-night.ts';
import { digestsOf, leftovers } from './leftovers.ts';

/** One way in which a source's night goes wrong. */
interface BadInput {
  readonly name: string;
  readonly code: string;
  /** What the sentence must name. */
  readonly names: readonly RegExp[];
  /** What the remedy must say. */
  readonly remedy: RegExp;
  readonly harm?: string;
  readonly night?: (places: Places) => Omit<NightOptions, 'environment'>;
  readonly environment?: (places: Places) => NightOptions['environment'];
}

interface Places {
  readonly maria: MariadbShop;
  readonly shop: ShopNights;
  readonly proxies: Readonly<Record<'closed' | 'cutting' | 'losing', number>>;
}

const through = ({ maria }: Places, changes: Partial<ConnectionDeclaration>): NightOptions['environment'] =>
  maria.environment(changes);

/** PostgreSQL's shop in place of MariaDB's, reached in another way. */
const throughPostgres = (
  { shop }: Places,
  changes: Partial<ConnectionDeclaration>,
): NightOptions['environment'] => ({
  connections: shop.environment.connections.map((connection) => ({ ...connection, ...changes })),
});

/** One column more than PostgreSQL takes, with the one in which repairs are noted. */
const wideTable: ShopFiles = altered(
  'sources/shop.yaml',
  'tables:\n',
  `tables:\n  wide: { columns: { ${Array.from({ length: 1600 }, (_, n) => `c${n}: bigint`).join(', ')} } }\n`,
);

/** A thousand columns that take five bytes each in the source and nine in PostgreSQL. */
const wideRows: ShopFiles = altered(
  'sources/shop.yaml',
  'tables:\n',
  `tables:\n  wide: { columns: { ${Array.from({ length: 1000 }, (_, n) => `c${n}: "numeric(9,4)"`).join(', ')} } }\n`,
);
const wideRowsSql = `drop table if exists wide; create table wide (${Array.from({ length: 1000 }, (_, n) => `c${n} decimal(9,4) not null default 12345.6789`).join(', ')});
  insert into wide (c0) values (12345.6789)`;

const badInputs: readonly BadInput[] = [
  {
    name: 'a MariaDB that cannot be reached',
    code: 'NJ-SOURCE-UNREACHABLE',
    names: [/connection "maria" at 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/],
    remedy: /Check the address/,
    environment: (places) => through(places, { port: setting(places.proxies.closed) }),
  },
  {
    name: 'a PostgreSQL that cannot be reached',
    code: 'NJ-SOURCE-UNREACHABLE',
    names: [/connection "shop" at 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/],
    remedy: /Check the address/,
    environment: (places) => throughPostgres(places, { port: setting(places.proxies.closed) }),
  },
  {
    name: 'a wrong password for MariaDB',
    code: 'NJ-SOURCE-DENIED',
    names: [/connection "maria" at 127\.0\.0\.1:\d+ refuses user "root"/],
    remedy: /Check the user and the password/,
    environment: (places) => through(places, { password: setting(marker) }),
  },
  {
    name: 'a wrong password for PostgreSQL',
    code: 'NJ-SOURCE-DENIED',
    names: [/connection "shop" at 127\.0\.0\.1:\d+ refuses user/],
    remedy: /Check the user and the password/,
    environment: (places) => throughPostgres(places, { password: setting(marker) }),
  },
  {
    name: 'a connection that is cut in the middle of a table',
    code: 'NJ-SOURCE-LOST',
    names: [/connection "maria"/, /\.customer/],
    remedy: /Run again/,
    environment: (places) => through(places, { port: setting(places.proxies.cutting) }),
  },
  {
    name: 'a result that is cut short by whoever stands between',
    code: 'NJ-SOURCE-CUT-SHORT',
    names: [/\.customer/, /20/, /19/],
    remedy: /./,
    environment: (places) => through(places, { port: setting(places.proxies.losing) }),
  },
  {
    name: 'a row over the declared size',
    code: 'NJ-SOURCE-ROW-TOO-LARGE',
    names: [/\.customer/],
    remedy: /row_limit/,
    harm: "update customer set marker = repeat('x', 60000) where id = 7",
    environment: ({ maria }) => ({ ...maria.environment(), rowLimit: 50_000 }),
  },
  {
    name: 'a table that changes under every snapshot',
    code: 'NJ-SOURCE-TABLE-CHANGED',
    names: [/shop_secret/, /3/],
    remedy: /./,
    night: ({ maria }) => ({ connect: altering(maria, 3).connect }),
  },
  {
    name: 'more columns than the warehouse takes',
    code: 'NJ-WAREHOUSE-TOO-MANY-COLUMNS',
    names: [/shop_wide would have 1601 columns/, /at most 1600/],
    remedy: /Declare only the columns/,
    night: () => ({ files: wideTable }),
  },
  {
    name: 'a row that fits a page of the source and none of the warehouse',
    code: 'NJ-WAREHOUSE-ROW-TOO-WIDE',
    names: [/the loading of shop_wide/],
    remedy: /Declare fewer columns/,
    harm: wideRowsSql,
    night: () => ({ files: wideRows }),
  },
];

for (const major of [15, 18] as const) {
  test(`bad input ends the run in one coded error and changes nothing, on ${major}`, async (t) => {
    await using shop = await shopNights(await testPostgres(major));
    await using maria = await mariadbShop();
    await using cutting = await startServerProxy(maria.database, () => cutAt('example.invalid'));
    await using losing = await startServerProxy(maria.database, () => loseRows('Marker-of-one'));
    // Nobody listens on the first port of a machine; one that was free a moment ago may be another test's by now.
    const proxies = { closed: 1, cutting: cutting.port, losing: losing.port };
    const places: Places = { maria, shop, proxies };
    await shop.mark(marker);
    await maria.renew(marker);
    await shop.night({ environment: maria.environment() });
    const published = await digestsOf(shop);
    const said: string[] = [];
    for (const { name, code, names, remedy, harm, night, environment } of badInputs) {
      await t.test(name, async () => {
        await maria.renew(marker);
        await maria.inSource("update customer set email = 'Marker-of-one' where id = 9");
        if (harm !== undefined) await maria.inSource(harm);
        const error = await failing(shop, said, {
          environment: environment?.(places) ?? maria.environment(),
          ...night?.(places),
        });
        assert.equal(error.code, code, error.message);
        for (const one of names) assert.match(error.message, one);
        assert.match(error.remedy, remedy);
        assert.deepEqual(await lastRun(shop), ['failed', code]);
        assert.deepEqual(await digestsOf(shop), published);
        assert.deepEqual(await leftovers(shop), ['generation_1']);
      });
    }
    await t.test('and none of it showed a value of a row, or a password', () =>
      assertNothingShown(shop, said),
    );
  });

  test(`a table that changes under the snapshot is read again with all others, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await using maria = await mariadbShop();
    await maria.renew('n1');
    const twice = altering(maria, 2);
    await shop.night({ environment: maria.environment(), connect: twice.connect });
    assert.equal(twice.snapshots(), 3);
    const client = await shop.warehouse.connectAs('reader');
    const { rows } = await client.query<Record<string, unknown>>(
      'select count(*)::int as customers, max(age) as age from shop_view.customer',
    );
    await client.end();
    // Each restart saw the source as it was then: the alteration also made everyone a year older.
    assert.deepEqual(rows, [{ customers: 20, age: 52 }]);
  });
}

// PostgreSQL 15 says so itself where the file of a table may not grow: no disk need be full.
test('a warehouse without room ends the run and changes nothing', async () => {
  await using server = await startPostgres(15);
  await using shop = await shopNights(server);
  await using maria = await mariadbShop();
  await maria.renew(marker);
  await shop.night({ environment: maria.environment() });
  const published = await digestsOf(shop);
  // Limits are set as the user that the server runs as.
  const user = unprivilegedUser();
  // A page that reaches over the end is written in part. The log's files of 16 MB still fit.
  execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${16 * 1024 * 1024 + 100}`], {
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  const text = randomBytes(5_000).toString('hex');
  await maria.inSource(`update customer set email = '${text}' where id = 1;
    insert into secret select 99 + seq, concat(reverse('${text}'), seq) from ${numbersTo(4001)} s`);
  const said: string[] = [];
  const error = await failing(shop, said, { environment: maria.environment() });
  assert.equal(error.code, 'NJ-WAREHOUSE-FULL', error.message);
  assert.match(error.message, /ran out of room during the loading of shop_secret/);
  assert.match(error.remedy, /Free space/);
  assert.deepEqual(await lastRun(shop), ['failed', 'NJ-WAREHOUSE-FULL']);
  assert.deepEqual(await digestsOf(shop), published);
  assert.deepEqual(await leftovers(shop), ['generation_1']);
  await assertNothingShown(shop, said);
});

/** Cuts a connection when a piece that holds `word` comes. */
function cutAt(word: string): (piece: Buffer) => Verdict {
  return (piece) => (piece.includes(word) ? 'cut' : piece);
}

/** A source whose table `secret` is altered, and everyone made older, under each of the first snapshots. */
function altering(
  maria: MariadbShop,
  times: number,
): {
  readonly connect: (declaration: ConnectionDeclaration) => SourceConnection;
  readonly snapshots: () => number;
} {
  let snapshots = 0;
  return {
    snapshots: () => snapshots,
    connect: (declaration) => {
      const source = connectSource(declaration);
      return {
        name: source.name,
        describe: (schema, signal) => source.describe(schema, signal),
        read: (request) => {
          snapshots++;
          let first = true;
          return source.read({
            ...request,
            open: async (table, signal) => {
              if (first && snapshots <= times)
                await maria.inSource('alter table secret force; update customer set age = age + 1');
              first = false;
              return request.open(table, signal);
            },
          });
        },
      };
    },
  };
}
