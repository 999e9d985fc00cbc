import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedKey } from '../../src/audit/typed-key.ts';
import { consumerStates } from '../../src/publish/consumer-state.ts';
import { untilInstant } from '../../src/publish/publish.ts';
import { rollBack } from '../../src/publish/rollback.ts';
import { altered, readMarkedShop, shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { insider, pooled, reader, shopNights, type ShopNights } from '../harness/shop-nights.ts';
import { strikeOutOf } from '../harness/strike-out.ts';
import { withContract } from '../audit/judged-shop.ts';
import { inSession } from './in-session.ts';
import { sqlstate } from './sqlstate.ts';

for (const major of [15, 18] as const) {
  test(`a receipt names the generation that its session reads, or one that its consumer was given, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [
      { ...reader, logins: 2 },
      pooled,
      insider,
    ]);
    await shop.publish('n1');
    const old = await shop.warehouse.connectAs('reader', 1);
    await shop.publish('n2');
    // A candidate that was given up, and a consumer that came later than the first night.
    await shop.mark('n3');
    await shop.night({ dryRun: true });
    await shop.warehouse.asSuperuser((client) =>
      client.query("delete from nightjar.switch where consumer = 'insider' and generation = 1"),
    );

    const { rows } = await old.query('call shop_view.acknowledge()');
    assert.deepEqual(rows, [{ generation: '1' }], 'of an old session: the old one');
    await old.end();
    await inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));
    await inSession(shop, 'pooled', (client) => client.query('call shop_view.acknowledge(1)'));
    const refused = (consumer: string, generation: number): Promise<string | undefined> =>
      inSession(shop, consumer, (client) => sqlstate(client, `call shop_view.acknowledge(${generation})`));
    assert.equal(await refused('reader', 99), 'NJ008', 'not known');
    assert.equal(await refused('reader', 3), 'NJ008', 'not published');
    assert.equal(await refused('insider', 1), 'NJ008', 'never given');

    const written = await shop.warehouse.asSuperuser((client) =>
      client.query('select consumer, login, generation::int from nightjar.receipt order by number'),
    );
    const [first, second] = shop.warehouse.consumers[0]?.logins ?? [];
    assert.deepEqual(written.rows, [
      { consumer: 'reader', login: second, generation: 1 },
      { consumer: 'reader', login: first, generation: 2 },
      { consumer: 'pooled', login: shop.warehouse.consumers[1]?.logins[0], generation: 1 },
    ]);
    await using session = await shop.session();
    assert.deepEqual(
      (await consumerStates(session)).map(({ consumer, receipt }) => [consumer, receipt?.generation]),
      [
        ['insider', undefined],
        ['pooled', 1],
        ['reader', 2],
      ],
    );
  });

  test(`change tells what entered, left or changed since the last receipt, of the consumer's own datasets, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [reader, insider]);
    const files = withContract(
      'customer',
      'departures: { foretold: { moved: { sql: customer_id = 3, reason: they moved away } } }\n',
    );
    await shop.publish('n1', { files });
    assert.deepEqual(await changes(shop, 'reader', "where dataset = 'customer'"), [
      ['customer', 'entered', 20],
    ]);
    await inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));
    assert.deepEqual(await changes(shop, 'reader'), []);

    await shop.inSource(`
      delete from shop.customer where id in (3, 6); update shop.customer set age = 99 where id in (4, 5);
      insert into shop.customer values (21, 'n1', 'new', 20); update shop.secret set marker = 'n2'`);
    await shop.night({ files });
    await shop.night({ files });
    const found = await inSession(shop, 'reader', (client) =>
      client.query<{ dataset: string }>(
        'select dataset, key, kind, reason from shop_view.change order by dataset, key',
      ),
    );
    const customer = (id: number, kind: string, reason: string | null = null) => ({
      dataset: 'customer',
      ...{ key: { customer_id: id }, kind, reason },
    });
    assert.deepEqual(
      found.rows.filter(({ dataset }) => dataset === 'customer'),
      [
        customer(3, 'left', 'they moved away'),
        customer(4, 'changed'),
        customer(5, 'changed'),
        customer(6, 'left'),
        customer(21, 'entered'),
      ],
      'over both nights, though only one was acknowledged',
    );
    assert.deepEqual(
      [...new Set(found.rows.map(({ dataset }) => dataset))],
      ['customer', 'purchase'],
      'the line of the customer who left names no customer any more; and nothing of the secrets',
    );
    assert.deepEqual(await changes(shop, 'insider'), [['secret', 'entered', 5]], 'no receipt: all is new');
    const { rows } = await inSession(shop, 'reader', (client) =>
      client.query('select receipt_generation, receipt_at is not null as at from shop_view.generation'),
    );
    assert.deepEqual(rows, [{ receipt_generation: '1', at: true }]);
  });
}

test('change tells of what was struck out of the generation of the receipt itself', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader, insider]);
  const told = (consumer: string): Promise<readonly unknown[]> =>
    inSession(shop, consumer, async (client) => {
      const { rows } = await client.query<Record<string, unknown>>(
        "select * from shop_view.change where dataset <> 'purchase'",
      );
      return rows;
    });
  const acknowledge = (): Promise<unknown> =>
    inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));
  await shop.publish('n1');
  await strikeOutOf(shop, 'customer', { customer_id: 4 });
  await shop.night();
  await acknowledge();
  await inSession(shop, 'insider', (client) => client.query('call shop_view.acknowledge()'));
  assert.deepEqual(await told('reader'), [], 'the generation that was taken never had it');
  await strikeOutOf(shop, 'customer', { customer_id: 5 });
  const left = { dataset: 'customer', key: { customer_id: 5 }, kind: 'left', reason: 'struck out' };
  assert.deepEqual(await told('reader'), [left]);
  assert.deepEqual(await told('insider'), [], 'not of its datasets');
  // The receipt may be of what was read before.
  await acknowledge();
  assert.deepEqual(await told('reader'), [left]);
  await shop.night();
  assert.deepEqual(await told('reader'), [left]);
  await acknowledge();
  assert.deepEqual(await told('reader'), []);
});

test('change tells a long number that was struck out as the number that it was', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.mark('n1');
  const long = { customer: '9007199254740993', purchase: '1234567890123456' };
  await shop.inSource(`insert into shop.customer values (${long.customer}, 'n1', 'long', 50);
    insert into shop.order_line values (${long.purchase}, 1, 1, 'n1', 9)`);
  await shop.night();
  const told = (): Promise<readonly (string | undefined)[]> =>
    inSession(shop, 'reader', async (client) => {
      const { rows } = await client.query<{ key: string }>(
        `select key::text from shop_view.change where key::text similar to '%(${long.customer}|${long.purchase})%' order by 1`,
      );
      return rows.map(({ key }) => key);
    });
  const keys = [`{"customer_id": ${long.customer}}`, `{"line_no": 1, "order_no": ${long.purchase}}`];
  assert.deepEqual(await told(), keys, 'as they entered');
  await inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));

  await using session = await shop.session();
  const { datasets } = await readMarkedShop();
  for (const [name, words] of [
    ['customer', [long.customer]],
    ['purchase', [`order_no=${long.purchase}`, 'line_no=1']],
  ] as const) {
    const dataset = datasets.find((one) => one.name === name);
    assert.ok(dataset !== undefined);
    await strikeOutOf(shop, name, await typedKey(session, dataset, words));
  }
  assert.deepEqual(await told(), keys, 'as they left');
});

test('change tells a key as a night writes it down, whatever the settings of who asks', async () => {
  await using shop = await shopNights(await testPostgres(18), [insider]);
  const files = {
    'datasets/secret.sql':
      'select make_interval(mins => s.id::integer) as secret_id, s.marker from shop_secret s\n',
    'datasets/secret.yaml':
      shopFiles['datasets/secret.yaml'].replace('type: bigint', 'type: interval') +
      "departures: { foretold: { known: { sql: secret_id = interval 'PT3M', reason: everybody knows it } } }\n",
  };
  await shop.publish('n1', { files });
  await inSession(shop, 'insider', async (client) => {
    await client.query('call shop_view.acknowledge()');
    await client.query("alter role current_user set intervalstyle = 'postgres_verbose'");
  });
  await shop.inSource('delete from shop.secret where id = 3');
  await shop.night({ files });
  const { rows } = await inSession(shop, 'insider', (client) =>
    client.query('select key, kind, reason from shop_view.change'),
  );
  assert.deepEqual(rows, [{ key: { secret_id: 'PT3M' }, kind: 'left', reason: 'everybody knows it' }]);
});

test('change goes through another shape, and refuses where it can tell nothing', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.publish('n1');
  await inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));
  const wider = altered('datasets/customer.yaml', 'type: smallint', 'type: integer');
  await shop.publish('n1', { files: wider });
  assert.deepEqual(await changes(shop, 'reader'), [], 'a column that has only become wider');

  const otherKey = altered('datasets/purchase.yaml', 'key: [order_no, line_no]', 'key: [line_no, order_no]');
  await shop.publish('n2', { files: { ...wider, ...otherKey } });
  const change = (dataset: string): Promise<string | undefined> =>
    inSession(shop, 'reader', (client) =>
      sqlstate(client, `select * from shop_view.change where dataset = '${dataset}'`),
    );
  assert.equal(await change('customer'), undefined);
  assert.equal(await change('purchase'), 'NJ005');
  for (const marker of ['n3', 'n4'])
    await shop.publish(marker, { keep: 2, files: { ...wider, ...otherKey } });
  assert.equal(await change('customer'), 'NJ004', 'the generation of the receipt is gone');
});

test('change refuses where a column of the key had another type, and goes through one that has only become wider', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.publish('n1');
  const acknowledge = (): Promise<unknown> =>
    inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));
  await acknowledge();
  const retyped = (
    dataset: 'customer' | 'purchase',
    column: string,
    from: string,
    to: string,
  ): ShopFiles => ({
    [`datasets/${dataset}.yaml`]:
      shopFiles[`datasets/${dataset}.yaml`].replace(
        `${column}: { type: ${from},`,
        `${column}: { type: "${to}",`,
      ) + keyWas[dataset],
  });
  const keyWas = {
    customer: 'key_was: { customer_id: customer_id::bigint }\n',
    purchase: 'key_was: { order_no: order_no, line_no: line_no::integer }\n',
  };
  const wider = retyped('customer', 'customer_id', 'bigint', 'numeric(20,0)');
  const narrower = retyped('purchase', 'line_no', 'integer', 'smallint');
  await shop.inSource('delete from shop.customer where id = 7');
  await shop.night({ files: { ...wider, ...narrower } });
  assert.deepEqual(await changes(shop, 'reader', "where dataset = 'customer'"), [['customer', 'left', 1]]);
  const refused = { code: 'NJ005', message: /^dataset "purchase" had another key in generation 1:/ };
  await assert.rejects(changes(shop, 'reader', "where dataset = 'purchase'"), refused);
  await acknowledge();
  assert.deepEqual(await changes(shop, 'reader'), []);

  // What is gone back to is seen through the view of the later release: its keys are not told by it either.
  await using session = await shop.session();
  await untilInstant(session, await rollBack(session, { from: 2, to: 1, hold: undefined }));
  await assert.rejects(changes(shop, 'reader', "where dataset = 'purchase'"), refused);
});

for (const major of [15, 18] as const) {
  test(`a dataset that is not its own keeps no consumer from its changes, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major), [reader, insider]);
    await shop.publish('n1');
    await inSession(shop, 'insider', (client) => client.query('call shop_view.acknowledge()'));
    await inSession(shop, 'reader', (client) => client.query('call shop_view.acknowledge()'));
    const files = altered('datasets/purchase.yaml', 'key: [order_no, line_no]', 'key: [line_no, order_no]');
    await shop.publish('n2', { files });
    await strikeOutOf(shop, 'purchase', { line_no: 1, order_no: 1 }, files);
    assert.deepEqual(await changes(shop, 'insider'), [['secret', 'changed', 5]]);
    await inSession(shop, 'insider', (client) => client.query('explain select * from shop_view.change'));
    // Whoever may read it is refused as a whole, lest what is missing look like what did not change; not dataset by dataset.
    await assert.rejects(changes(shop, 'reader'), { code: 'NJ005' });
    assert.deepEqual(await changes(shop, 'reader', "where dataset = 'customer'"), [
      ['customer', 'changed', 20],
    ]);
  });
}

test('held tells which rows are not as read tonight, of the own datasets', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader, insider]);
  await shop.publish('n1');
  await shop.mark('n2');
  await shop.inSource(
    "update shop.customer set age = 7 where id = 5; insert into shop.customer values (21, 'n2', 'new', 5)",
  );
  await shop.night();
  const held = (consumer: string): Promise<readonly unknown[]> =>
    inSession(shop, consumer, async (client) => {
      const { rows } = await client.query<Record<string, unknown>>(
        'select dataset, key, rules, since::text, outcome from shop_view.held order by key',
      );
      return rows;
    });
  const broken = { dataset: 'customer', rules: ['grown_up'], since: '2026-11-21' };
  assert.deepEqual(await held('reader'), [
    { ...broken, key: { customer_id: 5 }, outcome: 'held' },
    { ...broken, key: { customer_id: 21 }, outcome: 'left out' },
  ]);
  assert.deepEqual(await held('insider'), []);
});

test('the view generation tells how fresh it is, and what waits', async () => {
  await using shop = await shopNights(await testPostgres(18), [reader]);
  await shop.publish('n1');
  const columns =
    "generation, as_of::text, fresh_as_of <= run_started_at + interval '1 minute' as fresh, waiting_generation, waits_for";
  const read = () =>
    inSession(
      shop,
      'reader',
      async (client) =>
        (await client.query<Record<string, unknown>>(`select ${columns} from shop_view.generation`)).rows,
    );
  const first = { generation: '1', as_of: '2026-11-20', fresh: true };
  assert.deepEqual(await read(), [{ ...first, waiting_generation: null, waits_for: null }]);
  await inSession(shop, 'reader', (client) => client.query('call shop_view.begin_import()'));
  await shop.publish('n2');
  assert.deepEqual(await read(), [{ ...first, waiting_generation: '2', waits_for: 'import' }]);
});

async function changes(shop: ShopNights, consumer: string, where = ''): Promise<readonly unknown[]> {
  const { rows } = await inSession(shop, consumer, (client) =>
    client.query<{ dataset: string; kind: string; keys: number }>(
      `select dataset, kind, count(*)::int as keys from shop_view.change ${where} group by 1, 2 order by 1, 2`,
    ),
  );
  return rows.map(({ dataset, kind, keys }) => [dataset, kind, keys]);
}
