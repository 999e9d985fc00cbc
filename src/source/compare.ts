import type { NightjarError } from '../error/nightjar-error.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import type { DeclaredType } from '../pipeline/declared-type.ts';
import type { SourceColumn } from '../pipeline/source-table.ts';
import { nearest } from './nearest.ts';
import type { LiveColumn, LiveTable, TableToRead } from './source.ts';

/** The only storage engine of MySQL whose tables stand still inside a snapshot. */
const engineWithSnapshots = 'InnoDB';

/**
 * What differs between the declared tables and those of the live source: tables and columns that are missing (with the
 * nearest name), retyped, narrowed or of a type without an entry in the type map; engines without a snapshot. Empty
 * where all is well. Columns and tables that the source has beyond the declared ones do not matter.
 *
 * @param live what `describe` gave for the schemas concerned.
 */
export function compareTables(
  connection: string,
  tables: readonly TableToRead[],
  live: readonly LiveTable[],
): NightjarError[] {
  return tables.flatMap((table) => {
    const inSchema = live.filter((candidate) => candidate.schema === table.schema);
    const found = inSchema.find((candidate) => candidate.table === table.declared.table);
    if (found !== undefined) return compareTable(table, found);
    const near = nearest(
      table.declared.table,
      inSchema.map((candidate) => candidate.table),
    );
    return nightjarError('NJ-SOURCE-TABLE-MISSING', { connection, table: printTable(table), nearest: near });
  });
}

/** What differs between one declared table and the live one. */
export function compareTable(table: TableToRead, live: LiveTable): NightjarError[] {
  const errors = compareTypes(table, live.columns);
  if (live.engine !== undefined && live.engine !== engineWithSnapshots) {
    errors.unshift(nightjarError('NJ-SOURCE-ENGINE', { table: printTable(table), engine: live.engine }));
  }
  return errors;
}

/** What differs between the declared columns of one table and the live ones. */
export function compareTypes(table: TableToRead, live: readonly LiveColumn[]): NightjarError[] {
  const printed = printTable(table);
  return table.declared.columns.flatMap((column) => compareColumn(printed, column, live));
}

/** `tcs.PersonOwner`, for messages. */
export function printTable(table: TableToRead): string {
  return `${table.schema}.${table.declared.table}`;
}

function compareColumn(table: string, declared: SourceColumn, live: readonly LiveColumn[]): NightjarError[] {
  const { column } = declared;
  const found = live.find((candidate) => candidate.name === column);
  if (found === undefined) {
    const names = live.map((candidate) => candidate.name);
    return [nightjarError('NJ-SOURCE-COLUMN-MISSING', { table, column, nearest: nearest(column, names) })];
  }
  if (found.type === undefined) {
    return [nightjarError('NJ-SOURCE-TYPE-UNKNOWN', { table, column, found: found.printed })];
  }
  const details = { table, column, declared: declared.type.text, found: found.printed };
  switch (fit(found, declared.type)) {
    case 'fits':
      return [];
    case 'narrowed':
      return [nightjarError('NJ-SOURCE-COLUMN-NARROWED', details)];
    case 'retyped':
      return [nightjarError('NJ-SOURCE-COLUMN-RETYPED', details)];
  }
}

/** Whether a live column still is what was declared: at least as wide, of the same raw type. */
export function fit(live: LiveColumn, declared: DeclaredType): 'fits' | 'narrowed' | 'retyped' {
  const types = live.type === undefined ? [] : [live.type, ...live.alternatives];
  const alike = types.filter((type) => type.raw === declared.raw);
  if (alike.length === 0) return 'retyped';
  return alike.some((type) => isAsWide(type, declared)) ? 'fits' : 'narrowed';
}

function isAsWide(type: DeclaredType, declared: DeclaredType): boolean {
  return declared.capacity.every(
    (capacity, index) => (type.capacity[index] ?? Number.POSITIVE_INFINITY) >= capacity,
  );
}
