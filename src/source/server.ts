/** A server's address and credentials, looked up at the moment of connecting. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Absent: unencrypted. `ca` absent: the system's authorities. Always verified. */
  readonly tls: { readonly ca: string | undefined } | undefined;
}
