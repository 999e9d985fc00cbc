import { createServer } from 'node:net';
import type { KeeperAnswer } from './keeper-protocol.ts';

const ATTEMPTS = 10;

/**
 * Starts a server on a free port of 127.0.0.1. Another program may take a port between our look and the server's, so
 * that a server that finds its port in use is started again on another one.
 */
export async function serveOnFreePort(
  serve: (port: number) => Promise<KeeperAnswer>,
): Promise<{ port: number; answer: KeeperAnswer }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const answer = await serve(port);
    if (answer.ok || !saysPortInUse(answer) || attempt === ATTEMPTS) return { port, answer };
  }
}

export function saysPortInUse(answer: KeeperAnswer): boolean {
  return answer.output.includes('Address already in use');
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => {
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return promise;
}
