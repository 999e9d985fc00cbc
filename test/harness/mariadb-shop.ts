import type { ConnectionDeclaration, Environment } from '../../src/pipeline/deployment.ts';
import type { MariadbAddress } from './address.ts';
import { inMariadb, temporaryMariadbDatabase } from './databases.ts';
import { testMariadb } from './servers.ts';
import { numbersTo } from './numbers.ts';
import { setting } from './warehouse.ts';

/** The tables of the marked shop in MariaDB, for nights that read them in place of PostgreSQL's. */
export interface MariadbShop extends AsyncDisposable {
  readonly database: MariadbAddress & { readonly database: string };
  /** What makes a night read this source, or read it in another way. */
  environment(changes?: Partial<ConnectionDeclaration>): Pick<Environment, 'connections' | 'sources'>;
  inSource(sql: string): Promise<void>;
  /** Makes the tables anew, with rows that all say `marker`: those of `sourceRows`. */
  renew(marker: string): Promise<void>;
}

const tables = `
  drop table if exists customer, order_line, secret;
  create table customer (id bigint primary key, marker text, email text, age bigint);
  create table order_line (order_no bigint, line_no int, customer_id bigint, marker text, price decimal(10,2),
    primary key (order_no, line_no));
  create table secret (id bigint primary key, marker text);
`;

const rows = `
  insert into customer select seq, '$marker$', concat('$marker$', '@example.invalid'), 30 + seq from ${numbersTo(20)} s;
  insert into order_line select 1 + (seq - 1) div 3, 1 + (seq - 1) mod 3, 1 + (seq - 1) mod 20, '$marker$', 77151999 + seq
    from ${numbersTo(60)} s;
  insert into secret select seq, '$marker$' from ${numbersTo(5)} s;
`;

/** @param on a server of a test's own, in place of the shared one. */
export async function mariadbShop(on?: MariadbAddress): Promise<MariadbShop> {
  const server = on ?? (await testMariadb());
  const database = await temporaryMariadbDatabase(server);
  const { host, port, user, password } = database;
  const declaration: ConnectionDeclaration = {
    ...{ name: 'maria', kind: 'mysql', host: setting(host), port: setting(port) },
    ...{ user: setting(user), password: setting(password), database: undefined },
    ...{ tls: { mode: 'default' }, lockWait: 5, snapshotLimit: 60 },
  };
  const inSource = (sql: string): Promise<void> =>
    inMariadb(database, async (connection) => {
      await connection.query(`set sql_mode = ''; ${sql}`);
    });
  return {
    database,
    environment: (changes) => ({
      connections: [{ ...declaration, ...changes }],
      sources: [{ source: 'shop', connection: 'maria', schema: database.database }],
    }),
    inSource,
    renew: (marker) => inSource(tables + rows.replaceAll('$marker$', marker)),
    // A server of a test's own goes with all that is in it, and may be dead by then.
    [Symbol.asyncDispose]: () => (on === undefined ? database[Symbol.asyncDispose]() : Promise.resolve()),
  };
}
