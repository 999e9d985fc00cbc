import { createHash } from 'node:crypto';
import { quoteName } from './database/quote.ts';
import type { SampleDatabase } from './database/sample-database.ts';
import type { Column, Table } from './schema/table.ts';
import { sampleTables } from './schema/tables.ts';

/**
 * A digest of each table's rows, the same whether they lie in MySQL or in PostgreSQL: bits become 0 and 1, and dates
 * that no calendar has become nothing, as they do on the way to PostgreSQL.
 */
export async function fingerprints(database: SampleDatabase): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const table of sampleTables)
    digests[`${table.database}.${table.name}`] = await fingerprint(database, table);
  return digests;
}

export async function fingerprint(database: SampleDatabase, table: Table): Promise<string> {
  const columns = table.columns.map((column) => `${readable(database, column)} AS ${quoteName(column.name)}`);
  const rows = await database.query(
    `SELECT ${columns.join(', ')} FROM ${database.name(table.database, table.name)}`,
  );
  const lines = rows.map((row) =>
    JSON.stringify(table.columns.map((column) => plain(column, row[column.name]))),
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

function readable(database: SampleDatabase, column: Column): string {
  const name = quoteName(column.name);
  if (column.type === 'bit(1)') return `CAST(${name} AS ${database.kind === 'mysql' ? 'UNSIGNED' : 'int'})`;
  return name;
}

function plain(column: Column, value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (/^(date|datetime|timestamp)/.test(column.type)) return onCalendar(value);
  return column.type === 'float' ? String(Number(value)) : value;
}

/** PostgreSQL leaves out the zeros behind the seconds, MySQL writes as many as the column has. */
function onCalendar(value: string): string | null {
  const day = value.slice(0, 10);
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day) return null;
  return value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}
