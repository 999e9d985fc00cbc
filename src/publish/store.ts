import { generationColumn, generationSchemaName, tableColumnsSql } from '../build/candidate.ts';
import { crashPoint } from '../error/crash-point.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { qualified } from '../warehouse/identifier.ts';
import { ownName } from '../warehouse/own-name.ts';
import type { Session } from '../warehouse/session.ts';
import { fencedTransaction } from './fenced.ts';
import { shapeColumns, shapeOf, type ShapeColumn } from './shape.ts';

/** The schema of the partitioned tables, one for each shape of each dataset. No consumer has rights on it. */
export const storeSchema = 'nightjar_store';

export interface StoreTable {
  readonly dataset: string;
  readonly shape: string;
  /** Its name in the store's schema. */
  readonly name: string;
  readonly columns: readonly ShapeColumn[];
}

/** Finds, or makes, the partitioned table for a dataset's present columns. */
export async function ensureStoreTable(
  session: Session,
  dataset: Dataset,
  fence: number,
): Promise<StoreTable> {
  const during = `the store of dataset ${dataset.name}`;
  const columns = shapeColumns(dataset.contract);
  const shape = shapeOf(columns);
  const tables = await storeTables(session, dataset.name);
  const known = tables.find((table) => table.shape === shape);
  if (known !== undefined) return known;
  const ordinal = tables.length + 1;
  const name = storeName(dataset.name, shape, ordinal);
  await session.query(during, `create schema if not exists ${storeSchema}`);
  await fencedTransaction(session, during, fence, async () => {
    await session.query(
      during,
      `create table ${qualified(storeSchema, name)} (${tableColumnsSql(dataset.contract)}) partition by list (${generationColumn})`,
    );
    // Never without a partition: PostgreSQL would know it to be empty without asking reading().
    await session.query(
      during,
      `create table ${qualified(storeSchema, emptyPartition(dataset.name, shape))} ` +
        `partition of ${qualified(storeSchema, name)} for values in (0)`,
    );
    await session.query(
      during,
      'insert into nightjar.store_table (dataset, shape, name, ordinal, columns) values ($1, $2, $3, $4, $5)',
      [dataset.name, shape, name, ordinal, JSON.stringify(columns)],
    );
  });
  crashPoint('publish.store-made');
  return { dataset: dataset.name, shape, name, columns };
}

/** The store tables of a dataset, the oldest shape first. */
export async function storeTables(session: Session, dataset: string): Promise<readonly StoreTable[]> {
  return session.query<{ dataset: string; shape: string; name: string; columns: readonly ShapeColumn[] }>(
    `the store of dataset ${dataset}`,
    'select dataset, shape, name, columns from nightjar.store_table where dataset = $1 order by ordinal',
    [dataset],
  );
}

/** No generation has the number 0. */
function emptyPartition(dataset: string, shape: string): string {
  return ownName('none', [dataset, shape]);
}

/** Its first shape has the dataset's own name; that of a later one may be no other dataset's, however long both are. */
function storeName(dataset: string, shape: string, ordinal: number): string {
  return ordinal === 1 ? dataset : ownName('shape', [dataset, shape]);
}

/** Makes a candidate's table a partition of its store table, unless it is: milliseconds, and no reader waits or is waited for. */
export async function attach(
  session: Session,
  table: StoreTable,
  generation: number,
  fence: number,
): Promise<void> {
  const during = `the attachment of dataset ${table.dataset}`;
  const parent = qualified(storeSchema, table.name);
  const partition = qualified(generationSchemaName(generation), table.dataset);
  await fencedTransaction(session, during, fence, async () => {
    // An approval that failed or died further on is made again, and finds what it attached.
    const attached = await session.query(
      during,
      'select from pg_inherits where inhrelid = to_regclass($1) and inhparent = to_regclass($2)',
      [partition, parent],
    );
    if (attached.length > 0) return;
    await session.query(during, "set local lock_timeout = '5s'");
    await session.query(
      during,
      `alter table ${parent} attach partition ${partition} for values in (${generation})`,
    );
    crashPoint('publish.attached-uncommitted');
  });
  crashPoint('publish.attached');
}
