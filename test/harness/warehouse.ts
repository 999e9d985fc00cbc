import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type {
  ConsumerDeclaration,
  ReadingRules,
  Setting,
  WarehouseDeclaration,
} from '../../src/pipeline/deployment.ts';
import type { WarehouseAddress } from '../../src/warehouse/address.ts';
import { adminSql } from '../../src/warehouse/admin-sql.ts';
import { quoteIdentifier } from '../../src/warehouse/identifier.ts';
import type { PostgresAddress } from './address.ts';
import { administer } from './administrator.ts';
import { inPostgres, temporaryPostgresDatabase, uniqueName } from './databases.ts';

/** A setting with this value, for deployments that tests make in memory. */
export function setting(value: string | number): Setting {
  return { written: '${TEST}', resolve: () => String(value) };
}

/** A warehouse as an administrator prepares it, by what `nightjar warehouse sql` prints: our role is no superuser. */
export interface TestWarehouse extends AsyncDisposable {
  readonly major: number;
  /** As our own role. */
  readonly address: WarehouseAddress;
  readonly declaration: WarehouseDeclaration;
  readonly consumers: readonly ConsumerDeclaration[];
  readonly superuser: { readonly user: string; readonly password: string };
  /** Connects as a login (the first unless said) of a consumer's. The caller ends it. */
  connectAs(consumer: string, login?: number): Promise<pg.Client>;
  /** Something as the superuser, in the warehouse's database. */
  asSuperuser<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result>;
}

export interface TestConsumer {
  readonly name: string;
  readonly reads: readonly string[];
  readonly pin?: 'session' | 'transaction';
  readonly rules?: Partial<ReadingRules>;
  /** How many logins it has; one unless said. */
  readonly logins?: number;
}

/** What a deployment file leaves unsaid. */
export const defaultRules: ReadingRules = {
  importWindow: undefined,
  importBound: 240,
  afterBound: 'switch',
  whenStale: 'read',
  deadline: undefined,
  standbyLag: undefined,
};

export async function testWarehouse(
  server: PostgresAddress,
  wanted: readonly TestConsumer[],
): Promise<TestWarehouse> {
  const database = await temporaryPostgresDatabase(server);
  const suffix = randomBytes(4).toString('hex');
  const role = uniqueName('nightjar');
  const password = randomBytes(12).toString('hex');
  const consumers = wanted.map((one): ConsumerDeclaration => ({
    name: one.name,
    description: `consumer ${one.name}`,
    logins: Array.from(
      { length: one.logins ?? 1 },
      (_, index) => `${one.name}_${suffix}${'abc'.charAt(index - 1)}`,
    ),
    pin: one.pin ?? 'session',
    reads: one.reads,
    rules: { ...defaultRules, ...one.rules },
  }));
  const roles = [role, ...consumers.flatMap((consumer) => consumer.logins)];
  await inPostgres(database, async (client) => {
    await client.query(adminSql({ major: server.major, database: database.database, role, consumers }));
    for (const name of roles)
      await client.query(`alter role ${quoteIdentifier(name)} password '${password}'`);
  });
  const { host, port } = server;
  const address: WarehouseAddress = {
    host,
    port,
    database: database.database,
    user: role,
    password,
    ssl: false,
  };
  return {
    major: server.major,
    address,
    declaration: {
      host: setting(host),
      port: setting(port),
      database: setting(database.database),
      user: setting(role),
      password: setting(password),
      tls: { mode: 'default' },
    },
    consumers,
    superuser: { user: server.user, password: server.password },
    connectAs: async (consumer, index = 0) => {
      const login = consumers.find((one) => one.name === consumer)?.logins[index];
      const client = new pg.Client({ host, port, database: database.database, user: login, password });
      // A test that failed leaves it open, and the database is dropped beneath it.
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    asSuperuser: (work) => inPostgres(database, work),
    [Symbol.asyncDispose]: async () => {
      await database[Symbol.asyncDispose]();
      await administer(server, `drop role if exists ${roles.map(quoteIdentifier).join(', ')}`);
    },
  };
}
