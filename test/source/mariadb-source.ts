import { mysqlConnection } from '../../src/source/mysql/mysql-connection.ts';
import type { SourceConnection } from '../../src/source/source.ts';
import type { MariadbAddress } from '../harness/address.ts';

/** A MariaDB of the harness as a source, or with other credentials or another port. */
export function mariadbSource(
  address: MariadbAddress,
  changes: {
    readonly user?: string;
    readonly password?: string;
    readonly port?: number;
    readonly host?: string;
  } = {},
): SourceConnection {
  const { host, port, user, password } = { ...address, ...changes };
  return mysqlConnection({ name: 'tis', server: () => ({ host, port, user, password, tls: undefined }) });
}
