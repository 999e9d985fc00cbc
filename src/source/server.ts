import type { Encryption } from '../pipeline/encryption.ts';

/** A server's address and credentials, looked up at the moment of connecting. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly tls: Encryption | undefined;
}
