import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { relative } from 'node:path';
import type { NightjarError } from '../../src/error/nightjar-error.ts';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import { readPipeline } from '../../src/pipeline/read-pipeline.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

/** A file's content by its path in the pipeline folder; `null` takes a file of the shop away. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** A small pipeline without fault, from which each test spoils one thing. */
export const shop = {
  'sources/shop.yaml': `description: A shop.
tables:
  Customer:
    key: [id]
    columns:
      id: bigint
      fullName: varchar(255)
      email: text
      rating: real
      bornOn: date
      regionCode: varchar(10)
  OrderLine:
    key: [orderId, lineNo]
    columns:
      orderId: bigint
      lineNo: integer
      customerId: bigint
      sku: varchar(30)
      price: numeric(10,2)
      weight: double
      placedAt: timestamp(3)
  Visit:
    volatile: true
    columns:
      customerId: bigint
      page: text
`,
  'seeds/region.yaml': `description: Regions by code.
key: [code]
columns:
  code: varchar(10)
  name: text
  opened: date
`,
  'seeds/region.csv': 'code,name,opened\nN,"North, upper",2020-02-29\nS,South,\n',
  'datasets/customer.sql': `select c.id as customer_id, c.full_name, c.rating, r.name as region
from shop_customer c
left join region r on fold_case(r.code) = fold_case(c.region_code)
`,
  'datasets/customer.yaml': `description: Who buys.
grain: one row for each customer
key: [customer_id]
driving: shop_customer
columns:
  customer_id: { type: bigint, presence: required, from: shop.Customer.id, description: The id. }
  full_name: { type: varchar(255), privacy: personal, from: shop.Customer.fullName, description: The name. }
  rating: { type: real, from: shop.Customer.rating, description: A share of five stars. }
  region: { type: text, from: seeds/region, description: The region. }
rules:
  rated: { sql: rating between 0 and 5, description: Between none and five stars. }
indexes:
  - [region]
repair_limits:
  shop_customer.born_on: 3
`,
  'datasets/purchase.sql': `select l.order_id, l.line_no, l.customer_id, c.region, l.price
from shop_order_line l
left join customer c on c.customer_id = l.customer_id
`,
  'datasets/purchase.yaml': `description: What they bought.
grain: one row for each line of an order
key: [order_id, line_no]
driving: { table: shop_order_line, where: price is not null }
columns:
  order_id: { type: bigint, presence: required, from: shop.OrderLine.orderId, description: The order. }
  line_no: { type: integer, presence: required, from: shop.OrderLine.lineNo, description: The line. }
  customer_id: { type: bigint, from: shop.OrderLine.customerId, description: The customer. }
  region: { type: text, from: customer, description: The region. }
  price: { type: "numeric(10,2)", from: shop.OrderLine.price, description: The price. }
`,
} as const satisfies Files;

/** Says in a file of a test where a fault is expected; it is taken out before the file is written. */
export const mark = '§';

/** Where the mark stands, `datasets/customer.sql:3:7`. */
export function markedPlace(files: Files): string | undefined {
  for (const [path, content] of Object.entries(files)) {
    if (typeof content !== 'string' || !content.includes(mark)) continue;
    const before = content.slice(0, content.indexOf(mark)).split('\n');
    return `${path}:${before.length}:${Array.from(before.at(-1) ?? '').length + 1}`;
  }
  return undefined;
}

/** What came of reading the shop with some of its files changed. */
export interface ReadShop {
  readonly pipeline: Pipeline | undefined;
  readonly faults: readonly NightjarError[];
  /** `NJ-CONFIG-… datasets/customer.sql:3:7`, sorted as they were reported. */
  readonly places: readonly string[];
}

/** Writes the shop, with some files changed, into a folder of its own and reads it. */
export async function readShop(changes: Files): Promise<ReadShop> {
  await using place = await temporaryFolder();
  const folder = join(place.path, 'shop');
  await mkdir(folder);
  const files: Files = { ...shop, ...changes };
  for (const [path, content] of Object.entries(files)) {
    if (content === null) continue;
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content.replace(mark, '') : content);
  }
  const { pipeline, faults } = await readPipeline(folder);
  return { pipeline, faults, places: faults.map((fault) => `${fault.code} ${placeIn(folder, fault)}`) };
}

function placeIn(folder: string, fault: NightjarError): string {
  if (fault.position === undefined) return 'nowhere';
  return `${relative(folder, fault.position.file)}:${fault.position.line}:${fault.position.column}`;
}

/** The files of a dataset `probe` with this SELECT and a contract of these columns. */
export function probe(sql: string, columns: readonly string[] = ['id']): Files {
  const lines = columns.map(
    (name) => `  ${name}: { type: text, presence: required, from: shop, description: One. }`,
  );
  return {
    // What the probe selects first is its key, in which no cell may be repaired.
    'datasets/customer.yaml': shop['datasets/customer.yaml'].replace(/^repair_limits:[^]*/m, ''),
    'datasets/probe.sql': sql,
    'datasets/probe.yaml': `description: A probe.\ngrain: one row\nkey: [${columns[0] ?? ''}]\ncolumns:\n${lines.join('\n')}\n`,
  };
}
