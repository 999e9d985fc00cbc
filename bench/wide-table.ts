import mysql from 'mysql2/promise';
import type { MariadbBench } from './servers.ts';

/** Twenty columns of mixed types, as operational tables have them: name, MySQL type, SQL of the value of row `seq`. */
const columns: readonly (readonly [name: string, type: string, value: string])[] = [
  ['id', 'bigint primary key', 'seq'],
  ['parent_id', 'bigint', 'seq div 7'],
  ['code', 'int', 'seq % 1000'],
  ['small', 'smallint', 'seq % 30000'],
  ['flag', 'bit(1)', 'seq % 2'],
  ['active', 'tinyint(1)', 'seq % 3 = 0'],
  ['state', "enum('DRAFT','APPROVED')", '1 + seq % 2'],
  ['title', 'varchar(255)', "concat('Title of row ', seq)"],
  ['forenames', 'varchar(255)', "concat('Forename-', seq % 5000, ' ', seq % 77)"],
  ['surname', 'varchar(255)', "concat('Sürname-', seq % 9000)"],
  ['email', 'varchar(255)', "concat('person.', seq, '@example.test')"],
  ['address', 'varchar(255)', "if(seq % 4 = 0, null, concat(seq % 300, ' Example Street, Townsworth'))"],
  ['note', 'text', "if(seq % 5 = 0, repeat('lorem ipsum ', 5), null)"],
  ['share', 'float', '(seq % 11) / 10'],
  ['amount', 'decimal(10,2)', 'seq % 100000 / 7'],
  ['born', 'date', "date_add('1950-01-01', interval seq % 20000 day)"],
  ['starts', 'date', "if(seq % 6 = 0, null, date_add('2015-01-01', interval seq % 4000 day))"],
  ['added', 'datetime', "date_add('2018-01-01', interval seq second)"],
  ['amended', 'datetime(3)', "date_add('2019-01-01', interval seq * 1001000 microsecond)"],
  ['uuid', 'varchar(36)', "concat('00000000-0000-4000-8000-', lpad(seq, 12, '0'))"],
];

export const wideTable = {
  database: 'bench',
  table: 'wide',
  names: columns.map(([name]) => name),
  /** For the warehouse of the native pipe: what `\copy` of text can fill. */
  postgresTypes: [
    'bigint',
    'bigint',
    'integer',
    'smallint',
    'smallint',
    'smallint',
    'text',
    'text',
    'text',
    'text',
    'text',
    'text',
    'text',
    'real',
    'numeric(10,2)',
    'date',
    'date',
    'timestamp',
    'timestamp(3)',
    'text',
  ],
  /** As a pipeline declares them. */
  declared: [
    'bigint',
    'bigint',
    'integer',
    'smallint',
    'boolean',
    'boolean',
    'text',
    'varchar(255)',
    'varchar(255)',
    'varchar(255)',
    'varchar(255)',
    'varchar(255)',
    'text',
    'real',
    'numeric(10,2)',
    'date',
    'date',
    'timestamp',
    'timestamp(3)',
    'varchar(36)',
  ],
  /** The SELECT of the native pipe: bits as numbers, for text has no bits. */
  nativeSelect: `select ${columns.map(([name]) => (name === 'flag' ? 'flag+0' : name)).join(', ')} from bench.wide`,
};

/** A table for what the other ways load. */
export function nativeTable(): string {
  const columns = wideTable.names.map((name, index) => `${name} ${wideTable.postgresTypes[index] ?? 'text'}`);
  return `create unlogged table native (${columns.join(', ')})`;
}

/** What was loaded must be the same, or a time says nothing. */
export function wideSums(table: string): string {
  return `select count(*) as rows, sum(id) as ids, sum(amount) as amounts, sum(length(surname)) as letters, max(amended) as latest from ${table}`;
}

/** Makes the table with so many rows. */
export async function makeWideTable(server: MariadbBench, rows: number): Promise<void> {
  const { host, port, user, password } = server;
  const connection = await mysql.createConnection({ host, port, user, password });
  try {
    await connection.query('create database if not exists bench character set utf8mb4');
    await connection.query('use bench');
    await connection.query('drop table if exists wide');
    await connection.query(
      `create table bench.wide (${columns.map(([name, type]) => `${name} ${type}`).join(', ')}) engine = InnoDB`,
    );
    const step = 100_000;
    for (let from = 1; from <= rows; from += step) {
      const to = Math.min(rows, from + step - 1);
      await connection.query(
        `insert into bench.wide select ${columns.map(([, , value]) => value).join(', ')} from seq_${from}_to_${to}`,
      );
    }
  } finally {
    await connection.end();
  }
}
