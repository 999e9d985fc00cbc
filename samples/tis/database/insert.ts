import { literal } from './bind.ts';
import type { Cell, Row } from './cell.ts';
import { quoteName } from './quote.ts';

/** Below the 16 MB that a server takes in one packet unless told otherwise, by far. */
const statementLength = 256 * 1024;

/** The slower way in, for servers that refuse LOAD DATA and for the few rows of one day: INSERTs of many rows. */
export function* insertStatements(
  table: string,
  columns: readonly string[],
  rows: Iterable<Row>,
  dialect: 'mysql' | 'postgres',
): Iterable<{ sql: string; rows: number }> {
  const head = `INSERT INTO ${table} (${columns.map(quoteName).join(', ')}) VALUES\n`;
  let sql = '';
  let count = 0;
  for (const row of rows) {
    sql += `${sql === '' ? head : ',\n'}(${row.map((cell) => cellLiteral(cell, dialect)).join(', ')})`;
    count += 1;
    if (sql.length >= statementLength) {
      yield { sql, rows: count };
      sql = '';
      count = 0;
    }
  }
  if (sql !== '') yield { sql, rows: count };
}

function cellLiteral(cell: Cell, dialect: 'mysql' | 'postgres'): string {
  if (cell === null || typeof cell !== 'object') return literal(cell, dialect);
  return dialect === 'postgres' ? 'NULL' : literal(cell.lax, dialect);
}
