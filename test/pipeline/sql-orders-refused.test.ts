import { testRefused, type Refused } from './refused-selects.ts';

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
  // A side that is NULL takes the type of the other.
  [
    'select §sum(u.w) as id from (select weight as w from shop_order_line union all select null) u',
    'NJ-CONFIG-SQL-FLOAT',
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
  // Of two columns of one name a key does not say which it means.
  [
    'with x (a, b) as (select c.id, d.id from shop_customer c cross join shop_customer d) select §array_agg(x.a order by x.b) as id from x',
    'NJ-CONFIG-SQL-ORDER',
  ],
  [
    'select §array_agg(x.a order by x.b) as id from (select c.id, d.id from shop_customer c cross join shop_customer d) x (a, b)',
    'NJ-CONFIG-SQL-ORDER',
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

testRefused([...floats, ...orders, ...lists]);
