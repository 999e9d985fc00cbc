import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { postgresCreateTable, postgresIndexes } from '../schema/postgres-ddl.ts';
import { sampleTables } from '../schema/tables.ts';
import { databaseNames, type DatabaseName, type Table } from '../schema/table.ts';
import { bind } from './bind.ts';
import type { Row } from './cell.ts';
import { encodeRows } from './encode.ts';
import { quoteName, quoteText } from './quote.ts';
import type { SampleDatabase, SqlValue, TextRecord } from './sample-database.ts';
import type { PostgresTarget } from './target.ts';

export async function connectPostgres(target: PostgresTarget): Promise<SampleDatabase> {
  const client = new Client({
    host: target.host,
    port: target.port,
    user: target.user,
    password: target.password,
    database: target.database,
    application_name: 'nightjar sample',
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: () => (text: string) => text },
  });
  await client.connect();
  // A sample can be made again: losing the last second of it in a crash costs nothing.
  await client.query(
    "SET synchronous_commit = off; SET TIME ZONE 'UTC'; SET client_min_messages = warning; SET standard_conforming_strings = on",
  );
  return new PostgresSample(client);
}

class PostgresSample implements SampleDatabase {
  readonly kind = 'postgres';
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  name(database: DatabaseName, table: string): string {
    return `${quoteName(database)}.${quoteName(table)}`;
  }

  async run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    const result = await this.#client.query(bind(sql, values, 'postgres'));
    return result.rowCount ?? 0;
  }

  async query(sql: string, values: readonly SqlValue[] = []): Promise<readonly TextRecord[]> {
    const result = await this.#client.query<TextRecord>(bind(sql, values, 'postgres'));
    return result.rows;
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
    const into = this.#client.query(
      copyFrom(
        `COPY ${this.name(table.database, table.name)} (${columns.map(quoteName).join(', ')}) FROM STDIN`,
      ),
    );
    await pipeline(Readable.from(encodeRows(rows, 'postgres', counted), { objectMode: false }), into);
    return count;
  }

  async createTables(tables: readonly Table[], comment: string): Promise<void> {
    for (const database of databaseNames)
      await this.run(`CREATE SCHEMA IF NOT EXISTS ${quoteName(database)}`);
    for (const table of tables) {
      const name = this.name(table.database, table.name);
      await this.run(`DROP TABLE IF EXISTS ${name}`);
      for (const statement of postgresCreateTable(name, table, comment)) await this.run(statement);
    }
  }

  async dropDatabases(): Promise<void> {
    // Table by table, without CASCADE: nobody's view goes with them unasked.
    for (const table of sampleTables)
      await this.run(`DROP TABLE IF EXISTS ${this.name(table.database, table.name)}`);
    for (const database of databaseNames) await this.run(`DROP SCHEMA IF EXISTS ${quoteName(database)}`);
  }

  async finishTable(table: Table): Promise<void> {
    const name = this.name(table.database, table.name);
    for (const statement of postgresIndexes(name, table)) await this.run(statement);
    await this.run(`ANALYZE ${name}`);
  }

  async tableComments(): Promise<readonly TextRecord[]> {
    const names = databaseNames.map(quoteText).join(', ');
    return this.query(
      'SELECT n.nspname AS "database", c.relname AS "table", obj_description(c.oid, \'pg_class\') AS "comment" FROM pg_class c ' +
        `JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN (${names}) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    );
  }

  async otherTables(): Promise<readonly TextRecord[]> {
    const names = databaseNames.map(quoteText).join(', ');
    return this.query(
      'SELECT n.nspname AS "database", c.relname AS "table" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace ' +
        `WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN (${names}, 'pg_catalog', 'information_schema') ` +
        "AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%' ORDER BY 1, 2",
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end();
  }
}
