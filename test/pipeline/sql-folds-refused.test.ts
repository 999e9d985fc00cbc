import { testRefused, type Refused } from './refused-selects.ts';

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
  // What comes round again is in a recursive table too.
  [
    'with recursive t (k) as (select fold_case(code) from region union all select c.region_code from shop_customer c join t on false) select t.k as id from t join region r on t.k §= r.code',
    'NJ-CONFIG-SQL-FOLD',
  ],
];

testRefused([...folds]);
