import { testRefused, type Refused } from './refused-selects.ts';

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
    "select id from shop_customer where (§'today', 1) < (select max(born_on), 1 from shop_customer)",
    'NJ-CONFIG-SQL-CLOCK',
  ],
  ["select id from shop_customer where §'now' in (select born_on from shop_customer)", 'NJ-CONFIG-SQL-CLOCK'],
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
  [
    "select u.d as id from (select null as d union all select born_on from shop_customer) u where u.d < §'today'",
    'NJ-CONFIG-SQL-CLOCK',
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

testRefused([...clocks, ...textDates]);
