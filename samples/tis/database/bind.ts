import { quoteText } from './quote.ts';
import type { SqlValue } from './sample-database.ts';

/**
 * Puts values in the place of each `?`. Done here, not by the drivers: both systems then get the same text, and
 * mysql2 would escape with backslashes, which this session does not read as such.
 */
export function bind(sql: string, values: readonly SqlValue[], dialect: 'mysql' | 'postgres'): string {
  let at = 0;
  const bound = sql.replaceAll('?', () => {
    const value = values[at];
    at += 1;
    if (value === undefined)
      throw new Error(`The statement has more places than its ${values.length} values: ${sql}`);
    return literal(value, dialect);
  });
  if (at !== values.length)
    throw new Error(`The statement has ${at} places for ${values.length} values: ${sql}`);
  return bound;
}

export function literal(value: SqlValue, dialect: 'mysql' | 'postgres'): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'boolean') return dialect === 'mysql' ? `b'${value ? '1' : '0'}'` : String(value);
  return String(value);
}
