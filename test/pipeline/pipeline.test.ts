import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { guardSettings } from '../../src/pipeline/read-guards.ts';
import { readPipeline } from '../../src/pipeline/read-pipeline.ts';
import { probe, readShop, shop } from './shop.ts';

test('a pipeline is read: tables, seeds, datasets in an order in which they can be built', async () => {
  const { pipeline } = await readShop({
    'sources/other.yaml': `tables:
  "odd table":
    as: odd
    key: [NR, "2"]
    columns:
      "2": integer
      "10": { type: text, as: ten }
      NR: NUMERIC( 20 )
      "select": varchar(3)
      AssessmentOutcome_AUD2x: timestamp
`,
    'README.md': 'What this is.',
    '.hidden': 'x',
    'datasets/all.sql':
      'select page as id from shop_visit union select region from purchase union select full_name from customer;',
    'datasets/all.yaml': String(probe('')['datasets/probe.yaml']),
  });
  assert.ok(pipeline !== undefined);
  assert.equal(pipeline.name, 'shop');
  assert.deepEqual(pipeline.sources, ['other', 'shop']);
  const odd = pipeline.tables.find((table) => table.name === 'other_odd');
  assert.deepEqual(odd, {
    source: 'other',
    table: 'odd table',
    name: 'other_odd',
    key: ['nr', '2'],
    volatile: false,
    columns: [
      // In the order of the file, whatever they are called.
      { column: '2', name: '2', type: { text: 'integer', raw: 'int8', capacity: [32] } },
      {
        column: '10',
        name: 'ten',
        type: { text: 'text', raw: 'text', capacity: [Number.POSITIVE_INFINITY] },
      },
      {
        column: 'NR',
        name: 'nr',
        type: { text: 'numeric(20)', raw: 'numeric', capacity: [20, 0], finest: 0 },
      },
      { column: 'select', name: 'select', type: { text: 'varchar(3)', raw: 'text', capacity: [3] } },
      {
        column: 'AssessmentOutcome_AUD2x',
        name: 'assessment_outcome_aud2x',
        type: { text: 'timestamp', raw: 'timestamp', capacity: [0] },
      },
    ],
  });
  assert.deepEqual(
    pipeline.tables.filter((table) => table.volatile).map((table) => table.name),
    ['shop_visit'],
  );
  assert.deepEqual(pipeline.seeds, [
    {
      name: 'region',
      key: ['code'],
      columns: [
        { name: 'code', type: 'text' },
        { name: 'name', type: 'text' },
        { name: 'opened', type: 'date' },
      ],
      rows: [
        ['N', 'North, upper', '2020-02-29'],
        ['S', 'South', null],
      ],
    },
  ]);
  assert.deepEqual(
    pipeline.datasets.map(({ name, readsRaw, readsDatasets }) => ({ name, readsRaw, readsDatasets })),
    [
      { name: 'customer', readsRaw: ['shop_customer', 'region'], readsDatasets: [] },
      { name: 'purchase', readsRaw: ['shop_order_line'], readsDatasets: ['customer'] },
      { name: 'all', readsRaw: ['shop_visit'], readsDatasets: ['purchase', 'customer'] },
    ],
  );
});

test('a contract is read with its defaults', async () => {
  const { pipeline } = await readShop({});
  const customer = pipeline?.datasets.find((dataset) => dataset.name === 'customer');
  assert.ok(customer !== undefined);
  assert.deepEqual(
    { ...customer.contract, columns: customer.contract.columns.slice(0, 2) },
    {
      description: 'Who buys.',
      grain: 'one row for each customer',
      key: ['customer_id'],
      driving: [{ table: 'shop_customer', where: undefined }],
      columns: [
        {
          name: 'customer_id',
          type: { base: 'bigint' },
          presence: 'required',
          privacy: 'none',
          description: 'The id.',
          from: 'shop.Customer.id',
          whenHeld: undefined,
        },
        {
          name: 'full_name',
          type: { base: 'varchar', length: 255 },
          presence: 'optional',
          privacy: 'personal',
          description: 'The name.',
          from: 'shop.Customer.fullName',
          whenHeld: undefined,
        },
      ],
      rules: [{ name: 'rated', sql: 'rating between 0 and 5', description: 'Between none and five stars.' }],
      indexes: [['region']],
      repairLimits: [{ table: 'shop_customer', column: 'born_on', atMost: 3 }],
      keyWas: new Map(),
      departures: { foretold: [], evidence: [], inSource: undefined },
      ...{ references: [], coded: [], distribution: [], coverage: [] },
      guards: guardSettings({}),
      ...{ faults: [], office: undefined, changedAt: undefined },
    },
  );
  assert.equal(customer.sql, shop['datasets/customer.sql']);
});

test('a condition of a driving table may look into other tables', async () => {
  const where = 'customer_id in (select id from shop_customer where email is not null) and price > 0';
  const { places, pipeline } = await readShop({
    'datasets/purchase.yaml': shop['datasets/purchase.yaml'].replace('price is not null', where),
  });
  assert.deepEqual(places, []);
  assert.equal(
    pipeline?.datasets.find((dataset) => dataset.name === 'purchase')?.contract.driving[0]?.where,
    where,
  );
});

for (const [why, written, expected] of [
  [
    'a semicolon and what stands behind it are left out',
    '-- first\nselect id from shop_customer ; -- é that is all\n\n',
    '-- first\nselect id from shop_customer\n',
  ],
  [
    'a comment at the end is closed by a line break',
    'select id from shop_customer -- all',
    'select id from shop_customer -- all\n',
  ],
  ['a byte order mark is left out', '\uFEFFselect id from shop_customer', 'select id from shop_customer\n'],
  ['line breaks of Windows stay', 'select id\r\nfrom shop_customer\r\n', 'select id\r\nfrom shop_customer\n'],
] as const) {
  test(`the SELECT: ${why}`, async () => {
    const { pipeline, places } = await readShop(probe(written));
    assert.deepEqual(places, []);
    assert.equal(pipeline?.datasets.find((dataset) => dataset.name === 'probe')?.sql, expected);
  });
}

test('the digest changes with any byte and any name, and with nothing else', async () => {
  const digest = async (changes: Parameters<typeof readShop>[0]): Promise<string | undefined> =>
    (await readShop(changes)).pipeline?.digest;
  const before = await digest({});
  assert.match(before ?? '', /^[0-9a-f]{64}$/);
  assert.equal(await digest({ '.swap': 'x' }), before);
  assert.notEqual(await digest({ 'README.md': 'x' }), before);
  assert.notEqual(await digest({ 'datasets/customer.sql': `${shop['datasets/customer.sql']} ` }), before);
  assert.notEqual(
    await digest({
      'seeds/regions.csv': shop['seeds/region.csv'],
      'seeds/regions.yaml': shop['seeds/region.yaml'],
    }),
    before,
  );
});

test('a folder that is not there, and one that is a file', async () => {
  for (const folder of ['/nowhere/at/all', import.meta.filename]) {
    const { pipeline, faults } = await readPipeline(folder);
    assert.equal(pipeline, undefined);
    assert.deepEqual(
      faults.map((fault) => [fault.code, fault.position?.file]),
      [['NJ-CONFIG-FOLDER-MISSING', folder]],
    );
  }
});

test('what SQL names in a source that cannot be read is not called unknown', async () => {
  const { places } = await readShop({ 'sources/shop.yaml': 'tables: [\n' });
  assert.deepEqual(places, ['NJ-CONFIG-YAML sources/shop.yaml:2:1']);
});

test('the pipeline of this project is without fault, and has its 34 datasets', async () => {
  const { pipeline, faults } = await readPipeline(
    join(import.meta.dirname, '..', '..', 'pipelines', 'tis-ndw'),
  );
  assert.deepEqual(
    faults.map(
      (fault) => `${fault.position?.file}:${fault.position?.line}:${fault.position?.column} ${fault.message}`,
    ),
    [],
  );
  assert.equal(pipeline?.datasets.length, 34);
  const place = new Map(pipeline.datasets.map((dataset, index) => [dataset.name, index]));
  for (const [index, dataset] of pipeline.datasets.entries()) {
    for (const read of dataset.readsDatasets)
      assert.ok((place.get(read) ?? index) < index, `${dataset.name} before ${read}`);
  }
});
