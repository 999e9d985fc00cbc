import { crashPoint } from '../error/crash-point.ts';
import { generationColumn } from '../build/candidate.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { despiteReaders } from '../warehouse/despite-readers.ts';
import { sqlstateOf, warehouseFault } from '../warehouse/fault.ts';
import { identifierList, qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { fencedTransaction } from './fenced.ts';
import { shapeColumns, type ShapeColumn } from './shape.ts';
import { storeSchema, type StoreTable } from './store.ts';
import { widens } from '../pipeline/widening.ts';

/**
 * The SELECT behind a dataset's view: the columns of today's shape; from tables of an older shape, the value where the
 * type has only become wider, and null where a column did not exist or had quite another type. Only the partition of the generation that is read is ever opened.
 *
 * @param reading that generation, in SQL.
 */
export function viewSelect(
  columns: readonly ShapeColumn[],
  tables: readonly StoreTable[],
  reading: string,
): string {
  return tables.map((table) => branch(columns, table, `(select ${reading})`)).join('\nunion all\n');
}

/** Whether a view shows what a table has in a column: where it is of the same type, or of one that has only become wider. */
export function showsColumn(table: StoreTable, column: ShapeColumn): boolean {
  const had = typeIn(table, column);
  return had !== undefined && widens(had, column.type);
}

function typeIn(table: StoreTable, { name }: ShapeColumn): string | undefined {
  return table.columns.find((column) => column.name === name)?.type;
}

/** The generation that a session reads, in SQL. */
function readingOf(dataset: string): string {
  return `nightjar.reading(${quoteLiteral(dataset)})`;
}

function branch(columns: readonly ShapeColumn[], table: StoreTable, reading: string): string {
  const list = columns.map((column) => {
    const name = quoteIdentifier(column.name);
    if (typeIn(table, column) === column.type) return name;
    return `${showsColumn(table, column) ? name : 'null'}::${column.type} as ${name}`;
  });
  // The second condition belongs to no row, so it is asked before any: the first alone is not asked where an index finds
  // nothing or a table is empty, and whoever is to be refused would get no row instead.
  return (
    `select ${list.join(', ')} from ${qualified(storeSchema, table.name)} ` +
    `where ${generationColumn} = ${reading} and ${reading} is not null`
  );
}

/**
 * Makes or remakes a dataset's view where its columns changed.
 *
 * @param readers the logins that may read it.
 * Throws NJ-PUBLISH-VIEW-LOCKED, NJ-PUBLISH-VIEW-NEEDED.
 */
export async function ensureView(
  session: Session,
  schema: string,
  dataset: Dataset,
  tables: readonly StoreTable[],
  readers: readonly string[],
  fence: number,
): Promise<void> {
  const select = viewSelect(shapeColumns(dataset.contract), tables, readingOf(dataset.name));
  const signature = [schema, select, ...commentSql(schema, dataset)].join('\n');
  const during = `the view of dataset ${dataset.name}`;
  const [known] = await session.query<{ signature: string }>(
    during,
    'select signature from nightjar.view where dataset = $1 and to_regclass($2) is not null',
    [dataset.name, qualified(schema, dataset.name)],
  );
  if (known?.signature === signature) return;
  await despiteReaders(session, `${schema}.${dataset.name}`, () =>
    remake(session, { schema, dataset, select, signature, readers, fence }),
  );
  crashPoint('publish.view-made');
}

interface Remake {
  readonly schema: string;
  readonly dataset: Dataset;
  readonly select: string;
  readonly signature: string;
  readonly readers: readonly string[];
  readonly fence: number;
}

async function remake(
  session: Session,
  { schema, dataset, select, signature, readers, fence }: Remake,
): Promise<void> {
  const during = `the view of dataset ${dataset.name}`;
  const view = qualified(schema, dataset.name);
  await fencedTransaction(session, during, fence, async () => {
    await session.query(during, "set local lock_timeout = '300ms'");
    await dropView(session, during, view, `${schema}.${dataset.name}`);
    await session.query(during, `create view ${view} as\n${select}`);
    for (const comment of commentSql(schema, dataset)) await session.query(during, comment);
    // In the same transaction as the new view: a reader never meets a view without its rights.
    if (readers.length > 0)
      await session.query(during, `grant select on ${view} to ${identifierList(readers)}`);
    await session.query(
      during,
      'insert into nightjar.view (dataset, signature) values ($1, $2) on conflict (dataset) do update set signature = excluded.signature',
      [dataset.name, signature],
    );
    crashPoint('publish.view-uncommitted');
  });
}

/** Not what hangs on it: whose that is, it is not for us to take away. */
async function dropView(session: Session, during: string, view: string, printed: string): Promise<void> {
  try {
    await session.raw(`drop view if exists ${view}`);
  } catch (error) {
    const dependentObjects = '2BP01';
    if (sqlstateOf(error) === dependentObjects)
      throw nightjarError('NJ-PUBLISH-VIEW-NEEDED', { view: printed });
    throw warehouseFault(error, during);
  }
}

function commentSql(schema: string, dataset: Dataset): readonly string[] {
  const view = qualified(schema, dataset.name);
  return [
    `comment on view ${view} is ${quoteLiteral(`${dataset.contract.description} (${dataset.contract.grain})`)}`,
    ...dataset.contract.columns.map(
      (column) =>
        `comment on column ${view}.${quoteIdentifier(column.name)} is ` +
        quoteLiteral(`${column.description} (${column.presence}; from ${column.from})`),
    ),
  ];
}
