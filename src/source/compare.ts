import type { NightjarError } from '../error/nightjar-error.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import type { DeclaredType } from '../pipeline/declared-type.ts';
import type { SourceColumn } from '../pipeline/source-table.ts';
import { nearest } from './nearest.ts';
import type { LiveColumn, LiveSchema, LiveTable, TableToRead } from './source.ts';

/** The only storage engine of MySQL whose tables stand still inside a snapshot. */
const engineWithSnapshots = 'InnoDB';

/**
 * What differs between the declared tables of a schema and the live ones: the schema, tables and columns that are missing (with the
 * nearest name) or that our user may not read (with the GRANT), retyped, narrowed, made finer or of a type without an entry in the
 * type map; engines without a snapshot, rows
 * that are elsewhere or hidden, views that are broken. Empty where all is well. Columns and tables that the source has beyond the
 * declared ones do not matter.
 *
 * @param tables those of other schemas are left out.
 */
export function compareTables(
  connection: string,
  tables: readonly TableToRead[],
  live: LiveSchema,
): NightjarError[] {
  const here = tables.filter((table) => table.schema === live.schema);
  const { schema, absent } = live;
  if (absent !== undefined && here.length > 0) {
    const { others, grant } = absent;
    const details = { connection, schema, nearest: nearest(schema, others), tables: here.length, grant };
    return [nightjarError('NJ-SOURCE-SCHEMA-MISSING', details)];
  }
  return here.flatMap((table) => {
    const found = live.tables.find((candidate) => candidate.table === table.declared.table);
    return found === undefined
      ? [absentTable(connection, table, live)]
      : compareTable(connection, table, found, live);
  });
}

function absentTable(connection: string, table: TableToRead, live: LiveSchema): NightjarError {
  const { declared } = table;
  const details = {
    connection,
    table: printTable(table),
    nearest: nearest(
      declared.table,
      live.tables.map((candidate) => candidate.table),
    ),
  };
  return live.showsAll
    ? nightjarError('NJ-SOURCE-TABLE-MISSING', details)
    : nightjarError('NJ-SOURCE-TABLE-NOT-SHOWN', { ...details, grant: live.grant(declared.table, []) });
}

/** What differs between one declared table and the live one. */
function compareTable(
  connection: string,
  table: TableToRead,
  found: LiveTable,
  live: LiveSchema,
): NightjarError[] {
  const printed = printTable(table);
  if (found.kind === 'view' && found.columns.length === 0)
    return [nightjarError('NJ-SOURCE-VIEW-BROKEN', { view: printed })];
  const names = found.columns.map((column) => column.name);
  const absent = table.declared.columns.filter(({ column }) => !names.includes(column));
  const readable = new Set(found.columns.filter((column) => column.readable).map((column) => column.name));
  const present = table.declared.columns.filter(({ column }) => names.includes(column));
  const unreadable = present.map(({ column }) => column).filter((column) => !readable.has(column));
  const errors: NightjarError[] = [];
  if (found.engine !== undefined && found.engine !== engineWithSnapshots) {
    errors.push(nightjarError('NJ-SOURCE-ENGINE', { table: printed, engine: found.engine }));
  }
  if (found.isForeign) errors.push(nightjarError('NJ-SOURCE-FOREIGN', { table: printed }));
  if (found.unhide !== undefined)
    errors.push(nightjarError('NJ-SOURCE-ROWS-HIDDEN', { table: printed, unhide: found.unhide }));
  const typed = found.showsAll ? table.declared.columns : present;
  errors.push(...typed.flatMap((column) => compareColumn(printed, column, found.columns)));
  if (unreadable.length > 0 && unreadable.length === present.length) {
    const grant = live.grant(table.declared.table, []);
    errors.push(nightjarError('NJ-SOURCE-TABLE-UNREADABLE', { connection, table: printed, grant }));
  } else if (unreadable.length > 0) {
    const grant = live.grant(table.declared.table, unreadable);
    errors.push(nightjarError('NJ-SOURCE-COLUMN-UNREADABLE', { table: printed, columns: unreadable, grant }));
  }
  if (!found.showsAll && absent.length > 0) {
    errors.push(
      nightjarError('NJ-SOURCE-COLUMN-NOT-SHOWN', {
        table: printed,
        columns: absent.map(({ column }) => ({ name: column, nearest: nearest(column, names) })),
        grant: live.grant(
          table.declared.table,
          absent.map(({ column }) => column),
        ),
      }),
    );
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
  const declare = found.type.text;
  const details = { table, column, declared: declared.type.text, found: found.printed, declare };
  switch (fit(found, declared.type)) {
    case 'fits':
      return [];
    case 'narrowed':
      return [nightjarError('NJ-SOURCE-COLUMN-NARROWED', details)];
    case 'finer':
      return [nightjarError('NJ-SOURCE-COLUMN-FINER', details)];
    case 'retyped':
      return [nightjarError('NJ-SOURCE-COLUMN-RETYPED', details)];
  }
}

/** Whether a live column still is what was declared: at least as wide and no finer, of the same raw type. */
export function fit(
  live: Pick<LiveColumn, 'type' | 'alternatives'>,
  declared: DeclaredType,
): 'fits' | 'narrowed' | 'finer' | 'retyped' {
  const types = live.type === undefined ? [] : [live.type, ...live.alternatives];
  const alike = types.filter((type) => type.raw === declared.raw);
  if (alike.length === 0) return 'retyped';
  const wide = alike.filter((type) => isAsWide(type, declared));
  if (wide.length === 0) return 'narrowed';
  return wide.some((type) => isAsCoarse(type, declared)) ? 'fits' : 'finer';
}

function isAsCoarse({ finest = Number.POSITIVE_INFINITY }: DeclaredType, declared: DeclaredType): boolean {
  return declared.finest === undefined || finest <= declared.finest;
}

function isAsWide(type: DeclaredType, declared: DeclaredType): boolean {
  return declared.capacity.every(
    (capacity, index) => (type.capacity[index] ?? Number.POSITIVE_INFINITY) >= capacity,
  );
}
