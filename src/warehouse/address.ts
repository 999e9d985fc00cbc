import type { ServerAddress, WarehouseDeclaration } from '../pipeline/deployment.ts';

/** Where the warehouse is and who we are there, looked up anew each time we connect. */
export interface WarehouseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly ssl: false | { readonly rejectUnauthorized: true; readonly ca?: string };
}

export function warehouseAddress(declared: WarehouseDeclaration): WarehouseAddress {
  const host = declared.host.resolve();
  return {
    host,
    port: Number(declared.port.resolve()),
    database: declared.database.resolve(),
    user: declared.user.resolve(),
    password: declared.password.resolve(),
    ssl: encryption(declared, host),
  };
}

/** Encrypted and verified beyond loopback, unless the file says otherwise. */
function encryption(declared: ServerAddress, host: string): WarehouseAddress['ssl'] {
  switch (declared.tls.mode) {
    case 'off':
      return false;
    case 'verify':
      return declared.tls.ca === undefined
        ? { rejectUnauthorized: true }
        : { rejectUnauthorized: true, ca: declared.tls.ca.resolve() };
    case 'default':
      return isLoopback(host) ? false : { rejectUnauthorized: true };
  }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host) || host.startsWith('/');
}

/** `host:port/database`, for messages. */
export function printAddress(address: Pick<WarehouseAddress, 'host' | 'port' | 'database'>): string {
  return `${address.host}:${address.port}/${address.database}`;
}
