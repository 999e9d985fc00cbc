import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * What becomes of a line: `cut`, both ends are closed; `reset`, both are reset; `half open`, nothing is handed on any
 * more and nobody is told; `slow`, every piece comes late.
 */
export const lineFaults = ['cut', 'reset', 'half open', 'slow'] as const;
export type LineFault = (typeof lineFaults)[number];

export interface LineProxy extends AsyncDisposable {
  readonly port: number;
  /** Bytes that went through, both ways, of all connections. */
  readonly bytes: number;
  /** Resolves when the fault has happened. */
  readonly happened: Promise<void>;
}

/** How late a piece comes on a slow line, in milliseconds. */
const lateness = 20;

/** A proxy before a server that hurts the connection on which the n-th byte of all goes, and no other. */
export async function startLineProxy(
  server: { readonly host: string; readonly port: number },
  fault: LineFault,
  after: number,
): Promise<LineProxy> {
  const sockets = new Set<Socket>();
  const happened = Promise.withResolvers<undefined>();
  let bytes = 0;
  let isDone = false;
  const listener = createServer((client) => {
    const upstream = connect(server.port, server.host);
    let state: 'well' | LineFault = 'well';
    const forward = (from: Socket, to: Socket) => (piece: Buffer) => {
      bytes += piece.length;
      if (!isDone && bytes >= after) {
        isDone = true;
        state = fault;
        happened.resolve(undefined);
      }
      if (state === 'well') to.write(piece);
      else if (state === 'slow') {
        from.pause();
        setTimeout(() => {
          to.write(piece);
          from.resume();
        }, lateness);
      } else if (state === 'cut') for (const end of [client, upstream]) end.destroy();
      else if (state === 'reset') for (const end of [client, upstream]) end.resetAndDestroy();
    };
    client.on('data', forward(client, upstream));
    upstream.on('data', forward(upstream, client));
    const pairs: readonly (readonly [Socket, Socket])[] = [
      [client, upstream],
      [upstream, client],
    ];
    for (const [one, other] of pairs) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        if (state !== 'half open') other.destroy();
      });
    }
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get bytes() {
      return bytes;
    },
    happened: happened.promise,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}
