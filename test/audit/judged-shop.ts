import pg from 'pg';
import { isFailed, judgementName, type Judgement } from '../../src/audit/judgement.ts';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import { judgementsOf, type RecordedJudgement } from '../../src/publish/held-candidate.ts';
import { shopFiles, type ShopFiles } from '../harness/marked-shop.ts';
import type { NightOptions, ShopNights } from '../harness/shop-nights.ts';

/** The shop with more in the contract of a dataset, and perhaps another SELECT. */
export function withContract(dataset: 'customer' | 'purchase', more: string, sql?: string): ShopFiles {
  return {
    [`datasets/${dataset}.yaml`]: `${shopFiles[`datasets/${dataset}.yaml`]}${more}`,
    ...(sql === undefined ? {} : { [`datasets/${dataset}.sql`]: sql }),
  };
}

/** How a night was judged: the names of what failed, and every judgement by its name. */
export interface JudgedNight {
  readonly failed: readonly string[];
  readonly of: (
    name: string,
  ) => Pick<RecordedJudgement, 'verdict' | 'sentence' | 'found' | 'allowed' | 'sample' | 'sql'>;
}

/** Runs a night, which may be held. */
export async function judgedNight(shop: ShopNights, options: NightOptions = {}): Promise<JudgedNight> {
  try {
    const { judgements } = await shop.night(options);
    return judged(
      judgements.map((one) => [judgementName(one), { ...one, sql: one.sql ?? null }]),
      judgements.filter(isFailed).map(judgementName),
    );
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code !== 'NJ-GUARD-HELD') throw error;
    await using session = await shop.session();
    const { number } = await session.one<{ number: number }>(
      'the held candidate',
      "select number from nightjar.generation where state = 'held'",
    );
    const all = await judgementsOf(session, number);
    return judged(
      all.map((one) => [one.name, one]),
      all.filter((one) => one.verdict === 'failed').map((one) => one.name),
    );
  }
}

type Told = Pick<Judgement, 'verdict' | 'sentence' | 'found' | 'allowed' | 'sample'> & {
  readonly sql: string | null;
};

function judged(all: readonly (readonly [string, Told])[], failed: readonly string[]): JudgedNight {
  const byName = new Map(all);
  return {
    failed,
    of: (name) => {
      const found = byName.get(name);
      if (found === undefined) throw new Error(`no judgement ${name} among ${[...byName.keys()].join(', ')}`);
      return found;
    },
  };
}

/** The published generation's number and what a consumer reads of customers. */
export async function customersRead(shop: ShopNights): Promise<readonly number[]> {
  const client = await shop.warehouse.connectAs('reader');
  try {
    const { rows } = await client.query<{ id: number }>(
      'select customer_id::int as id from shop_view.customer order by 1',
    );
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}

/** SQL in the source: customers are of two kinds, half of them of each. */
export const ofTwoKinds =
  "update shop.customer set email = case when id % 2 = 0 then 'even@' else 'odd@' end";

/** A first night, with customers of two kinds. */
export async function begin(shop: ShopNights, files: ShopFiles): Promise<void> {
  await shop.mark('n1');
  await shop.inSource(ofTwoKinds);
  await shop.night({ files });
}

/** How many rows the SQL of a judgement shows whoever pastes it, as our own role: the last statement's. */
export async function rowsOf(shop: ShopNights, sql: string): Promise<number> {
  const client = new pg.Client(shop.warehouse.address);
  await client.connect();
  try {
    const results = [await client.query(sql)].flat();
    return results.at(-1)?.rows.length ?? 0;
  } finally {
    await client.end();
  }
}

/** The held rows of the newest generation: dataset, key, outcome. */
export async function heldRows(shop: ShopNights): Promise<readonly unknown[]> {
  await using session = await shop.session();
  const rows = await session.query<Record<string, unknown>>(
    'the held rows',
    `select dataset, key, outcome from nightjar.held_row
      where generation = (select max(number) from nightjar.generation) order by dataset, key`,
  );
  return rows.map((row) => [row['dataset'], row['key'], row['outcome']]);
}

/** Customers who have a kind, by their address, which is coded, counted by value and expected. */
export const customersOfKinds = {
  sql: "select c.id as customer_id, c.marker, c.email, c.age, split_part(c.email, '@', 1) as kind from shop_customer c\n",
  yaml:
    shopFiles['datasets/customer.yaml'].replace(
      '  age: {',
      '  kind: { type: text, presence: expected, from: shop.customer.email, description: The kind. }\n  age: {',
    ) + 'coded: [kind]\ndistribution: [kind]\n',
};
