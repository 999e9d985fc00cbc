import type { WarehouseDeclaration } from '../pipeline/deployment.ts';
import { encryptionOf } from '../pipeline/encryption.ts';

/** Where the warehouse is and who we are there, looked up anew each time we connect. */
export interface WarehouseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly ssl: false | { readonly rejectUnauthorized: true; readonly ca?: string };
}

/** Throws NJ-CONFIG-SETTING-MISSING, and NJ-CONFIG-VALUE for a port that is none. */
export function warehouseAddress(declared: WarehouseDeclaration): WarehouseAddress {
  const host = declared.host.resolve();
  const encryption = encryptionOf(declared, host);
  return {
    host,
    port: Number(declared.port.resolve()),
    database: declared.database.resolve(),
    user: declared.user.resolve(),
    password: declared.password.resolve(),
    ssl:
      encryption === undefined
        ? false
        : { rejectUnauthorized: true, ...(encryption.ca === undefined ? {} : { ca: encryption.ca }) },
  };
}

/** `host:port/database`, for messages. */
export function printAddress(address: Pick<WarehouseAddress, 'host' | 'port' | 'database'>): string {
  return `${address.host}:${address.port}/${address.database}`;
}
