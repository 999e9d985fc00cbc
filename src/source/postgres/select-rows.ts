import type { RawType } from '../../pipeline/raw-type.ts';
import type { SourceColumn, SourceTable } from '../../pipeline/source-table.ts';
import { qualified, quoteIdentifier } from './identifier.ts';

/**
 * The cast of each raw type. The session's time zone is UTC, so that a timestamp with time zone becomes what UTC's
 * clocks showed.
 */
const casts: Readonly<Record<RawType, string>> = {
  int8: 'pg_catalog.int8',
  numeric: 'pg_catalog.numeric',
  float4: 'pg_catalog.float4',
  float8: 'pg_catalog.float8',
  bool: 'pg_catalog.bool',
  date: 'pg_catalog.date',
  timestamp: 'pg_catalog.timestamp',
  interval: 'pg_catalog.interval',
  text: 'pg_catalog.text',
  bytea: 'pg_catalog.bytea',
};

/** A column's value, cast to its raw type. */
export function rawValue({ column, type }: SourceColumn): string {
  return `${quoteIdentifier(column)}::${casts[type.raw]}`;
}

/** The COPY of a table's declared columns in their order, each cast to its raw type, then nightjar_repaired. */
export function copyRows(schema: string, table: SourceTable): string {
  const list = [...table.columns.map(rawValue), 'NULL::pg_catalog.text'].join(', ');
  return `COPY (SELECT ${list} FROM ${qualified(schema, table.table)}) TO STDOUT (FORMAT binary)`;
}

/** No row, but the types of the declared columns; takes the table's lock. */
export function selectTypes(schema: string, table: SourceTable): string {
  const columns = table.columns.map(({ column }) => quoteIdentifier(column));
  return `SELECT ${columns.join(', ')} FROM ${qualified(schema, table.table)} LIMIT 0`;
}

/** The number of a table's rows, in the same snapshot. */
export function countRows(schema: string, table: SourceTable): string {
  return `SELECT pg_catalog.count(*) FROM ${qualified(schema, table.table)}`;
}
