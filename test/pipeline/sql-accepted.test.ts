import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probe, readShop } from './shop.ts';

/** SELECTs that must not be refused, each for its own reason. The first column is called id. */
const good: readonly (readonly [why: string, sql: string])[] = [
  ['a literal compared with a text column is no join', "select id from shop_customer where email = 'a@b' and full_name in ('x', 'y')"],
  ['a text column compared with another of its row', 'select id from shop_customer c where c.email = c.full_name'],
  ['numbers are joined without a fold', 'select c.id from shop_customer c join shop_order_line l on l.customer_id = c.id'],
  ['both sides folded', 'select c.id from shop_customer c join region r on exact(r.code) = exact(c.region_code)'],
  ['folded one query further in', 'select c.id from shop_customer c join (select fold_case(code) as code from region) r on r.code = fold_case(c.region_code)'],
  ['folded in a common table', 'with r as (select fold_mysql(code) as k from region) select c.id from shop_customer c join r on r.k = fold_mysql(c.region_code)'],
  ['a fold inside coalesce', "select c.id from shop_customer c join region r on coalesce(fold_case(r.code), '') = fold_case(c.region_code)"],
  ['a constant list is no table of the source', "select c.id from shop_customer c join (values ('N'), ('S')) v (code) on v.code = c.region_code"],
  ['text brought to a number', 'select l.customer_id as id from shop_order_line l join shop_customer c on strict_bigint(c.region_code) = l.order_id'],
  ['text cast to a date', 'select c.id from shop_customer c join shop_order_line l on c.region_code::date = l.placed_at::date'],
  ['USING on a number', 'select id from (select id from shop_customer) a join (select customer_id as id from shop_visit) b using (id)'],
  ['a common table with the name of a raw table', 'with shop_customer as (select id from shop_customer) select id from shop_customer'],
  ['a common table seen by the next', 'with a as (select id from shop_customer), b as (select id from a) select id from b'],
  ['an alias with the name of another table', 'select region.id from shop_customer region'],
  ['columns renamed by the alias', 'select c.x as id from shop_customer c (x)'],
  ['a correlated subquery', 'select id from shop_customer c where exists (select * from shop_visit v where v.customer_id = c.id limit 1)'],
  ['an outer column without its table', 'select id from shop_customer where exists (select 1 from shop_visit where customer_id = id)'],
  ['count of all', 'select count(*) as id from shop_customer'],
  ['a whole row', 'select count(c) as id from shop_customer c'],
  ['sum of numeric', 'select sum(price) as id from shop_order_line'],
  ['sum of a float made numeric first', 'select sum(weight::numeric(12,4)) as id from shop_order_line'],
  ['greatest of floats', 'select max(weight) as id, min(rating) as n from shop_order_line, shop_customer'],
  ['sum of rounded whole numbers', 'select sum(round(line_no)) as id from shop_order_line'],
  ['the date of the night', 'select id from shop_customer where born_on <= as_of() and nightjar.as_of() > born_on'],
  ['age between two dates', 'select age(as_of(), born_on) as id from shop_customer'],
  ['today as a word', "select id from shop_customer where email = 'today'"],
  ['epoch and infinity', "select id from shop_customer where born_on between 'epoch'::date and 'infinity'"],
  ['EXTRACT, AT TIME ZONE, TRIM, SUBSTRING in SQL words', "select extract(year from born_on) as id, trim(both ' ' from email) as n, substring(email from 2 for 3) as m, placed_at at time zone 'UTC' as t from shop_customer, shop_order_line"],
  ['string_agg ordered by what it joins', "select string_agg(email, ',' order by email) as id from shop_customer"],
  ['string_agg ordered by the key', "select string_agg(email, ',' order by born_on, id) as id from shop_customer group by region_code"],
  ['array_agg over a joined table ordered by both keys', 'select array_agg(v.page order by l.order_id, l.line_no, v.page) as id from shop_order_line l join shop_visit v on v.customer_id = l.customer_id group by l.customer_id'],
  ['array_agg with a lookup joined by its key', 'select array_agg(r.name order by c.id) as id from shop_customer c left join region r on exact(r.code) = exact(c.region_code)'],
  ['json_agg of a constant', 'select json_agg(1) as id from shop_customer'],
  ['row_number ordered by the key', 'select id, row_number() over (partition by region_code order by born_on desc, id) as n from shop_customer'],
  ['row_number over rows that are alike', 'select page as id, row_number() over (order by page) as n from shop_visit'],
  ['rank tells no ties apart', 'select id, rank() over (order by born_on) as n, dense_rank() over (order by born_on) as m from shop_customer'],
  ['a running sum by range', 'select id, sum(id) over (order by born_on) as n from shop_customer'],
  ['a sum over the whole partition by rows', 'select id, sum(id) over (order by born_on rows between unbounded preceding and unbounded following) as n from shop_customer'],
  ['a named window', 'select id, first_value(email) over w as n from shop_customer window w as (partition by region_code order by id)'],
  ['a window built on a named one', 'select id, lag(email) over (w order by id) as n from shop_customer window w as (partition by region_code)'],
  ['DISTINCT ON with a total order', 'select distinct on (region_code) region_code as id, email from shop_customer order by region_code, born_on desc, id'],
  ['DISTINCT ON with a collation', 'select distinct on (region_code) region_code as id, email from shop_customer order by region_code, email collate "C"'],
  ['DISTINCT ON by a selected name', 'select distinct on (r) region_code as r, id from shop_customer order by r, born_on, id'],
  ['LIMIT by the key', 'select id from shop_customer order by id limit 3'],
  ['LIMIT by number', 'select id, email from shop_customer order by 1 limit 3'],
  ['LIMIT by all that is selected', 'select page as id from shop_visit order by page limit 3'],
  ['LIMIT of one group', 'select count(*) as id from shop_visit limit 1'],
  ['LIMIT of groups', 'select region_code as id, count(*) as n from shop_customer group by region_code order by count(*) desc, region_code limit 2'],
  ['LIMIT ALL', 'select id from shop_customer limit all'],
  ['FETCH FIRST WITH TIES', 'select id from shop_customer order by born_on fetch first 3 rows with ties'],
  ['LIMIT where an equality settles the other table', 'select l.order_id as id from shop_order_line l join shop_customer c on c.id = l.customer_id order by l.order_id, l.line_no limit 5'],
  ['LIMIT after a UNION by all columns', 'select id from shop_customer union select customer_id from shop_visit order by id limit 4'],
  ['LIMIT in a lateral subquery', 'select c.id, l.n from shop_customer c left join lateral (select order_id as n from shop_order_line where customer_id = c.id order by placed_at desc, order_id, line_no limit 1) l on true'],
  ['a lateral of one row settles nothing away', 'select c.id, l.n from shop_customer c left join lateral (select max(order_id) as n from shop_order_line where customer_id = c.id) l on true order by c.id limit 3'],
  ['a grouped subquery joined by its group', 'select c.id, v.n from shop_customer c left join (select customer_id, count(*) as n from shop_visit group by customer_id) v on v.customer_id = c.id order by c.id limit 2'],
  ['a column is fixed by a constant', "select r.name as id from region r where r.code = 'N' limit 1"],
  ['DISTINCT, then LIMIT by what is distinct', 'select distinct region_code as id from shop_customer order by region_code limit 2'],
  ['unnest and string_to_array', "select one.role as id from shop_customer c cross join lateral unnest(string_to_array(c.email, ',')) as one (role)"],
  ['WITH ORDINALITY', "select one.role as id, one.n from shop_customer c cross join lateral unnest(string_to_array(c.email, ',')) with ordinality as one (role, n) order by c.id, one.n limit 3"],
  ['generate_series', 'select g as id from generate_series(1, 3) g order by g limit 1'],
  ['a recursive common table', 'with recursive n (i) as (select 1 union all select i + 1 from n where i < 5) select i as id from n'],
  ['CASE with constants', "select case c.region_code when 'N' then 1 when 'S' then 2 end as id from shop_customer c"],
  ['CASE over two tables without equality', "select case when r.name > 'M' then c.email else r.name end as id from shop_customer c left join region r on exact(r.code) = exact(c.region_code)"],
  ['IN with a folded subquery', 'select id from shop_customer where fold_case(region_code) in (select fold_case(code) from region)'],
  ['a fold carried through a text function', "select c.id from shop_customer c join region r on left(fold_case(r.code), 1) = left(fold_case(c.region_code), 1)"],
  ['FULL JOIN USING', 'select id from (select id from shop_customer) a full join (select order_id as id from shop_order_line group by order_id) b using (id) order by id limit 3'],
  ['GROUPING SETS', 'select region_code as id, count(*) as n from shop_customer group by grouping sets ((region_code), ())'],
  ['GROUP BY a selected name', "select lower(email) as id, string_agg(full_name, ',' order by full_name) as n from shop_customer group by 1"],
  ['percentile', 'select percentile_disc(0.5) within group (order by rating) as id from shop_customer'],
  ['a semicolon and a comment behind it', 'select id from shop_customer; -- that is all\n'],
  ['a comment at the end', 'select id from shop_customer -- that is all'],
  ['letters beyond ASCII', "select id from shop_customer where email = 'é€😀' and born_on = as_of()"],
  ['a join in parentheses with a name', 'select j.id from (shop_customer c join shop_visit v on v.customer_id = c.id) as j'],
  ['NATURAL JOIN on numbers', 'select customer_id as id from (select customer_id from shop_visit) a natural join (select customer_id, order_id from shop_order_line) b'],
  ['rows compared', 'select c.id from shop_customer c join shop_order_line l on (l.customer_id, l.order_id) = (c.id, 3)'],
  ['IS DISTINCT FROM folded', 'select c.id from shop_customer c join region r on r.opened = c.born_on where exact(r.code) is distinct from exact(c.region_code)'],
  ['what was repaired', 'select id from shop_customer where nightjar_repaired is null'],
];

for (const [why, sql] of good) {
  test(`accepted: ${why}`, async () => {
    const columns = namesIn(sql);
    const { faults, pipeline } = await readShop(probe(sql, columns));
    assert.deepEqual(faults.map((fault) => `${fault.position?.line}:${fault.position?.column} ${fault.message}`), []);
    assert.ok(pipeline?.datasets.some((dataset) => dataset.name === 'probe'));
  });
}

/** The columns of the outermost SELECT are called id, then by the single letters or short words behind `as`. */
function namesIn(sql: string): readonly string[] {
  const outer = sql.slice(sql.lastIndexOf(') select ') === -1 ? 0 : sql.lastIndexOf(') select '));
  const list = outer.slice(0, outer.search(/ from | union /) === -1 ? undefined : splitAtFrom(outer));
  const names = ['id'];
  for (const match of list.matchAll(/ as ([a-z])\b(?! \()/g)) if (match[1] !== undefined && !names.includes(match[1])) names.push(match[1]);
  return names;
}

/** Where the FROM of the outermost SELECT begins: the first outside parentheses. */
function splitAtFrom(sql: string): number {
  let depth = 0;
  for (let at = 0; at < sql.length; at += 1) {
    if (sql[at] === '(') depth += 1;
    else if (sql[at] === ')') depth -= 1;
    else if (depth <= 0 && sql.startsWith(' from ', at)) return at;
  }
  return sql.length;
}
