import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edit, testFaults } from './fault-table.ts';
import { probe, readShop } from './shop.ts';

const source = 'sources/shop.yaml';
const contract = 'datasets/customer.yaml';

testFaults([
  // References
  {
    what: 'a setting of the pace by which no source table is judged',
    files: {
      'datasets/other.sql': 'select c.id as customer_id from shop_customer c',
      'datasets/other.yaml': `description: Who buys, once more.
grain: one row for each customer
key: [customer_id]
driving: shop_customer
columns:
  customer_id: { type: bigint, presence: required, from: shop.Customer.id, description: The id. }
guards:
  §pace: { rows: 5 }
`,
    },
    code: 'NJ-CONFIG-VALUE',
    words: 'guards.pace: expected the setting in the contract of customer, found one that no source table',
  },
  {
    what: 'a coverage of a dataset, which is not what was read',
    files: edit(
      contract,
      'rules:',
      'coverage:\n  visited: { of: §customer, by: shop_visit, on: { customer_id: customer_id } }\nrules:',
    ),
    code: 'NJ-CONFIG-VALUE',
    words:
      'coverage.visited.of: expected a raw table or a seed, of which what was read is asked, found the dataset customer',
  },
  {
    what: 'a coded column that is named twice',
    files: edit(contract, 'rules:', 'coded: [region, §region]\nrules:'),
    code: 'NJ-CONFIG-REPEATED',
    words: '"region" is in "coded" more than once',
  },
  {
    what: 'a key column that is not there',
    files: edit(contract, '[customer_id]', '[§custmer_id]'),
    code: 'NJ-CONFIG-UNKNOWN',
    words: 'no column "custmer_id" in the contract of customer. The nearest is "customer_id"',
  },
  {
    what: 'a source key that is not there',
    files: edit(source, 'key: [id]', 'key: [§ide]'),
    code: 'NJ-CONFIG-UNKNOWN',
    words: 'The nearest is "id"',
  },
  {
    what: 'a key column twice',
    files: edit('datasets/purchase.yaml', '[order_id, line_no]', '[order_id, line_no, §order_id]'),
    code: 'NJ-CONFIG-REPEATED',
  },
  {
    what: 'an index column that is not there',
    files: edit(contract, '- [region]', '- [§regin]'),
    code: 'NJ-CONFIG-UNKNOWN',
    words: 'The nearest is "region"',
  },
  {
    what: 'a driving table that is not there',
    files: edit(contract, 'driving: shop_customer', 'driving: §shop_custmer'),
    code: 'NJ-CONFIG-UNKNOWN',
    words: 'no table "shop_custmer" in the pipeline. The nearest is "shop_customer"',
  },
  {
    what: 'one of several driving tables',
    files: edit(contract, 'driving: shop_customer', 'driving: [shop_customer, { table: §regoin }]'),
    code: 'NJ-CONFIG-UNKNOWN',
    words: 'The nearest is "region"',
  },
  {
    what: 'a repair limit of another table',
    files: edit(contract, 'shop_customer.born_on', '§shop_custome.born_on'),
    code: 'NJ-CONFIG-UNKNOWN',
    words: 'The nearest is "shop_customer"',
  },
  {
    what: 'a repair limit of another column',
    files: edit(contract, 'shop_customer.born_on', '§shop_customer.born_no'),
    code: 'NJ-CONFIG-UNKNOWN',
    words: 'The nearest is "born_on"',
  },
  {
    what: 'a repair limit without a table',
    files: edit(contract, 'shop_customer.born_on', '§born_on'),
    code: 'NJ-CONFIG-VALUE',
    words: '<raw table>.<raw column>',
  },
  {
    what: 'a repair limit below none',
    files: edit(contract, 'born_on: 3', 'born_on: §-1'),
    code: 'NJ-CONFIG-VALUE',
    words: 'at least 0',
  },
  {
    what: 'repairs in a key',
    files: edit(contract, 'shop_customer.born_on', '§shop_customer.id'),
    code: 'NJ-CONFIG-KEY-REPAIR',
  },
  {
    what: 'a column that is not selected',
    files: edit(contract, '  region: { type', '  §regin: { type'),
    code: 'NJ-CONFIG-COLUMN-UNSELECTED',
    words: 'The nearest is "region"',
    more: 3,
  },
  {
    what: 'a column that is not in the contract',
    files: edit('datasets/purchase.sql', 'l.price', 'l.price, §l.sku'),
    code: 'NJ-CONFIG-COLUMN-UNCONTRACTED',
    words: '"sku"',
  },
  {
    what: 'a cycle of two',
    files: {
      ...edit(
        'datasets/customer.sql',
        'left join region r on',
        'left join purchase p on p.customer_id = c.id\nleft join region r on',
      ),
      ...edit('datasets/purchase.sql', 'left join customer', 'left join §customer'),
    },
    code: 'NJ-CONFIG-CYCLE',
    words: 'customer → purchase → customer',
  },
  {
    what: 'a cycle of one',
    files: probe('select id from §probe'),
    code: 'NJ-CONFIG-CYCLE',
    words: 'probe → probe',
  },

  // Names
  {
    what: 'two tables of one raw name',
    files: edit(source, '  Visit:', '  §order_line:'),
    code: 'NJ-CONFIG-NAME-TWICE',
    words: '"shop_order_line", which the table "OrderLine" of shop has already',
  },
  {
    what: 'two columns of one raw name',
    files: edit(source, '      email: text', '      email: text\n      §full_name: text'),
    code: 'NJ-CONFIG-NAME-TWICE',
    words: '"full_name", which the column "fullName" has already',
  },
  {
    what: 'a raw table with the name of a dataset',
    files: {
      ...probe('select id from shop_customer'),
      'sources/pro.yaml': 'tables:\n  be:\n    as: x\n    columns: { id: bigint }\n',
      'datasets/pro_x.sql': 'select id from shop_customer',
      'datasets/pro_x.yaml': String(probe('')['datasets/probe.yaml']),
    },
    code: 'NJ-CONFIG-NAME-TWICE',
    words: 'which the dataset pro_x has already',
    place: 'sources/pro.yaml:3:9',
  },
  {
    what: 'a seed with the name of a dataset',
    files: { 'seeds/customer.yaml': 'columns: { a: text }', 'seeds/customer.csv': 'a\nx\n' },
    code: 'NJ-CONFIG-NAME-TWICE',
    place: 'seeds/customer.yaml:1:1',
  },
  {
    what: 'a raw name of the server',
    files: { 'sources/pg.yaml': 'tables:\n  §user:\n    columns: { id: bigint }\n' },
    code: 'NJ-CONFIG-NAME',
    words: '"pg_user" cannot be the name of a raw table: names beginning with pg_',
  },
  {
    what: 'a long raw name',
    files: edit(source, '  Visit:', `  §${'V'.repeat(59)}:`),
    code: 'NJ-CONFIG-NAME',
    words: 'it has 64 bytes',
  },
  {
    what: 'a raw name long in bytes',
    files: edit(source, 'email: text', `§${'é'.repeat(32)}: text`),
    code: 'NJ-CONFIG-NAME',
    words: 'it has 64 bytes',
  },
  {
    what: 'a raw name in capitals',
    files: edit(source, '    volatile: true', '    as: §Visits\n    volatile: true'),
    code: 'NJ-CONFIG-NAME',
    words: 'small letters',
  },
  {
    what: 'our own column',
    files: edit(source, 'email: text', 'email: { type: text, as: §nightjar_repaired }'),
    code: 'NJ-CONFIG-NAME',
    words: "Nightjar's own",
  },
  {
    what: 'a hidden column',
    files: edit(source, 'page: text', '§ctid: text'),
    code: 'NJ-CONFIG-NAME',
    words: 'hidden column',
  },
  {
    what: "a dataset with a view's name",
    files: {
      'datasets/generation.sql': 'select id from shop_customer',
      'datasets/generation.yaml': String(probe('')['datasets/probe.yaml']),
    },
    code: 'NJ-CONFIG-NAME',
    words: "one of Nightjar's own views",
    place: 'datasets/generation.yaml:1:1',
  },
  {
    what: 'a dataset in capitals',
    files: {
      'datasets/Probe.sql': 'select id from shop_customer',
      'datasets/Probe.yaml': String(probe('')['datasets/probe.yaml']),
    },
    code: 'NJ-CONFIG-NAME',
    place: 'datasets/Probe.yaml:1:1',
  },
  {
    what: "the store's own column",
    files: probe('select id, id as generation from shop_customer', ['id', '§generation']),
    code: 'NJ-CONFIG-NAME',
    words: 'every published table',
  },
]);

test('the shop itself is without fault', async () => {
  const { places, faults: found, pipeline } = await readShop({});
  assert.deepEqual(places, [], found.map((fault) => fault.message).join('\n'));
  assert.ok(pipeline !== undefined);
});

test('faults in several files are all reported, by file, line and column', async () => {
  const { places } = await readShop({
    ...edit(source, 'bornOn: date', 'bornOn: dat'),
    ...edit(contract, 'key: [customer_id]', 'key: [customer]'),
    ...edit('datasets/purchase.sql', 'select', 'select now() as t,'),
    'seeds/region.csv': 'code,name,opened\nN,North,x\n',
  });
  assert.deepEqual(places, [
    'NJ-CONFIG-UNKNOWN datasets/customer.yaml:3:7',
    'NJ-CONFIG-SQL-CLOCK datasets/purchase.sql:1:8',
    'NJ-CONFIG-COLUMN-UNCONTRACTED datasets/purchase.sql:1:8',
    'NJ-CONFIG-SEED-CELL seeds/region.csv:2:9',
    'NJ-CONFIG-VALUE sources/shop.yaml:10:15',
  ]);
});

test('what the schema complains about keeps nothing else of the file from being checked', async () => {
  const { places } = await readShop({
    [contract]: `description: [Who buys]
grain: one row for each customer
key: [customer_no]
driving: shop_custmer
colour: red
columns:
  customer_id: { type: bigint, presence: requird, from: shop.Customer.id, description: The id. }
  full_name: { type: varchar(255), privacy: personal, from: shop.Customer.fullName }
  rating: 7
  region: { type: txt, from: seeds/region, description: The region. }
rules:
  rated: { sql: rating betwen 0 and 5, description: Stars. }
indexes: [[regin]]
`,
  });
  assert.deepEqual(places, [
    'NJ-CONFIG-VALUE datasets/customer.yaml:1:14',
    'NJ-CONFIG-UNKNOWN datasets/customer.yaml:3:7',
    'NJ-CONFIG-UNKNOWN datasets/customer.yaml:4:10',
    'NJ-CONFIG-KEY-UNKNOWN datasets/customer.yaml:5:1',
    'NJ-CONFIG-VALUE datasets/customer.yaml:7:42',
    'NJ-CONFIG-KEY-MISSING datasets/customer.yaml:8:3',
    'NJ-CONFIG-VALUE datasets/customer.yaml:9:11',
    'NJ-CONFIG-VALUE datasets/customer.yaml:10:19',
    'NJ-CONFIG-SQL-SYNTAX datasets/customer.yaml:12:31',
    'NJ-CONFIG-UNKNOWN datasets/customer.yaml:13:12',
  ]);
});
