/** SELECTs that must not be refused, each for its own reason; they give one column, id, unless more are named. */
export const acceptedSelects: readonly (readonly [why: string, sql: string, columns?: readonly string[]])[] =
  [
    [
      'a literal compared with a text column is no join',
      "select id from shop_customer where email = 'a@b' and full_name in ('x', 'y')",
    ],
    [
      'a text column compared with another of its row',
      'select id from shop_customer c where c.email = c.full_name',
    ],
    [
      'numbers are joined without a fold',
      'select c.id from shop_customer c join shop_order_line l on l.customer_id = c.id',
    ],
    [
      'both sides folded',
      'select c.id from shop_customer c join region r on exact(r.code) = exact(c.region_code)',
    ],
    [
      'texts of two tables compared otherwise than for equality',
      "select c.id from shop_customer c join region r on c.region_code like r.code || '%' and c.region_code >= r.code",
    ],
    [
      'what the settings of the server have a part in, as the reference says',
      "select id from shop_customer where to_char(born_on, 'TMMonth') <> 'x' and rating::numeric::money::text <> 'x'",
    ],
    [
      'folded one query further in',
      'select c.id from shop_customer c join (select fold_case(code) as code from region) r on r.code = fold_case(c.region_code)',
    ],
    [
      'folded in a common table',
      'with r as (select fold_mysql(code) as k from region) select c.id from shop_customer c join r on r.k = fold_mysql(c.region_code)',
    ],
    [
      'a fold inside coalesce',
      "select c.id from shop_customer c join region r on coalesce(fold_case(r.code), '') = fold_case(c.region_code)",
    ],
    [
      'a constant list is no table of the source',
      "select c.id from shop_customer c join (values ('N'), ('S')) v (code) on v.code = c.region_code",
    ],
    [
      'text brought to a number',
      'select l.customer_id as id from shop_order_line l join shop_customer c on strict_bigint(c.region_code) = l.order_id',
    ],
    [
      'text brought to a date',
      'select c.id from shop_customer c join shop_order_line l on strict_date(c.region_code) = l.placed_at::date',
    ],
    [
      'constants that are dates, and dates that are cast',
      "select id from shop_customer where born_on > '2020-01-01'::date and born_on::timestamp < timestamp '2030-01-01 10:00' and born_on <> all (array['2021-01-01', null]::date[]) and date(born_on) > date('2001-02-03')",
    ],
    [
      'a date read by a format',
      "select id from shop_customer where to_date('01.02.2003', 'DD.MM.YYYY') < coalesce(born_on, '2020-01-01')::date",
    ],
    [
      'ends of ranges of dates',
      "select id from shop_customer where upper(daterange(born_on, '2030-01-01'))::timestamp > '2020-01-01'",
    ],
    [
      'a clock word that stays a text',
      "select id from shop_customer where full_name = 'today' and concat('now', born_on) <> 'now' and (email, id) <> ('now', 1)",
    ],
    [
      'a list in an order that is total',
      'select id, array(select v.page from shop_visit v where v.customer_id = c.id order by v.page) as n, array(select d.id from shop_customer d order by d.id) as o from shop_customer c',
      ['id', 'n', 'o'],
    ],
    [
      'a list of one row, and one of what stands in a row',
      "select id, array(select max(page) from shop_visit) as n, array(select w.word from unnest(string_to_array(c.email, ' ')) with ordinality as w (word, n) order by w.n) as o, array(values (2), (1)) as p from shop_customer c",
      ['id', 'n', 'o', 'p'],
    ],
    [
      'a list of all that there is, in its order',
      'select array(select id from shop_customer union select customer_id from shop_visit order by 1) as id',
    ],
    [
      'the most frequent value: of several the first in order',
      'select mode() within group (order by born_on) as id from shop_customer',
    ],
    [
      'USING on a number',
      'select id from (select id from shop_customer) a join (select customer_id as id from shop_visit) b using (id)',
    ],
    [
      'a common table with the name of a raw table',
      'with shop_customer as (select id from shop_customer) select id from shop_customer',
    ],
    [
      'a common table seen by the next',
      'with a as (select id from shop_customer), b as (select id from a) select id from b',
    ],
    ['an alias with the name of another table', 'select region.id from shop_customer region'],
    ['columns renamed by the alias', 'select c.x as id from shop_customer c (x)'],
    [
      'a correlated subquery',
      'select id from shop_customer c where exists (select * from shop_visit v where v.customer_id = c.id limit 1)',
    ],
    [
      'an outer column without its table',
      'select id from shop_customer where exists (select 1 from shop_visit where customer_id = id)',
    ],
    ['count of all', 'select count(*) as id from shop_customer'],
    ['a whole row', 'select count(c) as id from shop_customer c'],
    ['sum of numeric', 'select sum(price) as id from shop_order_line'],
    ['sum of a float made numeric first', 'select sum(weight::numeric(12,4)) as id from shop_order_line'],
    [
      'greatest of floats',
      'select max(weight) as id, min(rating) as n from shop_order_line, shop_customer',
      ['id', 'n'],
    ],
    ['sum of rounded whole numbers', 'select sum(round(line_no)) as id from shop_order_line'],
    [
      'the date of the night',
      'select id from shop_customer where born_on <= as_of() and nightjar.as_of() > born_on',
    ],
    ['age between two dates', 'select age(as_of(), born_on) as id from shop_customer'],
    ['today as a word', "select id from shop_customer where email = 'today'"],
    ['epoch and infinity', "select id from shop_customer where born_on between 'epoch'::date and 'infinity'"],
    [
      'EXTRACT, AT TIME ZONE, TRIM, SUBSTRING in SQL words',
      "select extract(year from born_on) as id, trim(both ' ' from email) as n, substring(email from 2 for 3) as m, placed_at at time zone 'UTC' as t from shop_customer, shop_order_line",
      ['id', 'n', 'm', 't'],
    ],
    [
      'string_agg ordered by what it joins',
      "select string_agg(email, ',' order by email) as id from shop_customer",
    ],
    [
      'string_agg ordered by the key',
      "select string_agg(email, ',' order by born_on, id) as id from shop_customer group by region_code",
    ],
    [
      'array_agg over a joined table ordered by both keys',
      'select array_agg(v.page order by l.order_id, l.line_no, v.page) as id from shop_order_line l join shop_visit v on v.customer_id = l.customer_id group by l.customer_id',
    ],
    [
      'array_agg with a lookup joined by its key',
      'select array_agg(r.name order by c.id) as id from shop_customer c left join region r on exact(r.code) = exact(c.region_code)',
    ],
    ['json_agg of a constant', 'select json_agg(1) as id from shop_customer'],
    [
      'row_number ordered by the key',
      'select id, row_number() over (partition by region_code order by born_on desc, id) as n from shop_customer',
      ['id', 'n'],
    ],
    [
      'row_number over rows that are alike',
      'select page as id, row_number() over (order by page) as n from shop_visit',
      ['id', 'n'],
    ],
    [
      'rank tells no ties apart',
      'select id, rank() over (order by born_on) as n, dense_rank() over (order by born_on) as m from shop_customer',
      ['id', 'n', 'm'],
    ],
    [
      'a running sum by range',
      'select id, sum(id) over (order by born_on) as n from shop_customer',
      ['id', 'n'],
    ],
    [
      'a sum over the whole partition by rows',
      'select id, sum(id) over (order by born_on rows between unbounded preceding and unbounded following) as n from shop_customer',
      ['id', 'n'],
    ],
    [
      'a named window',
      'select id, first_value(email) over w as n from shop_customer window w as (partition by region_code order by id)',
      ['id', 'n'],
    ],
    [
      'a window built on a named one',
      'select id, lag(email) over (w order by id) as n from shop_customer window w as (partition by region_code)',
      ['id', 'n'],
    ],
    [
      'DISTINCT ON with a total order',
      'select distinct on (region_code) region_code as id, email from shop_customer c order by region_code, born_on desc, c.id',
      ['id', 'email'],
    ],
    [
      'DISTINCT ON with a collation',
      'select distinct on (region_code) region_code as id, email from shop_customer order by region_code, email collate "C"',
      ['id', 'email'],
    ],
    [
      'DISTINCT ON by a selected name',
      'select distinct on (r) region_code as r, id from shop_customer order by r, born_on, id',
      ['r', 'id'],
    ],
    ['LIMIT by the key', 'select id from shop_customer order by id limit 3'],
    ['LIMIT by number', 'select id, email from shop_customer order by 1 limit 3', ['id', 'email']],
    ['LIMIT by all that is selected', 'select page as id from shop_visit order by page limit 3'],
    ['LIMIT of one group', 'select count(*) as id from shop_visit limit 1'],
    [
      'LIMIT of groups',
      'select region_code as id, count(*) as n from shop_customer group by region_code order by count(*) desc, region_code limit 2',
      ['id', 'n'],
    ],
    ['LIMIT ALL', 'select id from shop_customer limit all'],
    ['FETCH FIRST WITH TIES', 'select id from shop_customer order by born_on fetch first 3 rows with ties'],
    [
      'LIMIT where an equality settles the other table',
      'select l.order_id as id from shop_order_line l join shop_customer c on c.id = l.customer_id order by l.order_id, l.line_no limit 5',
    ],
    [
      'LIMIT after a UNION by all columns',
      'select id from shop_customer union select customer_id from shop_visit order by id limit 4',
    ],
    [
      'LIMIT in a lateral subquery',
      'select c.id, l.n from shop_customer c left join lateral (select order_id as n from shop_order_line where customer_id = c.id order by placed_at desc, order_id, line_no limit 1) l on true',
      ['id', 'n'],
    ],
    [
      'a lateral of one row settles nothing away',
      'select c.id, l.n from shop_customer c left join lateral (select max(order_id) as n from shop_order_line where customer_id = c.id) l on true order by c.id limit 3',
      ['id', 'n'],
    ],
    [
      'a grouped subquery joined by its group',
      'select c.id, v.n from shop_customer c left join (select customer_id, count(*) as n from shop_visit group by customer_id) v on v.customer_id = c.id order by c.id limit 2',
      ['id', 'n'],
    ],
    ['a column is fixed by a constant', "select r.name as id from region r where r.code = 'N' limit 1"],
    [
      'DISTINCT, then LIMIT by what is distinct',
      'select distinct region_code as id from shop_customer order by region_code limit 2',
    ],
    [
      'unnest and string_to_array',
      "select one.role as id from shop_customer c cross join lateral unnest(string_to_array(c.email, ',')) as one (role)",
    ],
    [
      'WITH ORDINALITY',
      "select one.role as id, one.n from shop_customer c cross join lateral unnest(string_to_array(c.email, ',')) with ordinality as one (role, n) order by c.id, one.n limit 3",
      ['id', 'n'],
    ],
    ['generate_series', 'select g as id from generate_series(1, 3) g order by g limit 1'],
    [
      'a recursive common table',
      'with recursive n (i) as (select 1 union all select i + 1 from n where i < 5) select i as id from n',
    ],
    [
      'CASE with constants',
      "select case c.region_code when 'N' then 1 when 'S' then 2 end as id from shop_customer c",
    ],
    [
      'CASE over two tables without equality',
      "select case when r.name > 'M' then c.email else r.name end as id from shop_customer c left join region r on exact(r.code) = exact(c.region_code)",
    ],
    [
      'IN with a folded subquery',
      'select id from shop_customer where fold_case(region_code) in (select fold_case(code) from region)',
    ],
    [
      'a fold carried through a text function',
      'select c.id from shop_customer c join region r on left(fold_case(r.code), 1) = left(fold_case(c.region_code), 1)',
    ],
    [
      'FULL JOIN USING',
      'select id from (select id from shop_customer) a full join (select order_id as id from shop_order_line group by order_id) b using (id) order by id limit 3',
    ],
    [
      'GROUPING SETS',
      'select region_code as id, count(*) as n from shop_customer group by grouping sets ((region_code), ())',
      ['id', 'n'],
    ],
    [
      'GROUP BY a selected name',
      "select lower(email) as id, string_agg(full_name, ',' order by full_name) as n from shop_customer group by 1",
      ['id', 'n'],
    ],
    ['percentile', 'select percentile_disc(0.5) within group (order by rating) as id from shop_customer'],
    [
      'the groups in their order, cut',
      'select count(*) as id from shop_customer group by region_code order by region_code limit 1',
    ],
    [
      'groups told apart by what they are grouped by, cut after DISTINCT',
      'select x.n as id from (select distinct region_code, count(*) as n from shop_customer group by region_code order by region_code limit 1) x',
    ],
    [
      'a recursive table with a table of its own',
      'with recursive n (i) as (with b as (select 1 as i) select b.i from b union all select n.i + 1 from n where n.i < 5) select n.i as id from n',
    ],
    ['one group of all rows', 'select count(*) as id from shop_customer limit 1'],
    [
      'counts of equal text tell nothing apart that is selected',
      'select count(*) as id from shop_customer group by region_code order by count(*) limit 1',
    ],
    ['a semicolon and a comment behind it', 'select id from shop_customer; -- that is all\n'],
    ['a comment at the end', 'select id from shop_customer -- that is all'],
    ['letters beyond ASCII', "select id from shop_customer where email = 'é€😀' and born_on = as_of()"],
    [
      'a join in parentheses with a name',
      'select j.id from (shop_customer c join shop_visit v on v.customer_id = c.id) as j',
    ],
    [
      'NATURAL JOIN on numbers',
      'select customer_id as id from (select customer_id from shop_visit) a natural join (select customer_id, order_id from shop_order_line) b',
    ],
    [
      'rows compared',
      'select c.id from shop_customer c join shop_order_line l on (l.customer_id, l.order_id) = (c.id, 3)',
    ],
    [
      'IS DISTINCT FROM folded',
      'select c.id from shop_customer c join region r on r.opened = c.born_on where exact(r.code) is distinct from exact(c.region_code)',
    ],
    ['what was repaired', 'select id from shop_customer where nightjar_repaired is null'],
    [
      'a lateral VALUES',
      'select v.z as id from shop_order_line l, lateral (values (l.order_id), (l.line_no)) v (z)',
    ],
    ['MATERIALIZED', 'with c as materialized (select id from shop_customer) select id from c'],
    [
      'a numbered row chosen',
      'select id from (select id, row_number() over (partition by region_code order by id) as n from shop_customer) x where x.n = 1',
    ],
    [
      'a subquery told apart by its window',
      'select l.sku as id from shop_order_line l join (select order_id, line_no, row_number() over (partition by order_id order by line_no) as n from shop_order_line) x on x.order_id = l.order_id and x.line_no = l.line_no and x.n = 1 order by l.order_id, l.line_no limit 2',
    ],
    [
      'a table function with two columns',
      "select e.key as id, e.value as v from shop_customer c cross join lateral json_each_text('{}') e where e.value = 'x'",
      ['id', 'v'],
    ],
    [
      'a table function with declared columns',
      "select x.a as id from json_to_recordset('[]') as x (a int, b text) where x.b = 'x'",
    ],
    [
      'regexp_matches',
      "select m.parts[1] as id from shop_customer c cross join lateral regexp_matches(c.email, '(\\\\d+)', 'g') as m (parts)",
    ],
    [
      'an array of the row compared',
      "select id from shop_customer where email = any (string_to_array(full_name, ' '))",
    ],
    ['IN with a list of values', "select id from shop_customer where region_code in (values ('N'), ('S'))"],
    [
      'a pair in a subquery',
      'select id from shop_customer where (id, born_on) in (select customer_id, placed_at::date from shop_order_line)',
    ],
    ['a field of a row', 'select (c).id from shop_customer c'],
    ['a row as JSON', 'select id, to_jsonb(c) as j from shop_customer c', ['id', 'j']],
    [
      'JSON built',
      "select id, jsonb_build_object('a', c.email, 'b', c.id) as j from shop_customer c",
      ['id', 'j'],
    ],
    ['an interval made of named parts', 'select born_on + make_interval(days => 3) as id from shop_customer'],
    [
      'dates by themselves',
      "select born_on + 3 as id, born_on - date '2000-01-01' as d, as_of() - interval '56 days' as e from shop_customer",
      ['id', 'd', 'e'],
    ],
    ['a sum of days', "select sum(born_on - date '2000-01-01') as id from shop_customer"],
    [
      'a sum of the part of an instant',
      'select sum(extract(epoch from placed_at)) as id from shop_order_line',
    ],
    ['an average of whole numbers as a float', 'select avg(line_no)::float8 as id from shop_order_line'],
    [
      'a median of floats',
      'select percentile_cont(0.5) within group (order by weight) as id from shop_order_line',
    ],
    [
      'string_agg of distinct texts',
      "select string_agg(distinct lower(email), ',' order by lower(email)) as id from shop_customer",
    ],
    [
      'string_agg with a filter',
      "select string_agg(email, ',' order by id) filter (where email is not null) as id from shop_customer",
    ],
    ['json_arrayagg ordered', 'select json_agg(id order by id) as id from shop_customer'],
    [
      'GROUP BY the key gives all of its row',
      'select c.id, c.email, count(*) as n from shop_customer c group by c.id, c.email order by c.id limit 3',
      ['id', 'email', 'n'],
    ],
    [
      'a subquery grouped by more than its key',
      'select l.order_id as id from shop_order_line l left join (select id, email, count(*) as n from shop_customer group by id, email) c on c.id = l.customer_id order by l.order_id, l.line_no limit 3',
    ],
    [
      'a common table of one row',
      'with n as (select count(*) as n from shop_visit) select c.id, n.n from shop_customer c cross join n order by c.id limit 3',
      ['id', 'n'],
    ],
    [
      'DISTINCT in a subquery is its key',
      'select l.order_id as id, v.customer_id as c from shop_order_line l left join (select distinct customer_id from shop_visit) v on v.customer_id = l.customer_id order by l.order_id, l.line_no limit 3',
      ['id', 'c'],
    ],
    [
      'a UNION is told apart by all of its columns',
      'select u.a as id from (select id as a from shop_customer union select customer_id from shop_visit) u order by u.a limit 3',
    ],
    [
      'EXCEPT keeps the keys of its left side',
      'select x.id from (select id, email from shop_customer except select customer_id, page from shop_visit) x order by x.id limit 3',
    ],
    [
      'a scalar subquery of one row',
      'select c.id, (select max(page) from shop_visit v where v.customer_id = c.id) as n from shop_customer c order by c.id limit 3',
      ['id', 'n'],
    ],
    [
      'ntile over the key, sums over groups',
      'select id, ntile(3) over (order by id) as n, count(*) over (partition by region_code) as m from shop_customer',
      ['id', 'n', 'm'],
    ],
    [
      'a window over groups',
      'select region_code as id, row_number() over (order by count(*) desc, region_code) as n from shop_customer group by region_code',
      ['id', 'n'],
    ],
    [
      'frames by groups',
      'select id, count(*) over (order by born_on groups between 1 preceding and current row) as n from shop_customer',
      ['id', 'n'],
    ],
    [
      'an OFFSET of all that is selected',
      'select distinct born_on as id from shop_customer order by born_on offset 1',
    ],
    [
      'an uncorrelated subquery settles a column',
      'select l.sku as id from shop_order_line l where l.order_id = (select max(order_id) from shop_order_line) order by l.line_no limit 1',
    ],
    [
      'operators of the grammar',
      "select id from shop_customer where email similar to 'm%' and full_name ~* 'n' and email not ilike 'x%' escape '!' and (born_on, born_on) overlaps (as_of(), as_of())",
    ],
    ['names in quotes', 'select "c"."id" as "id" from "shop_customer" as "c"'],
    [
      'a subquery without a name in LATERAL with a union',
      'select c.id, x.v from shop_customer c cross join lateral (select c.born_on as v union all select as_of()) x',
      ['id', 'v'],
    ],
    [
      'a join tree in parentheses',
      'select c.id from shop_customer c left join (shop_order_line l join shop_visit v on v.customer_id = l.customer_id) on l.customer_id = c.id',
    ],
    [
      'RIGHT JOIN',
      'select l.order_id as id from shop_customer c right join shop_order_line l on l.customer_id = c.id order by l.order_id, l.line_no limit 2',
    ],
    [
      'USING in a chain',
      'select id from (select id from shop_customer) a join (select id, email from shop_customer) b using (id) join (select id, full_name from shop_customer) c using (id) order by id limit 2',
    ],
    [
      'a join with a name for USING',
      'select j.id from (select id from shop_customer) a join (select id from shop_customer) b using (id) as j',
    ],
    [
      'a row compared with what a query gives, folded',
      'select c.id from shop_customer c where (exact(c.region_code), 1) = (select exact(min(code)), 1 from region)',
    ],
    [
      'rows of numbers compared with what a query gives',
      'select c.id from shop_customer c where (c.id, 1) <> (select max(l.customer_id), min(l.line_no) from shop_order_line l)',
    ],
    [
      'whole rows of one table without texts compared',
      'select a.id from (select id from shop_customer) a join (select id from shop_customer) b on a.* is not distinct from b.* where a = b',
    ],
    [
      'a text out of a document, folded, and a date out of it, read',
      "select c.id from (select id, json_build_object('c', region_code, 'd', born_on) as doc from shop_customer) c join region r on exact(r.code) = exact(c.doc ->> 'c') where strict_date(c.doc ->> 'd') is not null",
    ],
    [
      'a document taken apart',
      "select e.key as id, e.value from (select id, json_build_object('c', region_code, 'd', born_on) as doc from shop_customer) c, lateral json_each_text(c.doc) e where c.id = 3",
      ['id', 'value'],
    ],
    [
      'a list in a document taken apart: by the name of its column, and by its own',
      "select e.value as id, e as n, x.value ->> 0 as m, f.g as o from jsonb_array_elements_text('[\"a\", \"b\"]') e, jsonb_array_elements('[[1], [2]]') x, jsonb_array_elements_text('[\"c\"]') f (g) where f = 'c'",
      ['id', 'n', 'm', 'o'],
    ],
    [
      'two arrays taken apart side by side',
      "select u.x as id, u.y from shop_customer c cross join lateral unnest(string_to_array(c.email, ' '), array[c.id, 2]) as u (x, y)",
      ['id', 'y'],
    ],
    [
      'grouped in several ways by the names of what is selected',
      'select lower(email) as e, born_on as b, count(*) as id from shop_customer group by rollup (e, (b, region_code))',
      ['e', 'b', 'id'],
    ],
    [
      'SEARCH and CYCLE',
      'with recursive t (a, b) as (select 1, 2 union all select t.b, t.a from t) search breadth first by a set ord cycle a, b set again using way select a as id, again, b from t order by ord, a, b',
      ['id', 'again', 'b'],
    ],
    [
      "CYCLE with marks of one's own",
      "with recursive t (a) as (select 1 union all select 3 - t.a from t) cycle a set again to 'yes' default 'no' using way select a as id from t where again = 'no'",
    ],
    ['VALUES in their order', 'values (1), (2) order by column1 desc', ['column1']],
    ['TABLE in EXISTS', 'select id from shop_customer where exists (table shop_visit)'],
    [
      'the newest of each, then ordered by what it is the newest of',
      'select x.r as id, x.email as e from (select region_code as r, email, row_number() over (partition by region_code order by born_on desc, id) as n from shop_customer) x where x.n = 1 order by x.r limit 2',
      ['id', 'e'],
    ],
    [
      'a named window built on a named one',
      'select id, lag(email) over v as n from shop_customer window w as (partition by region_code), v as (w order by id)',
      ['id', 'n'],
    ],
  ];
