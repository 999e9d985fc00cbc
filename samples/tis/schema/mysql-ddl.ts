import { quoteName, quoteText } from '../database/quote.ts';
import type { Column, Index, Table } from './table.ts';

/** The only real table that declares no character set of its own and so took its server's default. */
const followsServer = new Set(['LocalOfficeNameMapping']);

/** `CREATE TABLE` for MySQL and MariaDB, to be run with sql_mode ANSI_QUOTES. */
export function mysqlCreateTable(
  qualifiedName: string,
  table: Table,
  comment: string,
  withIndexes: boolean,
): string {
  const parts = [
    ...table.columns.map(columnLine),
    `PRIMARY KEY (${names(table.primaryKey)})`,
    ...(withIndexes ? table.indexes.map(indexLine) : []),
  ];
  const collation = followsServer.has(table.name) ? 'utf8mb4_unicode_ci' : 'utf8mb3_general_ci';
  const charset = collation.slice(0, collation.indexOf('_'));
  return (
    `CREATE TABLE ${qualifiedName} (\n  ${parts.join(',\n  ')}\n) ENGINE=InnoDB ` +
    `DEFAULT CHARSET=${charset} COLLATE=${collation} COMMENT=${quoteText(comment)}`
  );
}

/** All further indexes of a table that was made without them; undefined if it has none. */
export function mysqlAddIndexes(qualifiedName: string, table: Table): string | undefined {
  if (table.indexes.length === 0) return undefined;
  return `ALTER TABLE ${qualifiedName} ${table.indexes.map((index) => `ADD ${indexLine(index)}`).join(', ')}`;
}

function indexLine(index: Index): string {
  return `${index.unique ? 'UNIQUE KEY' : 'KEY'} ${quoteName(index.name)} (${names(index.columns)})`;
}

function columnLine(column: Column): string {
  // NULL is said aloud: older servers make a silent `timestamp` NOT NULL with a default of their own.
  const nullable = column.notNull ? 'NOT NULL' : 'NULL';
  const fallback = column.defaultValue === undefined ? '' : ` DEFAULT ${column.defaultValue}`;
  return `${quoteName(column.name)} ${column.type} ${nullable}${fallback}`;
}

function names(columns: readonly string[]): string {
  return columns.map(quoteName).join(', ');
}
