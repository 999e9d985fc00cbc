import type { RawType } from '../../pipeline/raw-type.ts';
import type { SourceTable } from '../../pipeline/source-table.ts';
import type { CellFormat } from './cell-encoders.ts';
import { qualifiedName, quoteName } from './identifier.ts';

/** The SELECT of a table's declared columns, in their order. */
export function selectRows(schema: string, table: SourceTable, format: CellFormat): string {
  const columns = table.columns.map(({ column, type }) => selected(quoteName(column), type.raw, format));
  return `SELECT ${columns.join(', ')} FROM ${qualifiedName(schema, table.table)}`;
}

/** An expression, so that its value arrives exactly. */
export function selected(sql: string, raw: RawType, format: CellFormat): string {
  // The text of a FLOAT has six digits: 16777215 would arrive as 16777200.
  return raw === 'float4' && format === 'text' ? `CAST(${sql} AS DOUBLE)` : sql;
}

/** The number of a table's rows, in the same snapshot. */
export function countRows(schema: string, table: SourceTable): string {
  return `SELECT COUNT(*) FROM ${qualifiedName(schema, table.table)}`;
}
