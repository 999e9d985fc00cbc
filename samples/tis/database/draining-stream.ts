import { Readable, type Writable } from 'node:stream';

/**
 * Chunks for a driver that writes whatever it is given to its socket without asking whether the socket keeps up, as
 * mysql2 does for LOAD DATA LOCAL: the next chunk is made only when the socket has drained. Without this the whole
 * table would pile up in memory.
 */
export function drainingStream(chunks: Iterable<Buffer>, socket: Writable): Readable {
  const iterator = chunks[Symbol.iterator]();
  return new Readable({
    highWaterMark: 1,
    read() {
      const push = () => {
        try {
          const next = iterator.next();
          this.push(next.done === true ? null : next.value);
        } catch (error) {
          this.destroy(error instanceof Error ? error : new Error(String(error)));
        }
      };
      if (socket.writableNeedDrain) socket.once('drain', push);
      else setImmediate(push);
    },
  });
}
