import { BlockList, isIP } from 'node:net';
import type { ServerAddress } from './deployment.ts';

/** How a connection is encrypted; the server's certificate is always verified. */
export interface Encryption {
  /** `undefined`: by the system's authorities. */
  readonly ca: string | undefined;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Encrypted and verified beyond loopback, unless the file says otherwise. `undefined`: in clear. */
export function encryptionOf({ tls }: Pick<ServerAddress, 'tls'>, host: string): Encryption | undefined {
  switch (tls.mode) {
    case 'off':
      return undefined;
    case 'verify':
      return { ca: tls.ca?.resolve() };
    case 'default':
      return isLoopback(host) ? undefined : { ca: undefined };
  }
}

/**
 * Whether what is sent to a host stays on this machine: `localhost`, an address of loopback, or the folder of a socket.
 * Any other name is not asked about: what it stands for is decided elsewhere, and may change.
 */
export function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return host === 'localhost' || host.startsWith('/');
  return loopback.check(host, version === 4 ? 'ipv4' : 'ipv6');
}
