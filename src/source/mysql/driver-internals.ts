import { connect, isIP, type Socket as NetSocket } from 'node:net';
import type { Connection, Query } from 'mysql2';

/**
 * The one place that touches what mysql2 does not document, for the pinned version of package.json:
 *
 * - `Query.prototype.row` is called with each row's packet, and gives the handler of the next packet (itself, or null at
 *   the end). Replaced on one query, it lets us take the bytes of a row before anything is made of them.
 * - `Packet`: `buffer`, `offset` (behind the packet's header) and `end` of that row, and `isEOF()`.
 * - `Connection.stream`: the socket. `Connection.pause()` is public, but what it holds back of a chunk loses the number
 *   of packets that a row over 16 MB came in, and the driver then believes that packets are missing.
 * - The driver verifies a certificate for the name it is given, and where that is an IP address for `localhost`. Node
 *   would take the address from the socket's `_host`, which it sets for names only.
 *
 * Each connection proves that this works before anything is read by it (`prove-path.ts`).
 */
interface RowPacket {
  readonly buffer: Uint8Array;
  readonly offset: number;
  readonly end: number;
  readonly isEOF: () => boolean;
}

/** Takes a row: the bytes `buffer[start, end)`, in the text protocol, valid during the call only. */
export type TakeRow = (buffer: Uint8Array, start: number, end: number) => void;

/**
 * Has the rows of a query given to `take` as bytes. Call it right after the query was made.
 *
 * @returns false where this version of the driver has nothing to replace; the query then goes on as it would.
 */
export function takeRowsAsBytes(query: Query, take: TakeRow): boolean {
  const original: unknown = Reflect.get(query, 'row');
  if (typeof original !== 'function') return false;
  const own = (packet: RowPacket, connection: unknown): unknown => {
    if (packet.isEOF()) return Reflect.apply(original, query, [packet, connection]);
    take(packet.buffer, packet.offset, packet.end);
    return own;
  };
  return Reflect.set(query, 'row', own);
}

interface Socket {
  readonly bytesRead: number;
  pause(): unknown;
  resume(): unknown;
  destroy(): unknown;
}

function isSocket(stream: unknown): stream is Socket {
  return (
    typeof stream === 'object' &&
    stream !== null &&
    ['pause', 'resume', 'destroy'].every((method) => typeof Reflect.get(stream, method) === 'function') &&
    'bytesRead' in stream
  );
}

/** The socket of a connection; `undefined` where this version of the driver keeps it elsewhere. */
export function socketOf(connection: Connection): Socket | undefined {
  const stream: unknown = Reflect.get(connection, 'stream');
  return isSocket(stream) ? stream : undefined;
}

/** A socket for the driver's `stream` option, of which Node knows whom its certificate must be for. */
export function connectSocket(host: string, port: number): NetSocket {
  const socket = connect({ host, port, noDelay: true, keepAlive: true });
  if (isIP(host) !== 0) Reflect.set(socket, '_host', host);
  return socket;
}
