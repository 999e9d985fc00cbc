import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import type pg from 'pg';
import { FaultList } from '../../src/pipeline/fault-list.ts';
import { readPipelineFiles } from '../../src/pipeline/read-pipeline.ts';
import { loadParser } from '../../src/pipeline/sql/parse-sql.ts';
import { acceptedSelects } from './accepted-selects.ts';
import { probe, shop } from './shop.ts';
import { assertAlike, inShops } from './shop-on-server.ts';

before(loadParser);

for (const major of [15, 18] as const) {
  test(`PostgreSQL ${major} takes every SELECT that is accepted, and answers alike whatever the order of the rows`, () =>
    inShops(major, async (client) => {
      for (const [why, sql] of acceptedSelects) await assertAlike(client, sql, why);
    }));
}

/** Something in FROM, and the columns that it has. */
const froms: readonly { readonly from: string; readonly columns: readonly string[] }[] = [
  { from: 'shop_customer c', columns: ['c.id', 'c.email', 'c.born_on', 'c.region_code'] },
  { from: 'shop_order_line l', columns: ['l.order_id', 'l.line_no', 'l.customer_id', 'l.sku'] },
  { from: 'shop_visit v', columns: ['v.customer_id', 'v.page'] },
  {
    from: 'shop_order_line l left join shop_customer c on c.id = l.customer_id',
    columns: ['l.order_id', 'l.line_no', 'l.sku', 'c.id', 'c.email'],
  },
  {
    from: 'shop_customer c left join shop_order_line l on l.customer_id = c.id and l.line_no = 1',
    columns: ['c.id', 'c.born_on', 'l.order_id', 'l.line_no', 'l.sku'],
  },
  {
    from: 'shop_visit v right join shop_customer c on c.id = v.customer_id',
    columns: ['v.customer_id', 'v.page', 'c.id', 'c.email'],
  },
  {
    from: 'shop_visit v join shop_customer c on v.customer_id = c.id',
    columns: ['v.customer_id', 'v.page', 'c.id', 'c.email'],
  },
  {
    from: 'shop_customer c left join region r on exact(r.code) = exact(c.region_code)',
    columns: ['c.id', 'c.region_code', 'r.code', 'r.name'],
  },
  {
    from: 'shop_customer c left join region r on fold_case(r.code) = fold_case(c.region_code)',
    columns: ['c.id', 'c.region_code', 'r.code', 'r.name'],
  },
  {
    from: '(select customer_id, page, count(*) as n from shop_visit group by customer_id, page) v left join shop_customer c on c.id = v.customer_id',
    columns: ['v.customer_id', 'v.page', 'v.n', 'c.email'],
  },
  {
    from: '(select distinct sku, customer_id from shop_order_line) l join (select distinct customer_id from shop_visit) v using (customer_id)',
    columns: ['customer_id', 'l.sku', 'v.customer_id'],
  },
  {
    from: 'shop_customer c full join (select distinct customer_id as id, page from shop_visit) d using (id)',
    columns: ['id', 'c.email', 'd.page', 'c.id', 'd.id'],
  },
  {
    from: 'shop_customer c left join lateral (select x.sku, x.line_no from shop_order_line x where x.customer_id = c.id) l on true',
    columns: ['c.id', 'c.email', 'l.sku', 'l.line_no'],
  },
  {
    from: "shop_customer c cross join lateral unnest(string_to_array(c.email, ' ')) with ordinality as w (word, n)",
    columns: ['c.id', 'c.email', 'w.word', 'w.n'],
  },
  {
    from: 'shop_customer c, shop_order_line l where l.customer_id = c.id and c.born_on is null',
    columns: ['c.id', 'c.email', 'l.order_id', 'l.line_no'],
  },
  {
    from: "shop_order_line l where l.line_no = 2 and l.sku = 'sku 1'",
    columns: ['l.order_id', 'l.customer_id', 'l.price'],
  },
  {
    from: '(select id, email from shop_customer union select customer_id, page from shop_visit) u',
    columns: ['u.id', 'u.email'],
  },
  {
    from: '(select id, email from shop_customer union all select customer_id, page from shop_visit) u',
    columns: ['u.id', 'u.email'],
  },
  {
    from: '(select id, born_on as email from shop_customer except select customer_id, null from shop_visit) u',
    columns: ['u.id', 'u.email'],
  },
  {
    from: '(select id, email, row_number() over (partition by email order by id) as n from shop_customer) u',
    columns: ['u.id', 'u.email', 'u.n'],
  },
  {
    from: '(select email, row_number() over (partition by email order by id) as n from shop_customer) u',
    columns: ['u.email', 'u.n'],
  },
  {
    from: 'shop_customer c left join (select region_code as k, count(*) as n from shop_customer group by region_code) g on exact(g.k) is not distinct from exact(c.region_code) and c.id > 10',
    columns: ['c.id', 'c.region_code', 'c.born_on', 'g.k', 'g.n'],
  },
  {
    from: 'shop_customer c left join (select count(*) as n from shop_visit) g on c.id > 12',
    columns: ['c.id', 'c.region_code', 'g.n'],
  },
  {
    from: 'shop_order_line l left join (shop_visit v join shop_customer c on c.id = v.customer_id and c.id = 3) on v.customer_id = l.customer_id and l.line_no = 1',
    columns: ['l.order_id', 'l.line_no', 'v.page', 'c.id', 'c.email', 'v.customer_id'],
  },
  {
    from: "shop_visit v full join shop_customer c on c.id = v.customer_id and v.page = 'page 1'",
    columns: ['v.customer_id', 'v.page', 'c.id', 'c.email'],
  },
  {
    from: '(select fold_case(region_code) as k, count(*) as n from shop_customer group by fold_case(region_code)) g full join (select fold_case(code) as k from region) r using (k)',
    columns: ['k', 'g.n', 'g.k', 'r.k'],
  },
  {
    from: 'shop_order_line l left join lateral (select max(page) as page from shop_visit v where v.customer_id = l.line_no) x on l.line_no = 1',
    columns: ['l.order_id', 'l.line_no', 'l.sku', 'x.page'],
  },
];

/** Ways in which an order shows. `s` is what is selected, `o` the order, `p` another column. */
const shapes: readonly ((from: string, s: string, o: string, p: string) => string)[] = [
  (from, s, o) => `select ${s} as id from ${from} order by ${o} limit 5`,
  (from, s, o) => `select ${s} as id from ${from} order by ${o} offset 4`,
  (from, s, o) => `select distinct ${s} as id from ${from} order by ${o} limit 3`,
  (from, s, o, p) => `select distinct on (${p}) ${s} as id from ${from} order by ${p}, ${o}`,
  (from, s, o, p) =>
    `select ${s} as id, row_number() over (partition by ${p} order by ${o}) as n from ${from}`,
  (from, s, o, p) => `select ${s} as id, first_value(${p}) over (order by ${o}) as n from ${from}`,
  (from, s, o, p) => `select ${s} as id, lag(${p}) over (order by ${o}) as n from ${from}`,
  (from, s, o, p) =>
    `select ${s} as id, count(${p}) over (order by ${o} rows between 2 preceding and current row) as n from ${from}`,
  (from, s, o, p) => `select ${s} as id, rank() over (partition by ${p} order by ${o}) as n from ${from}`,
  (from, s, o) => `select string_agg(${s}::text, ',' order by ${o}) as id from ${from}`,
  (from, s, o, p) => `select ${p} as id, array_agg(${s} order by ${o}) as n from ${from} group by ${p}`,
  (from, s, o, p) =>
    `select ${p} as id, ${s} as n, count(*) as m from ${from} group by ${p}, ${s} order by ${o} limit 3`,
  (from, s, o, p) =>
    `select (select x.n from (select ${s} as n, ${p} as p from ${from}) x order by ${o.replaceAll(/\b\w+\./g, 'x.').replaceAll(/[a-z_]+(?=,|$)/g, (name) => (name === 'n' ? 'n' : 'p'))} limit 1) as id`,
  (from, s, o, p) =>
    `select y.n as id from (select ${s} as n, ${p} as p from ${from} order by ${o} limit 4) y order by y.p, y.n limit 2`,
];

const select = fc
  .constantFrom(...froms)
  .chain(({ from, columns }) =>
    fc.tuple(
      fc.constantFrom(...shapes),
      fc.constant(from),
      fc.constantFrom(...columns),
      fc.uniqueArray(fc.constantFrom(...columns), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...columns),
    ),
  )
  .map(([shape, from, s, o, p]) => shape(from, s, o.join(', '), p));

async function isTaken(client: pg.Client, sql: string): Promise<boolean> {
  await client.query('set search_path = forwards, nightjar');
  return client.query(`explain ${sql}`).then(
    () => true,
    () => false,
  );
}

function isAccepted(sql: string): boolean {
  const files = new Map(
    Object.entries({ ...shop, ...probe(sql, ['id', 'n', 'm']) }).map(([path, text]) => [
      path,
      Buffer.from(text),
    ]),
  );
  const { faults } = readPipelineFiles('shop', { files, digest: '' }, new FaultList());
  return faults.every((fault) => fault.code === 'NJ-CONFIG-COLUMN-UNSELECTED');
}

test('whatever is accepted answers alike, whatever the order of the rows', () =>
  inShops(18, async (client) => {
    let accepted = 0;
    const property = fc.asyncProperty(select, async (sql) => {
      // Not all that the generator writes is SQL: a column beside GROUP BY, a DISTINCT that is ordered by something else.
      if (!isAccepted(sql) || !(await isTaken(client, sql))) return;
      accepted += 1;
      await assertAlike(client, sql, 'accepted');
    });
    await fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 250) });
    assert.ok(accepted >= 50, `only ${accepted} were accepted`);
  }));
