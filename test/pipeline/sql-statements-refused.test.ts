import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probe, readShop } from './shop.ts';
import { testRefused, type Refused } from './refused-selects.ts';

const statements: readonly Refused[] = [
  ['select id frm §shop_customer', 'NJ-CONFIG-SQL-SYNTAX', 'syntax error at or near "shop_customer"'],
  ["select id\nfrom shop_customer\nwhere email = 'é€😀' §frm", 'NJ-CONFIG-SQL-SYNTAX', '"frm"'],
  ['select id from§', 'NJ-CONFIG-SQL-SYNTAX', 'end of input'],
  ["select §'abc", 'NJ-CONFIG-SQL-SYNTAX', 'unterminated'],
  ['§-- only words', 'NJ-CONFIG-SQL-STATEMENT', 'no statement'],
  ['select id from shop_customer;\n-- and\n§select 1', 'NJ-CONFIG-SQL-STATEMENT', 'found 2 statements'],
  ['§insert into shop_customer select 1', 'NJ-CONFIG-SQL-STATEMENT', 'found INSERT'],
  ['/* first */ §create table x as select 1', 'NJ-CONFIG-SQL-STATEMENT', 'CREATE TABLE AS'],
  ['§explain select 1', 'NJ-CONFIG-SQL-STATEMENT', 'EXPLAIN'],
  [
    'with §x as (delete from shop_customer returning id) select id from x',
    'NJ-CONFIG-SQL-STATEMENT',
    'DELETE',
  ],
  ['select id into §x from shop_customer', 'NJ-CONFIG-SQL-STATEMENT', 'SELECT INTO'],
  ['select id from §shop_customer for update', 'NJ-CONFIG-SQL-STATEMENT', 'FOR UPDATE'],
  ['select id from shop_customer where id = §$1', 'NJ-CONFIG-SQL-STATEMENT', '$1'],
  ['select §id + 1 from shop_customer', 'NJ-CONFIG-SQL-UNNAMED', 'The 1. column', []],
  ['select id, §id from shop_customer', 'NJ-CONFIG-REPEATED', '"id" is in the SELECT'],
];

const names: readonly Refused[] = [
  ['select id from §shop_custmer', 'NJ-CONFIG-SQL-TABLE', 'The nearest is "shop_customer"'],
  ['select 1 as id from §pg_class', 'NJ-CONFIG-SQL-TABLE', '"pg_class" is neither'],
  ['select id from §tcs.person', 'NJ-CONFIG-SQL-SCHEMA', '("tcs")'],
  ['select §other.f(id) as id from shop_customer', 'NJ-CONFIG-SQL-SCHEMA', '("other")'],
  ['select id from shop_customer where §id::other.kind is null', 'NJ-CONFIG-SQL-SCHEMA', '"kind"'],
  ['select §shop.shop_customer.id from shop_customer', 'NJ-CONFIG-SQL-SCHEMA', '("shop")'],
  [
    'select id, §c.ful_name as n from shop_customer c',
    'NJ-CONFIG-SQL-COLUMN',
    'The nearest is "full_name"',
    ['id', 'n'],
  ],
  [
    'select id from shop_customer where (§emial, 1) = (select max(page), 1 from shop_visit)',
    'NJ-CONFIG-SQL-COLUMN',
    'The nearest is "email"',
  ],
  ['values (1), (2) order by §colum1', 'NJ-CONFIG-SQL-COLUMN', 'The nearest is "column1"', ['column1']],
  [
    'select c.id from shop_customer c, jsonb_array_elements_text(c.email::jsonb) e where §e.valu is null',
    'NJ-CONFIG-SQL-COLUMN',
    'The nearest is "value"',
  ],
  ['select id from shop_customer where §emial is null', 'NJ-CONFIG-SQL-COLUMN', 'The nearest is "email"'],
  ['select §ctid as id from shop_customer', 'NJ-CONFIG-SQL-COLUMN', 'no column "ctid"'],
  ['select §cust.id from shop_customer custo', 'NJ-CONFIG-SQL-ALIAS', 'The nearest is "custo"'],
  [
    'select §shop_customer.id from shop_customer c',
    'NJ-CONFIG-SQL-ALIAS',
    '"shop_customer" is not in the FROM',
  ],
  [
    'select §customer_id as id from shop_visit v, shop_order_line l',
    'NJ-CONFIG-SQL-AMBIGUOUS',
    '"v" or of "l"',
  ],
  [
    'select v.id from (select id from shop_customer) v where §v.email is null',
    'NJ-CONFIG-SQL-COLUMN',
    'in "v"',
  ],
  [
    'select c.id from shop_customer c join (select customer_id from shop_visit where customer_id = §c.id) v on v.customer_id = c.id',
    'NJ-CONFIG-SQL-ALIAS',
    '"c"',
  ],
  ['with v as (select id from shop_customer) select id from §w', 'NJ-CONFIG-SQL-TABLE', '"w"'],
  [
    'with a as (select id from §b), b as (select id from shop_customer) select id from a',
    'NJ-CONFIG-SQL-TABLE',
    '"b"',
  ],
  [
    'select id from (select id from shop_customer) a join §shop_visit v using (id)',
    'NJ-CONFIG-SQL-COLUMN',
    'in "v"',
  ],
  ['select §* from shop_customer', 'NJ-CONFIG-SQL-STAR', 'found "*"'],
  ['select id, §c.* from shop_customer c', 'NJ-CONFIG-SQL-STAR', 'found "c.*"'],
  ['with v as (select §* from shop_customer) select id from v', 'NJ-CONFIG-SQL-STAR'],
];

testRefused([...statements, ...names]);

test('all faults of a SELECT are reported, not the first', async () => {
  const { places } = await readShop(
    probe(
      'select c.id, c.nam as n, now() as t\nfrom shop_customer c\njoin region r on r.code = c.region_code\nlimit 3',
      ['id', 'n', 't'],
    ),
  );
  assert.deepEqual(places, [
    'NJ-CONFIG-SQL-COLUMN datasets/probe.sql:1:14',
    'NJ-CONFIG-SQL-CLOCK datasets/probe.sql:1:26',
    'NJ-CONFIG-SQL-FOLD datasets/probe.sql:3:25',
    'NJ-CONFIG-SQL-ORDER datasets/probe.sql:4:7',
  ]);
});
