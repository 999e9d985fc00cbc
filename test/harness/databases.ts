import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import pg from 'pg';
import type { MariadbAddress, PostgresAddress } from './address.ts';
import { administer } from './administrator.ts';

/** A name for a database or a role that no other test has: `prefix_0a1b2c3d`. */
export function uniqueName(prefix: string): string {
  return `${prefix}_${randomBytes(4).toString('hex')}`;
}

export interface TemporaryPostgresDatabase extends PostgresAddress, AsyncDisposable {
  readonly database: string;
  /** As the superuser. */
  readonly url: string;
}

/** An empty database of the server's, dropped at the end with whoever is still connected. */
export async function temporaryPostgresDatabase(server: PostgresAddress): Promise<TemporaryPostgresDatabase> {
  const database = uniqueName('test');
  await administer(server, `create database ${database}`);
  const { major, host, port, user, password } = server;
  return {
    ...{ major, host, port, user, password, database },
    url: `postgresql://${user}:${password}@${host}:${port}/${database}`,
    [Symbol.asyncDispose]: () => administer(server, `drop database if exists ${database} with (force)`),
  };
}

/** Runs something as the superuser, in the database `postgres` unless another is named. */
export async function inPostgres<T>(
  server: PostgresAddress & { readonly database?: string },
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...server, database: server.database ?? 'postgres' });
  // A server that is crashed under a test ends the connection: what was asked fails, and that is enough.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export interface TemporaryMariadbDatabase extends MariadbAddress, AsyncDisposable {
  readonly database: string;
}

/** An empty database (utf8mb4) of the server's, dropped at the end. */
export async function temporaryMariadbDatabase(server: MariadbAddress): Promise<TemporaryMariadbDatabase> {
  const database = uniqueName('test');
  await inMariadb(server, (connection) => connection.query(`create database ${database}`));
  const { host, port, user, password } = server;
  return {
    ...{ host, port, user, password, database },
    [Symbol.asyncDispose]: async () => {
      await inMariadb(server, (connection) => connection.query(`drop database if exists ${database}`));
    },
  };
}

/** Whether it is MariaDB, and not MySQL in its place (servers.ts). */
export async function isMariadb(server: MariadbAddress): Promise<boolean> {
  const [[row]] = await inMariadb(server, (connection) =>
    connection.query<mysql.RowDataPacket[]>("select version() like '%MariaDB%' as found"),
  );
  return row?.['found'] === 1;
}

/** Runs something as root. */
export async function inMariadb<T>(
  server: MariadbAddress & { readonly database?: string },
  work: (connection: mysql.Connection) => Promise<T>,
): Promise<T> {
  const { host, port, user, password, database } = server;
  const connection = await mysql.createConnection({
    ...{ host, port, user, password, multipleStatements: true },
    ...(database === undefined ? {} : { database }),
  });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}
