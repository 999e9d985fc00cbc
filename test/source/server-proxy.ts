import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

/** What becomes of a piece that the server sent: the bytes to hand on, or nothing any more, or the end of everything. */
export type Verdict = Uint8Array | 'halt' | 'cut';

export interface ServerProxy extends AsyncDisposable {
  readonly port: number;
}

/**
 * A proxy before a database server. `judge` is made anew for each connection and is asked about every piece that comes
 * from the server.
 */
export async function startServerProxy(
  server: { readonly host: string; readonly port: number },
  judge: (connection: number) => (piece: Buffer) => Verdict,
): Promise<ServerProxy> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const listener = createServer((client) => {
    const upstream = connect(server.port, server.host);
    const verdict = judge(connections++);
    let halted = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('data', (piece) => upstream.write(piece));
    upstream.on('data', (piece) => {
      if (halted) return;
      const judged = verdict(piece);
      if (judged === 'halt') halted = true;
      else if (judged === 'cut') client.destroy();
      else client.write(judged);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => {
      if (!halted) client.destroy();
    });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: portOf(listener.address()),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}

function portOf(address: string | AddressInfo | null): number {
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error('the proxy has no port');
}
