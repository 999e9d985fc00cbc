import { crashPoint } from '../error/crash-point.ts';
import type { RawType } from '../pipeline/raw-type.ts';
import type { SourceTable } from '../pipeline/source-table.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

/** Where a cell was repaired on its way, this column of its raw row says which and how. */
export const repairedColumn = 'nightjar_repaired';

/** PostgreSQL's limit on the columns of a table (MaxHeapAttributeNumber). */
const columnLimit = 1600;

/** The schema of a run's raw tables. */
export function rawSchemaName(run: number): string {
  return `raw_${run}`;
}

export interface RawColumnDefinition {
  readonly name: string;
  readonly type: RawType;
}

/** The columns of a source table's raw table, in the order in which they are copied. */
export function rawColumns(table: SourceTable): readonly RawColumnDefinition[] {
  return [
    ...table.columns.map((column) => ({ name: column.name, type: column.type.raw })),
    { name: repairedColumn, type: 'text' as const },
  ];
}

function checkColumnCount(name: string, columns: readonly RawColumnDefinition[]): void {
  if (columns.length > columnLimit) {
    throw nightjarError('NJ-WAREHOUSE-TOO-MANY-COLUMNS', {
      table: name,
      columns: columns.length,
      limit: columnLimit,
    });
  }
}

/**
 * Makes an empty raw table, in place of one that an earlier attempt left. Unlogged: it is tonight's only, and what it
 * holds is written down and compared before anything reads it. Autovacuum stays away: we analyse it ourselves.
 *
 * @param kind `table` where it will be rolled back: a server that crashes just after an unlogged one was does not start
 * again (what made it is in its log, what undid it not yet: "could not create file … File exists").
 * Throws NJ-WAREHOUSE-TOO-MANY-COLUMNS.
 */
export async function createRawTable(
  session: Session,
  schema: string,
  name: string,
  columns: readonly RawColumnDefinition[],
  kind: 'unlogged table' | 'table' = 'unlogged table',
): Promise<void> {
  checkColumnCount(name, columns);
  const during = `the creation of raw table ${name}`;
  const table = qualified(schema, name);
  const definitions = columns.map((column) => `${quoteIdentifier(column.name)} ${column.type}`).join(', ');
  await session.query(during, `drop table if exists ${table}`);
  await session.query(during, `create ${kind} ${table} (${definitions}) with (autovacuum_enabled = false)`);
}

/** Drops a run's raw tables one by one (all at once can run out of lock slots), then their schema. Never CASCADE. */
export async function dropRawSchema(session: Session, schema: string): Promise<void> {
  const during = `the removal of ${schema}`;
  const tables = await session.query<{ name: string }>(
    during,
    'select tablename as name from pg_tables where schemaname = $1',
    [schema],
  );
  for (const table of tables) {
    await session.query(during, `drop table ${qualified(schema, table.name)}`);
    crashPoint('drop.raw-table-dropped');
  }
  await session.query(during, `drop schema if exists ${quoteIdentifier(schema)}`);
}
