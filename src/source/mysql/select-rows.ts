import type { SourceTable } from '../../pipeline/source-table.ts';
import { qualifiedName, quoteName } from './identifier.ts';

/** The SELECT of a table's declared columns, in their order. */
export function selectRows(schema: string, table: SourceTable): string {
  const columns = table.columns.map(({ column, type }) =>
    // The text of a FLOAT has six digits: 16777215 would arrive as 16777200.
    type.raw === 'float4' ? `CAST(${quoteName(column)} AS DOUBLE)` : quoteName(column),
  );
  return `SELECT ${columns.join(', ')} FROM ${qualifiedName(schema, table.table)}`;
}

/** The number of a table's rows, in the same snapshot. */
export function countRows(schema: string, table: SourceTable): string {
  return `SELECT COUNT(*) FROM ${qualifiedName(schema, table.table)}`;
}
