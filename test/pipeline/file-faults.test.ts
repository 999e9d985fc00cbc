import { edit, testFaults } from './fault-table.ts';
import { shop } from './shop.ts';

const source = 'sources/shop.yaml';
const contract = 'datasets/customer.yaml';

testFaults([
  // Files and folders
  {
    what: 'a file of another kind',
    files: { 'datasets/customer.yml': 'a: 1' },
    code: 'NJ-CONFIG-FILE-UNEXPECTED',
    words: 'nearest is ".yaml"',
    place: 'datasets/customer.yml:1:1',
  },
  {
    what: 'a folder of another name',
    files: { 'dataset/x.sql': 'select 1' },
    code: 'NJ-CONFIG-FILE-UNEXPECTED',
    words: 'nearest is "datasets"',
    place: 'dataset/x.sql:1:1',
  },
  {
    what: 'a file at the top',
    files: { 'notes.txt': 'x' },
    code: 'NJ-CONFIG-FILE-UNEXPECTED',
    words: 'a file in sources/',
    place: 'notes.txt:1:1',
  },
  {
    what: 'a folder in a folder',
    files: { 'datasets/old/x.sql': 'select 1' },
    code: 'NJ-CONFIG-FILE-UNEXPECTED',
    place: 'datasets/old/x.sql:1:1',
  },
  {
    what: 'a SELECT without a contract',
    files: { 'datasets/alone.sql': 'select id from shop_customer' },
    code: 'NJ-CONFIG-FILE-ALONE',
    words: 'datasets/alone.yaml',
    place: 'datasets/alone.sql:1:1',
  },
  {
    what: 'a contract without a SELECT',
    files: { 'datasets/customer.sql': null },
    code: 'NJ-CONFIG-FILE-ALONE',
    words: 'datasets/customer.sql',
    place: 'datasets/customer.yaml:1:1',
  },
  {
    what: 'a seed without rows',
    files: { 'seeds/region.csv': null },
    code: 'NJ-CONFIG-FILE-ALONE',
    words: 'seeds/region.csv',
    place: 'seeds/region.yaml:1:1',
  },
  {
    what: 'an empty SELECT',
    files: { 'datasets/customer.sql': ' \n' },
    code: 'NJ-CONFIG-FILE-EMPTY',
    place: 'datasets/customer.sql:1:1',
  },
  {
    what: 'an empty source',
    files: { [source]: '' },
    code: 'NJ-CONFIG-FILE-EMPTY',
    place: 'sources/shop.yaml:1:1',
  },
  {
    what: 'bytes that are no UTF-8',
    files: { 'datasets/customer.sql': Buffer.from('select id -- \xe9\nfrom shop_customer', 'latin1') },
    code: 'NJ-CONFIG-NOT-TEXT',
    words: 'bytes that are no character',
    place: 'datasets/customer.sql:1:14',
  },
  {
    what: 'a NUL in a SELECT',
    files: { 'datasets/customer.sql': 'select id\nfrom shop_customer §\0; drop table x' },
    code: 'NJ-CONFIG-NOT-TEXT',
    words: 'a NUL',
  },

  // YAML
  {
    what: 'no YAML',
    files: edit(source, '  Visit:\n', '  Visit: §a: b\n'),
    code: 'NJ-CONFIG-YAML',
    words: 'nested mappings',
  },
  {
    what: 'a second document',
    files: { [source]: `${shop[source]}§---\na: 1\n` },
    code: 'NJ-CONFIG-YAML',
    words: 'a second document',
  },
  {
    what: 'a key twice',
    files: edit(source, '      bornOn: date\n', '      bornOn: date\n      §email: text\n'),
    code: 'NJ-CONFIG-KEY-TWICE',
    words: '"email" is here a second time; the first is in line 8',
  },
  {
    what: 'an anchor',
    files: edit(source, 'volatile: true', 'volatile: &yes §true'),
    code: 'NJ-CONFIG-YAML-FEATURE',
    words: 'An anchor',
  },
  {
    what: 'a merge',
    files: edit(source, '    volatile: true\n', '    volatile: true\n    §<<: {}\n'),
    code: 'NJ-CONFIG-YAML-FEATURE',
    words: 'The merge key <<',
  },
  {
    what: 'a tag',
    files: edit(source, 'bornOn: date', 'bornOn: !!str §date'),
    code: 'NJ-CONFIG-YAML-FEATURE',
    words: 'A tag',
  },

  // Keys and values
  {
    what: 'a misspelt key at the top',
    files: edit(source, 'description:', '§decription:'),
    code: 'NJ-CONFIG-KEY-UNKNOWN',
    words: 'nearest is "description"',
  },
  {
    what: 'a misspelt key of a table',
    files: edit(source, 'volatile: true', '§volatil: true'),
    code: 'NJ-CONFIG-KEY-UNKNOWN',
    words: '"tables.Visit": expected as, key, volatile, columns. The nearest is "volatile"',
  },
  {
    what: 'a misspelt key of a column',
    files: edit(contract, 'privacy: personal', '§privcy: personal'),
    code: 'NJ-CONFIG-KEY-UNKNOWN',
    words: 'nearest is "privacy"',
  },
  {
    what: 'a misspelt key that must be there',
    files: edit(contract, 'grain:', '§grian:'),
    code: 'NJ-CONFIG-KEY-UNKNOWN',
    words: 'nearest is "grain"',
  },
  {
    what: 'a misspelt key of a source column',
    files: edit(source, 'email: text', 'email: { type: text, §has: mail }'),
    code: 'NJ-CONFIG-KEY-UNKNOWN',
    words: 'nearest is "as"',
  },
  {
    what: 'a key without its value',
    files: edit(source, 'volatile: true', 'volatile: §'),
    code: 'NJ-CONFIG-VALUE',
    words: 'expected true or false, found nothing',
  },
  {
    what: 'a text for a yes',
    files: edit(source, 'volatile: true', 'volatile: §yes'),
    code: 'NJ-CONFIG-VALUE',
    words: 'tables.Visit.volatile: expected true or false, found "yes"',
  },
  {
    what: 'a text for a list',
    files: edit(contract, 'key: [customer_id]', 'key: §customer_id'),
    code: 'NJ-CONFIG-VALUE',
    words: 'expected a list, found "customer_id"',
  },
  {
    what: 'a list for a column',
    files: edit(source, 'email: text', 'email: §[text]'),
    code: 'NJ-CONFIG-VALUE',
    words: 'expected a text or a mapping, found a list',
  },
  {
    what: 'a number for a type',
    files: edit(source, 'email: text', 'email: §12'),
    code: 'NJ-CONFIG-VALUE',
    words: 'found a number (12)',
  },
  {
    what: 'a missing key',
    files: edit(
      contract,
      'region: { type: text, from: seeds/region, description: The region. }',
      '§region: { type: text, from: seeds/region }',
    ),
    code: 'NJ-CONFIG-KEY-MISSING',
    words: '"description" is missing in "columns.region"',
  },
  {
    what: 'another presence',
    files: edit(contract, 'presence: required', 'presence: §requird'),
    code: 'NJ-CONFIG-VALUE',
    words: 'required, expected, optional, found "requird". The nearest is "required"',
  },
  {
    what: 'another privacy',
    files: edit(contract, 'privacy: personal', 'privacy: §person'),
    code: 'NJ-CONFIG-VALUE',
    words: 'nearest is "personal"',
  },
  {
    what: 'an unknown source type',
    files: edit(source, 'bornOn: date', 'bornOn: §datetime'),
    code: 'NJ-CONFIG-VALUE',
    words: 'found "datetime". The nearest is "timestamp"',
  },
  {
    what: 'a source type too wide',
    files: edit(source, 'timestamp(3)', '§timestamp(7)'),
    code: 'NJ-CONFIG-VALUE',
    words: 'timestamp(7)',
  },
  {
    what: 'an unknown contract type',
    files: edit(contract, 'type: bigint', 'type: §bigit'),
    code: 'NJ-CONFIG-VALUE',
    words: 'The nearest is "bigint"',
  },
  {
    what: 'a contract type of MySQL',
    files: edit(contract, 'type: varchar(255)', 'type: §datetime(3)'),
    code: 'NJ-CONFIG-VALUE',
    words: 'found "datetime(3)"',
  },
  {
    what: 'no columns',
    files: edit(
      'seeds/region.yaml',
      'columns:\n  code: varchar(10)\n  name: text\n  opened: date\n',
      'columns: §x\n',
    ),
    code: 'NJ-CONFIG-VALUE',
    words: 'expected a mapping',
  },
  {
    what: 'a seed with an empty list of columns',
    files: edit(
      'seeds/region.yaml',
      'columns:\n  code: varchar(10)\n  name: text\n  opened: date\n',
      'columns: §{}\n',
    ),
    code: 'NJ-CONFIG-VALUE',
    words: 'columns: expected at least one column, found none',
  },
  {
    what: 'a contract with an empty list of columns',
    files: {
      [contract]: `${shop[contract].slice(0, shop[contract].indexOf('columns:'))}columns: §{}\n`,
    },
    code: 'NJ-CONFIG-VALUE',
    words: 'columns: expected at least one column, found none',
  },
  {
    what: 'a source with an empty list of tables',
    files: { 'sources/other.yaml': 'tables: §{}\n' },
    code: 'NJ-CONFIG-VALUE',
    words: 'tables: expected at least one table, found none',
  },
  {
    what: 'a key that every object has, where none is known',
    files: edit(contract, 'grain:', '§constructor: {}\ngrain:'),
    code: 'NJ-CONFIG-KEY-UNKNOWN',
    words: '"constructor"',
  },
  {
    what: 'an empty key',
    files: edit(contract, '[customer_id]', '§[]'),
    code: 'NJ-CONFIG-NO-KEY',
    words: 'The dataset "customer" has no key',
  },
  {
    what: 'no key',
    files: {
      [contract]: shop[contract].replace('key: [customer_id]\n', '').replace('description', '§description'),
    },
    code: 'NJ-CONFIG-NO-KEY',
  },
  {
    what: 'a key that may be absent',
    files: edit(contract, 'presence: required', 'presence: §expected'),
    code: 'NJ-CONFIG-VALUE',
    words: 'part of the key',
  },
]);
