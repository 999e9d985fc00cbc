import { sampleError } from './database/sample-error.ts';
import { connectSample } from './database/connect.ts';
import { requireSample } from './database/mark.ts';
import { quoteName, quoteText } from './database/quote.ts';
import type { SampleDatabase } from './database/sample-database.ts';
import type { PostgresTarget, SampleTarget } from './database/target.ts';
import { databaseNames } from './schema/table.ts';
import { sampleTables } from './schema/tables.ts';

export interface Reader {
  readonly name: string;
  readonly password: string;
}

/**
 * Makes (or makes again) an account that may read the tables of a sample and nothing else: SELECT on each table by
 * name. Tables that are made again later need it again.
 */
export async function createReader(target: SampleTarget, reader: Reader): Promise<void> {
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(reader.name)) {
    throw sampleError('A reader has a name of up to 31 small letters, digits and underscores.');
  }
  await using database = await connectSample(target);
  await requireSample(database);
  if (target.kind === 'mysql') await createMysqlReader(database, reader);
  else await createPostgresReader(database, target, reader);
}

async function createMysqlReader(database: SampleDatabase, reader: Reader): Promise<void> {
  // Host included: an anonymous account for localhost, where there is one, would come before '%'.
  for (const host of ['%', 'localhost']) {
    const account = `${quoteText(reader.name)}@${quoteText(host)}`;
    await database.run(`CREATE USER IF NOT EXISTS ${account}`);
    await database.run(`ALTER USER ${account} IDENTIFIED BY ${quoteText(reader.password)}`);
    // Table by table: in a grant on a whole database an underscore of its name stands for any letter.
    for (const table of sampleTables)
      await database.run(`GRANT SELECT ON ${database.name(table.database, table.name)} TO ${account}`);
  }
}

async function createPostgresReader(
  database: SampleDatabase,
  target: PostgresTarget,
  reader: Reader,
): Promise<void> {
  const role = quoteName(reader.name);
  const [existing] = await database.query('SELECT 1 AS found FROM pg_roles WHERE rolname = ?', [reader.name]);
  await database.run(
    `${existing === undefined ? 'CREATE' : 'ALTER'} ROLE ${role} LOGIN PASSWORD ${quoteText(reader.password)}`,
  );
  await database.run(`GRANT CONNECT ON DATABASE ${quoteName(target.database)} TO ${role}`);
  for (const name of databaseNames) await database.run(`GRANT USAGE ON SCHEMA ${quoteName(name)} TO ${role}`);
  for (const table of sampleTables)
    await database.run(`GRANT SELECT ON ${database.name(table.database, table.name)} TO ${role}`);
}
