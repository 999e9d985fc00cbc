import { edit, testFaults } from './fault-table.ts';

const contract = 'datasets/customer.yaml';

testFaults([
  // Rules and conditions
  {
    what: 'a rule that does not parse',
    files: edit(contract, 'rating between 0 and 5', 'rating between 0 §or 5'),
    code: 'NJ-CONFIG-SQL-SYNTAX',
    words: '"or"',
  },
  {
    what: 'a rule about another column',
    files: edit(contract, 'rating between', '§ratng between'),
    code: 'NJ-CONFIG-SQL-COLUMN',
    words: 'no column "ratng" in "customer". The nearest is "rating"',
  },
  {
    what: 'a rule about a raw column',
    files: edit(contract, 'rating between 0 and 5', 'rating > 0 and §email is not null'),
    code: 'NJ-CONFIG-SQL-COLUMN',
    words: '"email"',
  },
  {
    what: 'a rule that is no condition',
    files: edit(contract, 'rating between 0 and 5', 'rating §+ 5'),
    code: 'NJ-CONFIG-SQL-STATEMENT',
    words: 'found a value (float)',
  },
  {
    what: 'a rule of two expressions',
    files: edit(contract, 'sql: rating between 0 and 5', 'sql: "rating > 0, §rating < 5"'),
    code: 'NJ-CONFIG-SQL-STATEMENT',
    words: 'more than an expression',
  },
  {
    what: 'a rule that closes our parenthesis',
    files: edit(contract, 'rating between 0 and 5', 'rating > 0§) or (true'),
    code: 'NJ-CONFIG-SQL-SYNTAX',
  },
  {
    what: 'a rule that hides what follows',
    files: edit(contract, 'rating between 0 and 5', '"§rating > 0 -- stars"'),
    code: 'NJ-CONFIG-SQL-STATEMENT',
    words: 'a comment',
  },
  {
    what: 'a rule with a FROM',
    files: edit(contract, 'rating between 0 and 5', '§true from shop_customer'),
    code: 'NJ-CONFIG-SQL-STATEMENT',
    words: 'more than an expression',
  },
  {
    what: 'a rule with a name',
    files: edit(contract, 'rating between 0 and 5', '§true as yes'),
    code: 'NJ-CONFIG-SQL-STATEMENT',
    words: 'more than an expression',
  },
  {
    what: 'a rule of two statements',
    files: edit(contract, 'rating between 0 and 5', 'true; §drop table x'),
    code: 'NJ-CONFIG-SQL-STATEMENT',
    words: '2 statements',
  },
  {
    what: 'a rule with a subquery',
    files: edit(contract, 'rating between 0 and 5', '§exists (select 1 from region)'),
    code: 'NJ-CONFIG-SQL-STATEMENT',
    words: 'a subquery',
  },
  {
    what: 'a rule with an aggregate',
    files: edit(contract, 'rating between 0 and 5', '§max(rating) < 5'),
    code: 'NJ-CONFIG-SQL-STATEMENT',
    words: 'an aggregate (max)',
  },
  {
    what: 'a rule with a clock',
    files: edit(contract, 'rating between 0 and 5', '§now() > as_of()'),
    code: 'NJ-CONFIG-SQL-CLOCK',
  },
  {
    what: 'a rule on more than one line',
    files: edit(
      contract,
      '{ sql: rating between 0 and 5, description: Between none and five stars. }',
      '\n    description: Stars.\n    sql: §>\n      rating\n      betwen 0 and 5',
    ),
    code: 'NJ-CONFIG-SQL-SYNTAX',
  },
  {
    what: 'a condition over another column',
    files: edit('datasets/purchase.yaml', 'price is not null', '§prise is not null'),
    code: 'NJ-CONFIG-SQL-COLUMN',
    words: 'The nearest is "price"',
  },
  {
    what: 'a rule without words',
    files: edit(
      contract,
      'rated: { sql: rating between 0 and 5, description: Between none and five stars. }',
      '§rated: { sql: rating between 0 and 5 }',
    ),
    code: 'NJ-CONFIG-KEY-MISSING',
  },

  // Seeds
  {
    what: 'columns in another order',
    files: { 'seeds/region.csv': 'code,§opened,name\n' },
    code: 'NJ-CONFIG-SEED-HEADER',
    words: 'expected code,name,opened, found code,opened,name',
  },
  {
    what: 'a row too short',
    files: { 'seeds/region.csv': 'code,name,opened\nN,North,\n§S,South\n' },
    code: 'NJ-CONFIG-SEED-WIDTH',
    words: 'Expected 3 cells in this row, found 2',
  },
  {
    what: 'a date that is none',
    files: { 'seeds/region.csv': 'code,name,opened\nN,"North, upper",§2021-02-29\n' },
    code: 'NJ-CONFIG-SEED-CELL',
    words: 'a date of the calendar',
  },
  {
    what: 'a text too long',
    files: { 'seeds/region.csv': 'code,name,opened\n§01234567890,N,\n' },
    code: 'NJ-CONFIG-SEED-CELL',
    words: 'varchar(10)',
  },
  {
    what: 'a key without a value',
    files: { 'seeds/region.csv': 'code,name,opened\n§,N,\n' },
    code: 'NJ-CONFIG-SEED-CELL',
    words: 'part of the key',
  },
  {
    what: 'a key twice in a seed',
    files: { 'seeds/region.csv': 'code,name,opened\nN,North,\nS,South,\n§N,Again,\n' },
    code: 'NJ-CONFIG-KEY-TWICE',
    words: 'the first is in line 2',
  },
  {
    what: 'a quote that is not closed',
    files: { 'seeds/region.csv': 'code,name,opened\nN,§"North,\n' },
    code: 'NJ-CONFIG-CSV',
    words: 'never closed',
  },
  {
    what: 'letters behind a closing quote',
    files: { 'seeds/region.csv': 'code,name,opened\nN,"North"§ern,\n' },
    code: 'NJ-CONFIG-CSV',
    words: 'behind a closing quote',
  },
  {
    what: 'a quote within a cell',
    files: { 'seeds/region.csv': 'code,name,opened\nN,Nor§"th,\n' },
    code: 'NJ-CONFIG-CSV',
    words: 'does not begin with one',
  },
  {
    what: "a seed's key that is not there",
    files: edit('seeds/region.yaml', '[code]', '[§coed]'),
    code: 'NJ-CONFIG-UNKNOWN',
    words: 'The nearest is "code"',
  },
]);
