import { tokenDigest } from '../../src/cli/person.ts';
import type { MariadbShop } from './mariadb-shop.ts';
import type { ShopNights } from './shop-nights.ts';

/** The personal token of the one who may approve in a deployment of `shopDeployment`. */
export const testToken = 'nj_a-token-of-a-test';

/** The secrets that a deployment of `shopDeployment` looks up. */
export function commandVariables(shop: ShopNights, maria?: MariadbShop): NodeJS.ProcessEnv {
  return {
    POSTGRES_PASSWORD: shop.source.password,
    ...(maria && { MARIADB_PASSWORD: maria.database.password }),
    WAREHOUSE_PASSWORD: shop.warehouse.address.password,
  };
}

/** A deployment file of one environment, `test`: see `environmentFile`. */
export function shopDeployment(...about: Parameters<typeof environmentFile>): string {
  // JSON is YAML.
  return JSON.stringify({ environments: { test: environmentFile(...about) } });
}

/**
 * An environment of a deployment file, which reads the shop from PostgreSQL or from MariaDB.
 *
 * @param more of the environment's own settings.
 */
export function environmentFile(
  maria: MariadbShop | undefined,
  shop: ShopNights,
  more: Readonly<Record<string, unknown>> = {},
): object {
  const { source } = shop;
  const { address, consumers } = shop.warehouse;
  return {
    pipeline: 'shop',
    time_zone: 'Europe/London',
    ...(maria === undefined ? fromPostgres(source) : fromMariadb(maria.database)),
    warehouse: {
      ...{ host: address.host, port: address.port, user: address.user },
      ...{ password: '${WAREHOUSE_PASSWORD}', database: address.database },
    },
    schema: 'shop_view',
    people: { tester: { token_digest: tokenDigest(testToken) } },
    consumers: Object.fromEntries(
      consumers.map(({ name, description, logins, pin, reads }) => [
        name,
        { description, logins, pin, reads },
      ]),
    ),
    ...more,
  };
}

function fromPostgres({ host, port, user, database }: ShopNights['source']): object {
  const password = '${POSTGRES_PASSWORD}';
  return {
    connections: { shop: { kind: 'postgres', host, port, user, password, database } },
    sources: { shop: { connection: 'shop', schema: 'shop' } },
  };
}

function fromMariadb({ host, port, user, database }: MariadbShop['database']): object {
  return {
    connections: { shop: { kind: 'mysql', host, port, user, password: '${MARIADB_PASSWORD}' } },
    sources: { shop: { connection: 'shop', schema: database } },
    row_limit: 1024,
  };
}
