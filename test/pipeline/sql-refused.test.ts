import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorCode } from '../../src/error/catalogue.ts';
import { mark, markedPlace, probe, readShop } from './shop.ts';

/** A SELECT with the mark where its one fault is, the fault's code, and words that its sentence must hold. */
type Refused = readonly [sql: string, code: ErrorCode, words?: string, columns?: readonly string[]];

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

const clocks: readonly Refused[] = [
  ['select id from shop_customer where born_on < §now()', 'NJ-CONFIG-SQL-CLOCK', 'now()'],
  ['select id from shop_customer where born_on < §current_date', 'NJ-CONFIG-SQL-CLOCK', 'current_date'],
  [
    'select id from shop_customer where born_on < §localtimestamp(0)',
    'NJ-CONFIG-SQL-CLOCK',
    'localtimestamp',
  ],
  ['select id from shop_customer where born_on < §clock_timestamp()', 'NJ-CONFIG-SQL-CLOCK'],
  ['select id from shop_customer where born_on < §pg_catalog.now()', 'NJ-CONFIG-SQL-CLOCK'],
  ["select id from shop_customer where born_on < §'today'::date", 'NJ-CONFIG-SQL-CLOCK', "'today' as a date"],
  ["select id from shop_customer where born_on < date §'Yesterday '", 'NJ-CONFIG-SQL-CLOCK'],
  ["select id from shop_customer where born_on < cast(§'now' as timestamptz)", 'NJ-CONFIG-SQL-CLOCK'],
  ["select id from shop_customer where born_on < §'tomorrow'", 'NJ-CONFIG-SQL-CLOCK'],
  ["select id from shop_customer where §'today' > born_on", 'NJ-CONFIG-SQL-CLOCK'],
  ["select id from shop_customer where born_on between '2020-01-01' and §'today'", 'NJ-CONFIG-SQL-CLOCK'],
  ["select id from shop_customer where born_on in (§'today')", 'NJ-CONFIG-SQL-CLOCK'],
  ["select coalesce(born_on, §'today') as id from shop_customer", 'NJ-CONFIG-SQL-CLOCK'],
  ["select case when id > 3 then born_on else §'today' end as id from shop_customer", 'NJ-CONFIG-SQL-CLOCK'],
  ["select id from shop_customer where born_on = any (§'{today}'::date[])", 'NJ-CONFIG-SQL-CLOCK'],
  ["select §date_trunc('day', 'now') as id from shop_customer", 'NJ-CONFIG-SQL-CLOCK'],
  ['select §age(born_on) as id from shop_customer', 'NJ-CONFIG-SQL-CLOCK', 'age() with one argument'],
  [
    'select id from shop_customer c where exists (select 1 from shop_visit where c.born_on = §current_date)',
    'NJ-CONFIG-SQL-CLOCK',
  ],
  ['select id from shop_customer order by §now(), id', 'NJ-CONFIG-SQL-CLOCK'],
  [
    'select x.d as id from (values (1), (2) order by extract(day from §now()) * column1) x (d)',
    'NJ-CONFIG-SQL-CLOCK',
  ],
  ['select id from shop_customer join lateral (select §now() as t) x on true', 'NJ-CONFIG-SQL-CLOCK'],
  ['select count(*) filter (where born_on < §now()) as id from shop_customer', 'NJ-CONFIG-SQL-CLOCK'],
  ['select g as id from generate_series(1, extract(day from §now())::int) g', 'NJ-CONFIG-SQL-CLOCK'],
  ["select id from shop_customer where (born_on, id) < (§'today', 3)", 'NJ-CONFIG-SQL-CLOCK'],
  [
    "select id from shop_customer where born_on = any (array[date '2020-01-01', §'today'])",
    'NJ-CONFIG-SQL-CLOCK',
  ],
  ["select id from shop_customer where array[§'today']::date[] @> array[born_on]", 'NJ-CONFIG-SQL-CLOCK'],
  ["select id from shop_customer where date(§'today') > born_on", 'NJ-CONFIG-SQL-CLOCK'],
  [
    "select id from shop_customer where §daterange('2020-01-01', 'tomorrow') @> born_on",
    'NJ-CONFIG-SQL-CLOCK',
  ],
  ["select id from shop_customer where daterange(born_on, null) = §'[today,)'", 'NJ-CONFIG-SQL-CLOCK'],
  ["select id from shop_customer where daterange(§'[today,)') @> born_on", 'NJ-CONFIG-SQL-CLOCK'],
  ["select id from shop_customer where §date_eq(born_on, 'today')", 'NJ-CONFIG-SQL-CLOCK'],
  [
    "select id from shop_customer where born_on = any (§array_append(array[born_on], 'now'))",
    'NJ-CONFIG-SQL-CLOCK',
  ],
  [
    "select id, §lag(born_on, 1, 'today') over (order by id) as n from shop_customer",
    'NJ-CONFIG-SQL-CLOCK',
    'as a date',
    ['id', 'n'],
  ],
  [
    "select x.d as id from (select born_on as d from shop_customer union all select §'today') x",
    'NJ-CONFIG-SQL-CLOCK',
  ],
  ["select x.d as id from (values (date '2020-01-01'), (§'now')) x (d)", 'NJ-CONFIG-SQL-CLOCK'],
  [
    'select order_id as id from shop_order_line where §placed_at::timetz is null',
    'NJ-CONFIG-SQL-CLOCK',
    'a time with a zone',
  ],
  ['select §random() as id from shop_customer', 'NJ-CONFIG-SQL-RANDOM', 'random()'],
  ['select §gen_random_uuid() as id from shop_customer', 'NJ-CONFIG-SQL-RANDOM'],
  ['select id from shop_customer tablesample §system (10)', 'NJ-CONFIG-SQL-RANDOM', 'TABLESAMPLE'],
  ["select §nextval('x') as id from shop_customer", 'NJ-CONFIG-SQL-SERVER', 'nextval()'],
  ["select §take_fence('x') as id from shop_customer", 'NJ-CONFIG-SQL-SERVER', 'take_fence()'],
  ['select §nightjar.reading() as id from shop_customer', 'NJ-CONFIG-SQL-SERVER', 'reading()'],
  ['select §nightjar.pg_sleep(1) as id from shop_customer', 'NJ-CONFIG-SQL-SERVER', 'pg_sleep()'],
  ['select §pg_backend_pid() as id from shop_customer', 'NJ-CONFIG-SQL-SERVER'],
  ['select §current_user as id from shop_customer', 'NJ-CONFIG-SQL-SERVER', 'current_user'],
  ["select §'shop_customer'::regclass as id from shop_customer", 'NJ-CONFIG-SQL-SERVER', 'regclass'],
];

const textDates: readonly Refused[] = [
  ['select id from shop_customer where born_on < §email::date', 'NJ-CONFIG-SQL-TEXT-DATE', 'email is a text'],
  [
    "select id from shop_customer where born_on < cast(§cast('today' as text) as date)",
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
  ["select id from shop_customer where born_on < ('to' §|| 'day')::date", 'NJ-CONFIG-SQL-TEXT-DATE'],
  [
    "select id from shop_customer where born_on < §concat('to', 'day')::timestamp(3)",
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
  [
    'select id from shop_customer where born_on < §coalesce(email, full_name)::timestamptz',
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
  [
    "select id from shop_customer where born_on < (§case when id > 3 then 'today' else 'now' end)::date",
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
  ['select id from shop_customer where §email::time is null', 'NJ-CONFIG-SQL-TEXT-DATE'],
  [
    "select id from shop_customer where born_on = any (§string_to_array(email, ',')::date[])",
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
  ['select id from shop_customer where array[born_on] = array[§email]::date[]', 'NJ-CONFIG-SQL-TEXT-DATE'],
  ['select id from shop_customer where §email::daterange @> born_on', 'NJ-CONFIG-SQL-TEXT-DATE'],
  ['select id from shop_customer where §email::shop_customer is null', 'NJ-CONFIG-SQL-TEXT-DATE'],
  ['select id from shop_customer where date(§email) > born_on', 'NJ-CONFIG-SQL-TEXT-DATE'],
  ['select id from shop_customer c where (§c).email::date > born_on', 'NJ-CONFIG-SQL-TEXT-DATE'],
  ["select id from shop_customer where (email::jsonb §->> 'd')::date > born_on", 'NJ-CONFIG-SQL-TEXT-DATE'],
  [
    'select id from shop_customer where §(select max(page) from shop_visit)::date > born_on',
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
  ['select id from shop_customer where §date_in(textout(email)) > born_on', 'NJ-CONFIG-SQL-TEXT-DATE'],
  [
    'select x.id from shop_customer c cross join lateral §jsonb_populate_record(null::shop_customer, c.email::jsonb) x',
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
  [
    'select c.id from shop_customer c cross join lateral json_to_record(c.email::json) as r (§d date)',
    'NJ-CONFIG-SQL-TEXT-DATE',
    'the column d',
  ],
  [
    'select c.id from shop_customer c cross join rows from (json_to_record(c.email::json) as (§d date)) r',
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
  ["select §json_value(email, '$.d' returning date) as id from shop_customer", 'NJ-CONFIG-SQL-TEXT-DATE'],
  [
    "select j.d as id from shop_customer c, json_table(c.email, '$' columns (nested path '$.x' columns (§d date))) j",
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
  [
    "select j.d as id from shop_customer c, xmltable('/x' passing (c.email::xml) columns §d date) j",
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
  [
    "select §j.d::date as id from shop_customer c, json_table(c.email, '$' columns (d text)) j",
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
  [
    'select c.id from shop_customer c, json_each_text(c.email::json) e where §e.value::date > c.born_on',
    'NJ-CONFIG-SQL-TEXT-DATE',
    'e.value is a text',
  ],
  [
    'select c.id from shop_customer c, jsonb_array_elements_text(c.email::jsonb) e where §e::date > c.born_on',
    'NJ-CONFIG-SQL-TEXT-DATE',
  ],
];

const floats: readonly Refused[] = [
  ['select §sum(weight) as id from shop_order_line', 'NJ-CONFIG-SQL-FLOAT', 'sum(…)'],
  ['select §avg(rating) as id from shop_customer', 'NJ-CONFIG-SQL-FLOAT', 'avg(…)'],
  ['select §sum(l.price * l.weight) as id from shop_order_line l', 'NJ-CONFIG-SQL-FLOAT'],
  ['select §sum(coalesce(weight, 0)) as id from shop_order_line', 'NJ-CONFIG-SQL-FLOAT'],
  ['select §sum(x.w) as id from (select weight as w from shop_order_line) x', 'NJ-CONFIG-SQL-FLOAT'],
  [
    'with x as (select max(weight) as w from shop_order_line group by order_id) select §sum(w) as id from x',
    'NJ-CONFIG-SQL-FLOAT',
  ],
  [
    'with x (a, b) as (select order_id, weight from shop_order_line) select §sum(b) as id from x',
    'NJ-CONFIG-SQL-FLOAT',
  ],
  ['select §sum(rating) as id from customer', 'NJ-CONFIG-SQL-FLOAT'],
  ['select §sum(price::float8) as id from shop_order_line', 'NJ-CONFIG-SQL-FLOAT'],
  ['select §stddev(weight) as id from shop_order_line', 'NJ-CONFIG-SQL-FLOAT'],
  // What an aggregate gives is told apart by its group alone, whatever it names.
  ['select count(*) as id from shop_customer group by region_code limit §1', 'NJ-CONFIG-SQL-ORDER'],
  [
    'select §array(select count(*) from shop_visit group by customer_id) as id from shop_customer',
    'NJ-CONFIG-SQL-ORDER',
  ],
  [
    'select distinct on (§region_code) count(*) as id from shop_customer group by region_code, born_on order by region_code',
    'NJ-CONFIG-SQL-ORDER',
  ],
  // A side that is NULL takes the type of the other.
  [
    'select §sum(u.w) as id from (select weight as w from shop_order_line union all select null) u',
    'NJ-CONFIG-SQL-FLOAT',
  ],
  [
    "select u.d as id from (select null as d union all select born_on from shop_customer) u where u.d < §'today'",
    'NJ-CONFIG-SQL-CLOCK',
  ],
  // Of two columns of one name a key does not say which it means.
  [
    'with x (a, b) as (select c.id, d.id from shop_customer c cross join shop_customer d) select §array_agg(x.a order by x.b) as id from x',
    'NJ-CONFIG-SQL-ORDER',
  ],
  [
    'select §array_agg(x.a order by x.b) as id from (select c.id, d.id from shop_customer c cross join shop_customer d) x (a, b)',
    'NJ-CONFIG-SQL-ORDER',
  ],
  // What comes round again is in a recursive table too.
  [
    'with recursive t (k) as (select fold_case(code) from region union all select c.region_code from shop_customer c join t on false) select t.k as id from t join region r on t.k §= r.code',
    'NJ-CONFIG-SQL-FOLD',
  ],
  // A clock may stand where only numbers are asked for.
  [
    'select id from shop_customer union select customer_id from shop_visit order by id limit extract(day from §now())::int',
    'NJ-CONFIG-SQL-CLOCK',
  ],
  [
    'select sum(c.id) over (order by c.id rows between (§random() * 3)::int preceding and current row) as id from shop_customer c',
    'NJ-CONFIG-SQL-RANDOM',
  ],
  [
    'select sum(c.id) over w as id from shop_customer c window w as (order by c.id rows between current row and (§random() * 3)::int following)',
    'NJ-CONFIG-SQL-RANDOM',
  ],
  ['select §sum(float8(price)) as id from shop_order_line', 'NJ-CONFIG-SQL-FLOAT'],
  ['select §sum(@ weight) as id from shop_order_line', 'NJ-CONFIG-SQL-FLOAT'],
  ['select §sum(|/ price) as id from shop_order_line', 'NJ-CONFIG-SQL-FLOAT'],
  [
    'select §sum(x.m) as id from (select percentile_cont(0.5) within group (order by line_no) as m from shop_order_line) x',
    'NJ-CONFIG-SQL-FLOAT',
  ],
  ['select §corr(line_no, price) as id from shop_order_line', 'NJ-CONFIG-SQL-FLOAT'],
  [
    'select order_id as id, §sum(weight) over (partition by order_id) as n from shop_order_line',
    'NJ-CONFIG-SQL-FLOAT',
    'sum',
    ['id', 'n'],
  ],
  [
    'select §sum(w) as id from (select price as w from shop_order_line union all select weight from shop_order_line) x',
    'NJ-CONFIG-SQL-FLOAT',
  ],
  ['select §sum(sqrt(line_no)) as id from shop_order_line', 'NJ-CONFIG-SQL-FLOAT'],
  [
    'select §sum(x.m) as id from (select percentile_disc(0.5) within group (order by weight) as m from shop_order_line) x',
    'NJ-CONFIG-SQL-FLOAT',
  ],
  [
    'select §sum(w) as id from (select case when line_no > 1 then weight end as w from shop_order_line) x',
    'NJ-CONFIG-SQL-FLOAT',
  ],
];

const orders: readonly Refused[] = [
  ["select §string_agg(email, ',') as id from shop_customer", 'NJ-CONFIG-SQL-ORDER', 'no ORDER BY inside'],
  ["select §string_agg(distinct email, ',') as id from shop_customer", 'NJ-CONFIG-SQL-ORDER'],
  [
    "select §string_agg(email, ',' order by born_on) as id from shop_customer",
    'NJ-CONFIG-SQL-ORDER',
    'two rows of "shop_customer" may tie: its key is id',
  ],
  ['select §array_agg(id) as id from shop_customer', 'NJ-CONFIG-SQL-ORDER'],
  ['select §json_agg(id) as id from shop_customer', 'NJ-CONFIG-SQL-ORDER'],
  ['select §json_arrayagg(id) as id from shop_customer', 'NJ-CONFIG-SQL-ORDER'],
  ['select §jsonb_object_agg(region_code, id) as id from shop_customer', 'NJ-CONFIG-SQL-ORDER'],
  ['select §any_value(email) as id from shop_customer', 'NJ-CONFIG-SQL-ORDER'],
  [
    'select §array_agg(v.page order by c.id) as id from shop_customer c join shop_visit v on v.customer_id = c.id',
    'NJ-CONFIG-SQL-ORDER',
    '"v", which has no key',
  ],
  [
    'select §array_agg(l.price order by l.order_id) as id from shop_order_line l',
    'NJ-CONFIG-SQL-ORDER',
    'order_id, line_no',
  ],
  [
    'select id, §row_number() over (order by born_on) as n from shop_customer',
    'NJ-CONFIG-SQL-ORDER',
    'row_number(…)',
    ['id', 'n'],
  ],
  [
    'select id, §row_number() over () as n from shop_customer',
    'NJ-CONFIG-SQL-ORDER',
    'row_number',
    ['id', 'n'],
  ],
  [
    'select id, §lag(email) over w as n from shop_customer window w as (order by born_on)',
    'NJ-CONFIG-SQL-ORDER',
    'lag',
    ['id', 'n'],
  ],
  [
    'select id, §first_value(email) over (partition by region_code order by born_on) as n from shop_customer',
    'NJ-CONFIG-SQL-ORDER',
    'first_value',
    ['id', 'n'],
  ],
  [
    'select id, §sum(id) over (order by born_on rows unbounded preceding) as n from shop_customer',
    'NJ-CONFIG-SQL-ORDER',
    'sum',
    ['id', 'n'],
  ],
  [
    'select distinct on (§region_code) region_code as id, email from shop_customer',
    'NJ-CONFIG-SQL-ORDER',
    'no ORDER BY',
    ['id', 'email'],
  ],
  [
    'select distinct on (§region_code) region_code as id, email from shop_customer order by region_code, born_on',
    'NJ-CONFIG-SQL-ORDER',
    'may tie',
    ['id', 'email'],
  ],
  [
    'select id from shop_customer limit §3',
    'NJ-CONFIG-SQL-ORDER',
    'LIMIT depends on an order that is not total: there is no ORDER BY',
  ],
  ['select id from shop_customer order by born_on limit §3', 'NJ-CONFIG-SQL-ORDER', 'its key is id'],
  ['select id from shop_customer order by born_on offset §3', 'NJ-CONFIG-SQL-ORDER', 'OFFSET'],
  [
    'select c.id from shop_customer c join shop_visit v on v.customer_id = c.id order by c.born_on limit §1',
    'NJ-CONFIG-SQL-ORDER',
    'may tie',
  ],
  [
    'select l.order_id as id, l.price from shop_order_line l left join shop_customer c on c.id = l.customer_id order by c.id limit §1',
    'NJ-CONFIG-SQL-ORDER',
    '"l"',
    ['id', 'price'],
  ],
  [
    'select region_code as id, count(*) as n from shop_customer group by region_code order by count(*) limit §1',
    'NJ-CONFIG-SQL-ORDER',
    'two groups may tie',
    ['id', 'n'],
  ],
  [
    'select id, (select page from shop_visit v where v.customer_id = c.id limit §1) as n from shop_customer c',
    'NJ-CONFIG-SQL-ORDER',
    'LIMIT',
    ['id', 'n'],
  ],
  [
    'select id, email from shop_customer union all select customer_id, page from shop_visit order by id fetch first §2 rows only',
    'NJ-CONFIG-SQL-ORDER',
    'all columns',
    ['id', 'email'],
  ],
  [
    'select id, §lag(email) over v as n from shop_customer window w as (partition by id), v as (order by born_on)',
    'NJ-CONFIG-SQL-ORDER',
    'lag',
    ['id', 'n'],
  ],
  [
    'select c.id, l.line_no as n from shop_customer c left join shop_order_line l on l.customer_id = c.id and l.line_no = 1 order by l.order_id limit §2',
    'NJ-CONFIG-SQL-ORDER',
    'may tie',
    ['id', 'n'],
  ],
];

const lists: readonly Refused[] = [
  [
    'select id, (§array(select m.email from shop_customer m))[1] as n from shop_customer',
    'NJ-CONFIG-SQL-ORDER',
    'array(select …) depends on an order that is not total: there is no ORDER BY',
    ['id', 'n'],
  ],
  ['select §array(select id from shop_customer order by born_on) as id', 'NJ-CONFIG-SQL-ORDER', 'may tie'],
  ['select §array(select distinct region_code from shop_customer) as id', 'NJ-CONFIG-SQL-ORDER'],
  ['select §array(select id from (select id from shop_customer order by id) x) as id', 'NJ-CONFIG-SQL-ORDER'],
  [
    'select §array(select id from shop_customer union all select customer_id from shop_visit) as id',
    'NJ-CONFIG-SQL-ORDER',
    'no ORDER BY',
  ],
  [
    "select id, §array(select w from unnest(string_to_array(c.email, ',')) w) as n from shop_customer c",
    'NJ-CONFIG-SQL-ORDER',
    'no ORDER BY',
    ['id', 'n'],
  ],
  ['select §json_array(select id from shop_customer) as id', 'NJ-CONFIG-SQL-ORDER', 'json_array(select …)'],
  [
    "select §array_agg(j.d) as id from json_table('[1,2]', '$[*]' columns (d int path '$')) j",
    'NJ-CONFIG-SQL-ORDER',
  ],
];

const folds: readonly Refused[] = [
  [
    'select c.id from shop_customer c join region r on r.code §= c.region_code',
    'NJ-CONFIG-SQL-FOLD',
    'r.code and c.region_code are compared',
  ],
  ['select c.id from shop_customer c, region r where r.code §= c.region_code', 'NJ-CONFIG-SQL-FOLD'],
  [
    'select c.id from shop_customer c join region r on fold_case(r.code) §= c.region_code',
    'NJ-CONFIG-SQL-FOLD',
    'fold_case(…) and c.region_code',
  ],
  [
    'select c.id from shop_customer c join region r on lower(r.code) §= lower(c.region_code)',
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    "select c.id from shop_customer c join region r on r.code || '' §= coalesce(c.region_code, '')",
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from shop_customer c join region r on r.code::varchar(3) §= c.region_code collate "C"',
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from shop_customer c join region r on r.code §is not distinct from c.region_code',
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from shop_customer c join region r on r.opened = c.born_on where r.code §<> c.region_code',
    'NJ-CONFIG-SQL-FOLD',
  ],
  ['select c.id from shop_customer c join customer d on d.full_name §= c.full_name', 'NJ-CONFIG-SQL-FOLD'],
  ['select a.id from shop_customer a join shop_customer b on a.email §= b.email', 'NJ-CONFIG-SQL-FOLD'],
  [
    'select id from shop_customer where region_code §in (select code from region)',
    'NJ-CONFIG-SQL-FOLD',
    '(select code …)',
  ],
  [
    'select id from shop_customer c where exists (select 1 from region r where r.code §= c.region_code)',
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from shop_customer c join region r on (r.code, 1) §= (c.region_code, 1)',
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from (select id, region_code as code from shop_customer) c join §region r using (code)',
    'NJ-CONFIG-SQL-FOLD',
    'USING',
  ],
  [
    'select c.id from (select id, region_code as code from shop_customer) c natural join §region r',
    'NJ-CONFIG-SQL-FOLD',
    'NATURAL',
  ],
  [
    'with x as (select id, region_code as k from shop_customer) select x.id from x join region r on r.code §= x.k',
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    "select c.id from shop_customer c join region r on r.code §= any (string_to_array(c.email, ','))",
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    "select c.id from shop_customer c cross join lateral unnest(string_to_array(c.email, ',')) as one (role) join region r on r.code §= one.role",
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from shop_customer c join region r on case r.code when §c.region_code then true end',
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from shop_customer c join region r on §nullif(r.code, c.region_code) is null',
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from shop_customer c join region r on (select max(code) from region) §= c.region_code',
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from shop_customer c where c.region_code §= (select min(code) from region)',
    'NJ-CONFIG-SQL-FOLD',
    '(select …)',
  ],
  // A text is one still when it comes out of a document or stands in a row.
  [
    "select c.id from shop_customer c join region r on r.code §= c.email::jsonb ->> 'region'",
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from shop_customer c cross join lateral json_each_text(c.email::json) e join region r on r.code §= e.value',
    'NJ-CONFIG-SQL-FOLD',
    'e.value',
  ],
  [
    "select c.id from shop_customer c cross join lateral jsonb_array_elements(c.email::jsonb) e join region r on r.code §= e.value ->> 'code'",
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from shop_customer c cross join lateral jsonb_array_elements_text(c.email::jsonb) e join region r on r.code §= e',
    'NJ-CONFIG-SQL-FOLD',
  ],
  [
    'select c.id from shop_customer c where (c.region_code, 1) §= (select min(code), 1 from region)',
    'NJ-CONFIG-SQL-FOLD',
    '(select min …)',
  ],
  [
    'select c.id from shop_customer c join shop_customer d on d.id = c.id + 1 where c.* §is distinct from d.*',
    'NJ-CONFIG-SQL-FOLD',
    'c',
  ],
  ['select c.id from shop_customer c join shop_customer d on c §= d', 'NJ-CONFIG-SQL-FOLD'],
];

for (const [sql, code, words, columns] of [
  ...statements,
  ...names,
  ...clocks,
  ...textDates,
  ...floats,
  ...orders,
  ...lists,
  ...folds,
]) {
  test(`refused: ${sql.replaceAll('\n', ' ')}`, async () => {
    assert.ok(sql.includes(mark), 'the test must say where');
    const files = probe(sql, columns);
    const { faults, places } = await readShop(files);
    const relevant = places.filter((place) => !place.includes('.yaml'));
    assert.deepEqual(
      relevant,
      [`${code} ${markedPlace(files)}`],
      faults.map((fault) => fault.message).join('\n'),
    );
    if (words !== undefined)
      assert.ok(
        faults.some((fault) => fault.message.includes(words)),
        faults[0]?.message,
      );
  });
}

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
