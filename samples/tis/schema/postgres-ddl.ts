import { quoteName, quoteText } from '../database/quote.ts';
import type { Column, Table } from './table.ts';

/** Table and comment; keys and indexes come after the rows, see `postgresIndexes`. */
export function postgresCreateTable(qualifiedName: string, table: Table, comment: string): string[] {
  return [
    `CREATE TABLE ${qualifiedName} (\n  ${table.columns.map(columnLine).join(',\n  ')}\n)`,
    `COMMENT ON TABLE ${qualifiedName} IS ${quoteText(comment)}`,
  ];
}

/** Built on full tables, which is several times faster than keeping them up row by row. */
export function postgresIndexes(qualifiedName: string, table: Table): string[] {
  return [
    `ALTER TABLE ${qualifiedName} ADD PRIMARY KEY (${table.primaryKey.map(quoteName).join(', ')})`,
    ...table.indexes.map((index) => {
      // Index names are unique in a PostgreSQL schema, in MySQL only in their table.
      const name = quoteName(`${table.name}_${index.name}`.slice(0, 63));
      const columns = index.columns.map(quoteName).join(', ');
      return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${name} ON ${qualifiedName} (${columns})`;
    }),
  ];
}

function columnLine(column: Column): string {
  const check = column.type.startsWith('enum')
    ? ` CHECK (${quoteName(column.name)} IN ${column.type.slice('enum'.length)})`
    : '';
  const fallback =
    column.defaultValue === undefined ? '' : ` DEFAULT ${postgresDefault(column.defaultValue)}`;
  return `${quoteName(column.name)} ${postgresType(column.type)}${column.notNull ? ' NOT NULL' : ''}${fallback}${check}`;
}

/**
 * What each MySQL type becomes. `tinyint(1)` stays a number, since MySQL's is one and the sample should give the same
 * values from both systems; only `bit(1)` is a boolean. `datetime` and `timestamp` are both without a zone: TIS keeps
 * UTC in each. An `enum` is text with a CHECK.
 */
export function postgresType(mysqlType: string): string {
  const [, word, size] = /^(\w+)(?:\((.*)\))?$/.exec(mysqlType) ?? [];
  switch (word) {
    case 'bigint':
      return 'bigint';
    case 'int':
      return 'integer';
    case 'tinyint':
      return 'smallint';
    case 'bit':
      return 'boolean';
    case 'float':
      return 'real';
    case 'varchar':
      return `varchar(${size ?? '255'})`;
    case 'text':
    case 'enum':
      return 'text';
    case 'date':
      return 'date';
    case 'datetime':
    case 'timestamp':
      return `timestamp(${size ?? '0'})`;
    default:
      throw new Error(`The sample has no PostgreSQL type for ${mysqlType}.`);
  }
}

function postgresDefault(mysqlDefault: string): string {
  const clock = /^current_timestamp\((\d?)\)$/.exec(mysqlDefault);
  if (clock !== null) return `localtimestamp(${clock[1] === '' ? '0' : (clock[1] ?? '0')})`;
  if (mysqlDefault === "b'0'") return 'false';
  if (mysqlDefault === "b'1'") return 'true';
  return mysqlDefault;
}
