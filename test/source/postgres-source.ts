import { postgresConnection } from '../../src/source/postgres/postgres-connection.ts';
import type { SourceConnection } from '../../src/source/source.ts';
import type { TemporaryPostgresDatabase } from '../harness/databases.ts';

type Changes = Partial<Pick<TemporaryPostgresDatabase, 'user' | 'password' | 'port' | 'database'>>;

/** A PostgreSQL database of the harness as a source, or with other credentials or another port. */
export function postgresSource(database: TemporaryPostgresDatabase, changes: Changes = {}): SourceConnection {
  const { host, port, user, password, database: name } = { ...database, ...changes };
  return postgresConnection({
    name: 'tis',
    server: () => ({ host, port, user, password, tls: undefined }),
    database: () => name,
  });
}
