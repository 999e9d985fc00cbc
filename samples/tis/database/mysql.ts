import { connect as connectSocket, type Socket } from 'node:net';
import { createConnection, type Connection } from 'mysql2/promise';
import { mysqlAddIndexes, mysqlCreateTable } from '../schema/mysql-ddl.ts';
import { databaseNames, type DatabaseName, type Table } from '../schema/table.ts';
import { bind } from './bind.ts';
import type { Row } from './cell.ts';
import { drainingStream } from './draining-stream.ts';
import { encodeRows } from './encode.ts';
import { insertStatements } from './insert.ts';
import { quoteName, quoteText } from './quote.ts';
import type { SampleDatabase, SqlValue, TextRecord } from './sample-database.ts';
import type { MysqlTarget } from './target.ts';

/**
 * Session settings, all ours. ANSI_QUOTES lets one SQL text serve both systems; without strict mode and with
 * ALLOW_INVALID_DATES the impossible dates get in (H11). Zone UTC, since TIS keeps UTC.
 */
const sessionSettings = [
  "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,ALLOW_INVALID_DATES,PIPES_AS_CONCAT'",
  "SET SESSION time_zone = '+00:00'",
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** Codes of a server that was told to refuse LOAD DATA LOCAL, as MySQL 8 is when installed. */
const localLoadRefused = new Set([1148, 3948, 4166]);

export async function connectMysql(target: MysqlTarget): Promise<SampleDatabase> {
  const socket = connectSocket(target.port, target.host);
  socket.setNoDelay(true);
  const connection = await createConnection({
    host: target.host,
    port: target.port,
    user: target.user,
    password: target.password,
    stream: socket,
    charset: 'utf8mb4',
    multipleStatements: false,
    typeCast: (field) => field.string('utf8'),
  });
  for (const statement of sessionSettings) await connection.query(statement);
  return new MysqlSample(target, connection, socket);
}

class MysqlSample implements SampleDatabase {
  readonly kind = 'mysql';
  readonly #prefix: string;
  readonly #connection: Connection;
  readonly #socket: Socket;

  constructor(target: MysqlTarget, connection: Connection, socket: Socket) {
    this.#prefix = target.prefix === undefined || target.prefix === '' ? '' : `${target.prefix}_`;
    this.#connection = connection;
    this.#socket = socket;
  }

  name(database: DatabaseName, table: string): string {
    return `${quoteName(this.#prefix + database)}.${quoteName(table)}`;
  }

  async run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    const [result] = await this.#connection.query(bind(sql, values, 'mysql'));
    return 'affectedRows' in result ? result.affectedRows : 0;
  }

  async query(sql: string, values: readonly SqlValue[] = []): Promise<readonly TextRecord[]> {
    const [rows] = await this.#connection.query<(TextRecord & { constructor: { name: 'RowDataPacket' } })[]>(
      bind(sql, values, 'mysql'),
    );
    return rows;
  }

  async load(
    table: Table,
    columns: readonly string[],
    rows: Iterable<Row>,
    onRows?: (rows: number) => void,
  ): Promise<number> {
    let count = 0;
    const counted = (more: number) => {
      count += more;
      onRows?.(more);
    };
    const target = this.name(table.database, table.name);
    try {
      await this.#connection.query({
        sql:
          `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${target} CHARACTER SET utf8mb4 ` +
          `FIELDS TERMINATED BY '\t' ESCAPED BY '\\' LINES TERMINATED BY '\n' (${columns.map(quoteName).join(', ')})`,
        infileStreamFactory: () => drainingStream(encodeRows(rows, 'mysql', counted), this.#socket),
      });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.#insert(target, columns, rows, counted);
    }
    return count;
  }

  async #insert(
    target: string,
    columns: readonly string[],
    rows: Iterable<Row>,
    counted: (rows: number) => void,
  ): Promise<void> {
    await this.#connection.query('BEGIN');
    for (const statement of insertStatements(target, columns, rows, 'mysql')) {
      await this.#connection.query(statement.sql);
      counted(statement.rows);
    }
    await this.#connection.query('COMMIT');
  }

  async createTables(tables: readonly Table[], comment: string, many: boolean): Promise<void> {
    for (const database of databaseNames) {
      await this.run(
        `CREATE DATABASE IF NOT EXISTS ${quoteName(this.#prefix + database)} CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci`,
      );
    }
    for (const table of tables) {
      const name = this.name(table.database, table.name);
      await this.run(`DROP TABLE IF EXISTS ${name}`);
      await this.run(mysqlCreateTable(name, table, comment, !many));
    }
  }

  async dropDatabases(): Promise<void> {
    for (const database of databaseNames)
      await this.run(`DROP DATABASE IF EXISTS ${quoteName(this.#prefix + database)}`);
  }

  async finishTable(table: Table, many: boolean): Promise<void> {
    const name = this.name(table.database, table.name);
    // Of a small table the server works out the statistics by itself.
    if (!many) return;
    const indexes = mysqlAddIndexes(name, table);
    if (indexes !== undefined) await this.run(indexes);
    await this.run(`ANALYZE TABLE ${name}`);
  }

  async tableComments(): Promise<readonly TextRecord[]> {
    const names = databaseNames.map((database) => quoteText(this.#prefix + database)).join(', ');
    return this.query(
      `SELECT table_schema AS "database", table_name AS "table", table_comment AS "comment" FROM information_schema.tables WHERE table_schema IN (${names})`,
    );
  }

  async otherTables(): Promise<readonly TextRecord[]> {
    // The databases under its names are its own whole; those beside them it never touches.
    return Promise.resolve([]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.end();
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errno' in error &&
    typeof error.errno === 'number' &&
    localLoadRefused.has(error.errno)
  );
}
