import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectSource } from '../../src/night/connect-source.ts';
import type { ConnectionDeclaration } from '../../src/pipeline/deployment.ts';
import type { SnapshotRead, SourceConnection } from '../../src/source/source.ts';
import { commandPlace, consumersFile, warehouseFile } from '../harness/command-place.ts';
import { inMariadb, temporaryMariadbDatabase, type TemporaryMariadbDatabase } from '../harness/databases.ts';
import type { ShopFiles } from '../harness/marked-shop.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { setting } from '../harness/warehouse.ts';

/** A dataset from both: what the shop's customers paid at the till. */
const files: ShopFiles = {
  'sources/till.yaml': 'tables: { receipt: { key: [id], columns: { id: bigint, customer_id: bigint } } }',
  'datasets/receipt.sql':
    'select r.id as receipt_id, c.email from till_receipt r left join shop_customer c on c.id = r.customer_id\n',
  'datasets/receipt.yaml': `description: What was paid.
grain: one row for each receipt
key: [receipt_id]
driving: till_receipt
columns:
  receipt_id: { type: bigint, presence: required, from: till.receipt.id, description: The id. }
  email: { type: text, from: shop.customer.email, description: Who paid. }
`,
};

interface TwoSources extends AsyncDisposable {
  readonly shop: ShopNights;
  readonly till: TemporaryMariadbDatabase;
  /** Runs a night whose reading each source may change, with so many seconds of skew accepted. */
  night(through: Through, skewLimit: number): Promise<void>;
}

type Through = (name: string, read: () => Promise<SnapshotRead>) => Promise<SnapshotRead>;

async function twoSources(): Promise<TwoSources> {
  const stack = new AsyncDisposableStack();
  const shop = stack.use(await shopNights(await testPostgres(18)));
  const till = stack.use(await temporaryMariadbDatabase(await testMariadb()));
  await inMariadb(till, (connection) =>
    connection.query(
      'create table receipt (id bigint primary key, customer_id bigint); insert into receipt values (1, 1), (2, 2)',
    ),
  );
  await shop.mark('n1');
  const [shopConnection] = shop.environment.connections;
  if (shopConnection === undefined) throw new Error('the shop has no connection');
  const tillConnection: ConnectionDeclaration = {
    ...{ ...shopConnection, name: 'till', kind: 'mysql', database: undefined },
    ...{ host: setting(till.host), port: setting(till.port) },
    ...{ user: setting(till.user), password: setting(till.password) },
  };
  const sources = {
    connections: [shopConnection, tillConnection],
    sources: [...shop.environment.sources, { source: 'till', connection: 'till', schema: till.database }],
  };
  return {
    shop,
    till,
    night: async (through, skewLimit) => {
      const connect = (declaration: ConnectionDeclaration): SourceConnection => {
        const source = connectSource(declaration);
        return { ...source, read: (request) => through(source.name, () => source.read(request)) };
      };
      await shop.night({ files, environment: { ...sources, skewLimit }, connect });
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test('two servers whose clocks differ are read in one night, and their skew is told by one clock', async () => {
  await using two = await twoSources();
  const { shop, till } = two;
  const ahead = 300_000;
  const through: Through = async (name, read) => {
    const found = await read();
    if (name !== 'till') return found;
    return {
      ...found,
      takenAt: new Date(found.takenAt.getTime() + ahead),
      clockAhead: found.clockAhead + ahead,
    };
  };
  await two.night(through, 60);

  const reader = await shop.warehouse.connectAs('reader');
  const { rows } = await reader.query<{ skew: number; snapshots: Record<string, unknown> }>(
    'select snapshot_skew_seconds as skew, snapshots from shop_view.generation',
  );
  await reader.end();
  const [seen] = rows;
  assert.ok(seen !== undefined && seen.skew < 60, String(seen?.skew));
  assert.deepEqual(Object.keys(seen.snapshots).sort(), ['shop', 'till']);

  const address = ({ host, port, user }: { host: string; port: number; user: string }) => ({
    ...{ host, port, user, password: '${SOURCE_PASSWORD}' },
  });
  await using place = await commandPlace(
    {
      test: {
        pipeline: 'shop',
        time_zone: 'Europe/London',
        connections: {
          shop: { kind: 'postgres', ...address(shop.source), database: shop.source.database },
          till: { kind: 'mysql', ...address(till) },
        },
        sources: {
          shop: { connection: 'shop', schema: 'shop' },
          till: { connection: 'till', schema: till.database },
        },
        warehouse: warehouseFile(shop.warehouse.address),
        schema: 'shop_view',
        consumers: consumersFile(shop.warehouse.consumers),
      },
    },
    files,
  );
  const variables = { WAREHOUSE_PASSWORD: shop.warehouse.address.password };
  const status = (await place.run(['status'], variables)).lines.join('\n');
  assert.match(status, /^ {2}The 2 snapshots were taken within \d+\.\d s; 60 s are accepted\.$/m);
  const told: unknown = JSON.parse((await place.run(['status', '--json'], variables)).lines[0] ?? '');
  assert.ok(typeof told === 'object' && told !== null && 'skew' in told);
  assert.deepEqual(told.skew, { seconds: seen.skew, limit: 60 });
  const show = (await place.run(['generations', 'show', '1'], variables)).lines.join('\n');
  assert.match(show, /^The 2 snapshots were taken within \d+\.\d s; 60 s are accepted\.$/m);
  assert.match(show, /^The clock of till is 5 min 00 s ahead of ours\.$/m);
  assert.doesNotMatch(show, /The clock of shop/);
  assert.match(show, /^The snapshot of till was open for \d+\.\d s; waiting for locks took \d+\.\d s\.$/m);
});

test('a skew that the clocks of two servers hide stops the night', async () => {
  await using two = await twoSources();
  const { promise: tillIsRead, resolve } = Promise.withResolvers<undefined>();
  const instant = new Date();
  const night = two.night(async (name, read) => {
    if (name === 'shop') await tillIsRead;
    const found = await read();
    if (name === 'till') resolve(undefined);
    // Both say that it was the same instant, by clocks that differ as much as the snapshots do.
    const clockAhead = found.clockAhead + (instant.getTime() - found.takenAt.getTime());
    return { ...found, takenAt: instant, clockAhead };
  }, 0);
  await assert.rejects(night, { code: 'NJ-SOURCE-SKEW', message: /lie \d.* s apart; at most 0 s/ });
  const { rows } = await two.shop.warehouse.asSuperuser((client) =>
    client.query('select outcome, error_code, skew_seconds > 0 as apart, skew_limit from nightjar.run'),
  );
  assert.deepEqual(rows, [{ outcome: 'failed', error_code: 'NJ-SOURCE-SKEW', apart: true, skew_limit: 0 }]);
});
