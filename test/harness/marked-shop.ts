import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import { readPipeline } from '../../src/pipeline/read-pipeline.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A file's content by its path in the pipeline folder; `null` takes a file away. */
export type ShopFiles = Readonly<Record<string, string | null>>;

/** Tables of the shop's source; every row of every one carries the same marker. */
export const sourceTables = `
  create schema shop;
  create table shop.customer (id bigint primary key, marker text, email text, age bigint);
  create table shop.order_line (order_no bigint, line_no integer, customer_id bigint, marker text, price numeric(10,2),
    primary key (order_no, line_no));
  create table shop.secret (id bigint primary key, marker text);
`;

/** A night's rows: every text of every table says `marker`, and every price is 77,152,0nn. */
export const sourceRows = `
  delete from shop.customer; delete from shop.order_line; delete from shop.secret;
  insert into shop.customer select i, $marker$, $marker$ || '@example.invalid', 30 + i from generate_series(1, 20) i;
  insert into shop.order_line select 1 + i / 3, 1 + i % 3, 1 + i % 20, $marker$, 77152000 + i from generate_series(0, 59) i;
  insert into shop.secret select i, $marker$ from generate_series(1, 5) i;
`;

export const shopFiles = {
  'sources/shop.yaml': `tables:
  customer: { key: [id], columns: { id: bigint, marker: text, email: text, age: bigint } }
  order_line:
    key: [order_no, line_no]
    columns: { order_no: bigint, line_no: integer, customer_id: bigint, marker: text, price: "numeric(10,2)" }
  secret: { key: [id], columns: { id: bigint, marker: text } }
`,
  'datasets/customer.sql': 'select c.id as customer_id, c.marker, c.email, c.age from shop_customer c\n',
  'datasets/customer.yaml': `description: Who buys.
grain: one row for each customer
key: [customer_id]
driving: shop_customer
columns:
  customer_id: { type: bigint, presence: required, from: shop.customer.id, description: The id. }
  marker: { type: text, presence: required, from: shop.customer.marker, description: The night. }
  email: { type: varchar(60), from: shop.customer.email, description: The address. }
  age: { type: smallint, from: shop.customer.age, description: The age. }
rules:
  grown_up: { sql: age >= 18, description: Only grown-ups buy. }
indexes:
  - [age]
repair_limits:
  shop_customer.email: 0
`,
  'datasets/purchase.sql': `select l.order_no, l.line_no, l.customer_id, l.marker, c.marker as customer_marker, l.price
from shop_order_line l
left join customer c on c.customer_id = l.customer_id
`,
  'datasets/purchase.yaml': `description: What they bought.
grain: one row for each line of an order
key: [order_no, line_no]
driving: shop_order_line
columns:
  order_no: { type: bigint, presence: required, from: shop.order_line.order_no, description: The order. }
  line_no: { type: integer, presence: required, from: shop.order_line.line_no, description: The line. }
  customer_id: { type: bigint, from: shop.order_line.customer_id, description: The customer. }
  marker: { type: text, from: shop.order_line.marker, description: The night. }
  customer_marker: { type: text, from: customer.marker, description: The night again. }
  price: { type: "numeric(10,2)", from: shop.order_line.price, description: The price. }
`,
  'datasets/secret.sql': 'select s.id as secret_id, s.marker from shop_secret s\n',
  'datasets/secret.yaml': `description: What few may read.
grain: one row for each secret
key: [secret_id]
columns:
  secret_id: { type: bigint, presence: required, from: shop.secret.id, description: The id. }
  marker: { type: text, from: shop.secret.marker, description: The night. }
`,
} as const satisfies ShopFiles;

/** Reads the shop's pipeline, with some files changed; the folder is gone afterwards. */
export async function readMarkedShop(changes: ShopFiles = {}): Promise<Pipeline> {
  await using place = await temporaryFolder();
  await writeMarkedShop(place.path, changes);
  const { pipeline, faults } = await readPipeline(place.path);
  if (pipeline === undefined) throw new Error(faults.map((fault) => fault.message).join('\n'));
  return pipeline;
}

export async function writeMarkedShop(folder: string, changes: ShopFiles = {}): Promise<void> {
  const files: ShopFiles = { ...shopFiles, ...changes };
  for (const [path, content] of Object.entries(files)) {
    if (content === null) continue;
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** A file of the shop with one piece of its text replaced, which must be there. */
export function altered(path: keyof typeof shopFiles, old: string, by: string): ShopFiles {
  const text: string = shopFiles[path];
  if (!text.includes(old)) throw new Error(`${path} does not hold ${old}`);
  return { [path]: text.replace(old, by) };
}
