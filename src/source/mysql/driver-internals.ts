import { connect, isIP, type Socket as NetSocket } from 'node:net';
import type { Connection, FieldPacket, Query } from 'mysql2';
import { WholePackets } from './whole-packets.ts';

/**
 * The one place that touches what mysql2 does not document, for the pinned version of package.json:
 *
 * - `Execute.prototype.buildParserFromFields` is called when the columns of a prepared statement's result are known, and
 *   gives a class; the `next` of an instance is called with the packet of each row. Replaced on one execution, it lets us
 *   take the bytes of a row before anything is made of them.
 * - `Packet`: `buffer`, `offset` (behind the packet's header) and `end` of that row.
 * - `Connection.stream`: the socket. `Connection.pause()` is public, but what it holds back of a chunk loses the number
 *   of packets that a row over 16 MB came in, and the driver then believes that packets are missing.
 * - The driver takes what the socket tells by `data`; with Node's `onread` we tell it ourselves. What it keeps of that are
 *   the names of a result's columns, and pieces of packets that have not come to their end.
 * - The driver verifies a certificate for the name it is given, and where that is an IP address for `localhost`. Node
 *   would take the address from the socket's `_host`, which it sets for names only.
 *
 * Each connection proves that this works before anything is read by it (`open-reader.ts`).
 */
interface RowPacket {
  readonly buffer: Uint8Array;
  readonly offset: number;
  readonly end: number;
}

/** Takes a row: the bytes `buffer[start, end)`, in the binary protocol, valid during the call only. */
export type TakePacket = (buffer: Uint8Array, start: number, end: number) => void;

/**
 * Has the rows of a prepared statement's execution given as bytes, to what `rowsOf` makes of the columns; neither may
 * throw. Call it right after the execution was made. Where another version of the driver calls nothing of the kind, no
 * row comes.
 */
export function takePackets(execution: Query, rowsOf: (fields: readonly FieldPacket[]) => TakePacket): void {
  Reflect.set(execution, 'buildParserFromFields', (fields: unknown) => {
    const take = rowsOf(Array.isArray(fields) ? fields : []);
    return class {
      next(packet: RowPacket): void {
        take(packet.buffer, packet.offset, packet.end);
      }
    };
  });
}

interface Socket {
  pause(): unknown;
  resume(): unknown;
  destroy(): unknown;
  on(event: 'data', listener: (piece: Buffer) => void): unknown;
  off(event: 'data', listener: (piece: Buffer) => void): unknown;
}

function isSocket(stream: unknown): stream is Socket {
  return (
    typeof stream === 'object' &&
    stream !== null &&
    ['pause', 'resume', 'destroy', 'on', 'off'].every(
      (name) => typeof Reflect.get(stream, name) === 'function',
    )
  );
}

/** The socket of a connection; `undefined` where this version of the driver keeps it elsewhere. */
export function socketOf(connection: Connection): Socket | undefined {
  const stream: unknown = Reflect.get(connection, 'stream');
  return isSocket(stream) ? stream : undefined;
}

/** A socket for the driver's `stream` option, and what it gives the driver; encrypted, the driver reads by itself. */
export interface PacketSocket {
  readonly socket: NetSocket;
  readonly packets: WholePackets;
}

/** Connects a socket of which Node knows whom its certificate must be for. */
export function connectSocket(host: string, port: number): PacketSocket {
  const packets = new WholePackets((piece) => socket.emit('data', piece));
  const take = (bytes: number): boolean => {
    packets.take(bytes);
    return true;
  };
  const onread = { buffer: () => packets.room, callback: take };
  const socket = connect({ host, port, noDelay: true, keepAlive: true, onread });
  if (isIP(host) !== 0) Reflect.set(socket, '_host', host);
  return { socket, packets };
}
