import { quoteName, quoteText } from '../database/quote.ts';
import type { Column, Table } from './table.ts';

/** The only real table that declares no character set of its own and so took its server's default. */
const followsServer = new Set(['LocalOfficeNameMapping']);

/** `CREATE TABLE` for MySQL and MariaDB, to be run with sql_mode ANSI_QUOTES. */
export function mysqlCreateTable(qualifiedName: string, table: Table, comment: string): string {
  const parts = [
    ...table.columns.map(columnLine),
    `PRIMARY KEY (${names(table.primaryKey)})`,
    ...table.indexes.map(
      (index) => `${index.unique ? 'UNIQUE KEY' : 'KEY'} ${quoteName(index.name)} (${names(index.columns)})`,
    ),
  ];
  const collation = followsServer.has(table.name) ? 'utf8mb4_unicode_ci' : 'utf8mb3_general_ci';
  const charset = collation.slice(0, collation.indexOf('_'));
  return (
    `CREATE TABLE ${qualifiedName} (\n  ${parts.join(',\n  ')}\n) ENGINE=InnoDB ` +
    `DEFAULT CHARSET=${charset} COLLATE=${collation} COMMENT=${quoteText(comment)}`
  );
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
