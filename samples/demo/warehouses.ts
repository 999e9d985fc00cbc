import pg from 'pg';
import { adminSql } from '../../src/warehouse/admin-sql.ts';
import { quoteIdentifier, quoteLiteral } from '../../src/warehouse/identifier.ts';
import { demoConsumers, demoEnvironments, named } from './environments.ts';

export interface DemoServer {
  readonly host: string;
  readonly port: number;
  /** The superuser: only to prepare, as an administrator would. */
  readonly user: string;
  readonly password: string;
  readonly major: number;
}

/** Runs something as the administrator of a database. */
export async function asAdministrator<Result>(
  server: DemoServer,
  database: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const { host, port, user, password } = server;
  const client = new pg.Client({ host, port, user, password, database });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Prepares each environment's warehouse by what `nightjar warehouse sql` prints. Passwords are new at each start. */
export async function prepareWarehouses(server: DemoServer, password: string): Promise<void> {
  for (const { name } of demoEnvironments) {
    const database = named.warehouse(name);
    await ensureDatabase(server, database);
    const consumers = demoConsumers.map((consumer) => ({
      name: consumer.name,
      logins: [named.login(consumer.name, name)],
    }));
    const role = named.role(name);
    await asAdministrator(server, database, async (client) => {
      await client.query(adminSql({ major: server.major, database, role, consumers }));
      for (const login of [role, ...consumers.flatMap((consumer) => consumer.logins)]) {
        await client.query(`alter role ${quoteIdentifier(login)} password ${quoteLiteral(password)}`);
      }
    });
  }
}

/** Makes a database where there is none; says whether it did. */
export async function ensureDatabase(
  server: DemoServer,
  database: string,
  template?: string,
): Promise<boolean> {
  return asAdministrator(server, 'postgres', async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount !== 0) return false;
    const from = template === undefined ? '' : ` template ${quoteIdentifier(template)}`;
    await client.query(`create database ${quoteIdentifier(database)}${from}`);
    return true;
  });
}
