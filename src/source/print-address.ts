import { isIPv6 } from 'node:net';
import type { Server } from './server.ts';

/** `host:port`, as messages print it. */
export function printAddress({ host, port }: Server): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${String(port)}`;
}
