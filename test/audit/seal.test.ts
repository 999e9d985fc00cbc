import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset } from '../../src/pipeline/pipeline.ts';
import { indexName, keyName } from '../../src/audit/index-names.ts';
import { seal } from '../../src/audit/seal.ts';
import { createCandidateTable } from '../../src/build/candidate.ts';
import { Session } from '../../src/warehouse/session.ts';
import { readMarkedShop, type ShopFiles } from '../harness/marked-shop.ts';
import { testPostgres } from '../harness/servers.ts';
import { shopNights } from '../harness/shop-nights.ts';
import { testWarehouse } from '../harness/warehouse.ts';

/** Two names as long as may be, of which PostgreSQL's own names for what belongs to them are the same. */
const long = ['aaa', 'bbb'].map((end) => 'd'.repeat(60) + end);

test('no two datasets have an index of one name, and none is cut', () => {
  const names = ['sale', 'sale_line', 'sale_line_no', ...long];
  const all = names.flatMap((name) => [keyName({ name }), ...[0, 1, 11].map((n) => indexName({ name }, n))]);
  assert.equal(new Set(all).size, all.length);
  for (const name of all) assert.match(name, /^nightjar_.{1,54}$/);
});

/** A dataset of the customers: its columns, and what its contract says beside them. */
function ofCustomers(name: string, column: string, type: string, indexes: string): ShopFiles {
  return {
    [`datasets/${name}.sql`]: `select c.id as customer_id, c.age as ${column} from shop_customer c\n`,
    [`datasets/${name}.yaml`]: `description: One.
grain: one row for each customer
key: [customer_id]
columns:
  customer_id: { type: bigint, presence: required, from: shop.customer.id, description: The id. }
  ${column}: { type: ${type}, from: shop.customer.age, description: A number. }
indexes: ${indexes}
`,
  };
}

function colliding(type: string): ShopFiles {
  return {
    ...ofCustomers('sale', 'line_no', type, '[[line_no], [line_no, customer_id]]'),
    ...ofCustomers('sale_line', 'no', type, '[[no], [no, customer_id]]'),
    ...ofCustomers(long[0] ?? '', 'no', type, '[[no]]'),
    ...ofCustomers(long[1] ?? '', 'no', type, '[[no]]'),
  };
}

for (const major of [15, 18] as const) {
  test(`datasets whose names are alike are sealed side by side, and keep apart when their columns change, on ${major}`, async () => {
    await using shop = await shopNights(await testPostgres(major));
    await shop.publish('n1', { files: colliding('smallint') });
    await shop.publish('n2', { files: colliding('integer') });
    for (const generation of [1, 2]) {
      const { rows } = await shop.warehouse.asSuperuser((client) =>
        client.query<Record<string, unknown>>(
          `select c.relname as name, c.reloptions as options,
                  (select count(*)::int from pg_index i where i.indrelid = c.oid) as indexes,
                  (select array_agg(k.contype::text order by k.contype) from pg_constraint k
                    where k.conrelid = c.oid and k.contype in ('c', 'p')) as constraints
             from pg_class c where c.relnamespace = $1::regnamespace and c.relkind = 'r'
              and c.relname <> all (array['customer', 'purchase', 'secret']) order by 1`,
          [`generation_${generation}`],
        ),
      );
      const sealed = { options: null, constraints: ['c', 'p'] };
      assert.deepEqual(rows, [
        ...long.map((name) => ({ name, ...sealed, indexes: 2 })),
        { name: 'sale', ...sealed, indexes: 3 },
        { name: 'sale_line', ...sealed, indexes: 3 },
      ]);
    }
  });

  test(`what the catalogue has already is not taken for a repeated key, on ${major}`, async () => {
    await using warehouse = await testWarehouse(await testPostgres(major), []);
    const dataset = (await readMarkedShop()).datasets.find(({ name }) => name === 'customer');
    assert.ok(dataset !== undefined);
    const session = (): Promise<Session> =>
      Session.open({ address: warehouse.address, purpose: 'test', signal: new AbortController().signal });
    await using first = await session();
    await using second = await session();
    await first.query('a schema', 'create schema generation_7');
    await first.query('a table', createCandidateTable(7, dataset.name, dataset.contract));
    // Neither sees the other's name before it is there for good.
    await first.query('a name', `begin; create table generation_7.${keyName(dataset)} ()`);
    let isOver = false;
    const sealing = failureOf(second, dataset).finally(() => (isOver = true));
    await warehouse.asSuperuser(async (client) => {
      const waiting = `select from pg_stat_activity where datname = current_database()
        and query like 'alter table%' and cardinality(pg_blocking_pids(pid)) > 0`;
      while (!isOver && (await client.query(waiting)).rowCount === 0);
    });
    await first.query('a name', 'commit');
    assert.deepEqual(await sealing, {
      code: 'NJ-WAREHOUSE-STATEMENT',
      message: 'The warehouse refused a statement during the sealing of dataset customer (SQLSTATE 23505).',
    });
  });
}

async function failureOf(session: Session, dataset: Dataset): Promise<unknown> {
  try {
    return { faults: await seal(session, 7, dataset, false) };
  } catch (error) {
    return error instanceof Error && 'code' in error ? { code: error.code, message: error.message } : error;
  }
}
