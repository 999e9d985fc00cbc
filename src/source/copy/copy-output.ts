import type { Writable } from 'node:stream';
import { viewOf } from './bytes.ts';
import { bufferSize, giveBuffer, takeBuffer } from './spare-buffers.ts';

/** With so many bytes on their way the source has to wait. */
const inFlightLimit = 3 * bufferSize;
/**
 * A shorter piece may still be waiting in a socket when its callback comes (a socket accepts what is below its
 * high-water mark, 64 KiB, without having sent it), so its memory is not written to again before the end.
 */
const smallestReused = 128 * 1024;

export interface Backpressure {
  /** The sink is full: stop the source. What is on its way may still be written. */
  readonly pause: () => void;
  /** There is room again. */
  readonly resume: () => void;
}

/**
 * Gathers the bytes of one binary COPY in a few buffers that are used again and again, by the next COPY too. A row is written in place:
 * `room`, then bytes into `target` from `at` on, then `commit`.
 */
export class CopyOutput {
  /** The buffer of the row that is being written. */
  target: DataView;
  /** Where the next row begins. */
  at = 0;
  /** Bytes handed to the sink so far. */
  bytes = 0;
  readonly #sink: Writable;
  readonly #backpressure: Backpressure;
  /** What was handed over in pieces too short to be written to again until the sink has finished. */
  readonly #short: Buffer[] = [];
  #buffer: Buffer;
  #inFlight = 0;
  #paused = false;

  constructor(sink: Writable, backpressure: Backpressure) {
    this.#sink = sink;
    this.#backpressure = backpressure;
    this.#buffer = takeBuffer();
    this.target = viewOf(this.#buffer);
  }

  /** Adds bytes as they are. */
  append(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.#buffer.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Makes sure that `size` bytes can be written from `at` on; hands over what is full. */
  room(size: number): void {
    if (this.at + size <= this.#buffer.length) return;
    this.#flush();
    this.#buffer = size <= bufferSize ? takeBuffer() : Buffer.allocUnsafeSlow(size);
    this.target = viewOf(this.#buffer);
    this.at = 0;
  }

  /** Like `room`, in the middle of a row of which the bytes `[at, written)` are there: they move along. */
  roomWithin(written: number, size: number): number {
    if (written + size <= this.#buffer.length) return written;
    const row = Buffer.from(this.#buffer.subarray(this.at, written));
    this.room(row.length + size);
    this.#buffer.set(row, this.at);
    return this.at + row.length;
  }

  /** The row ends before `behind`. */
  commit(behind: number): void {
    this.at = behind;
  }

  /** Hands over the rest, ends the sink, and waits until it has finished. The caller watches the sink for errors. */
  end(): Promise<void> {
    this.#flush();
    return new Promise((resolve) => {
      this.#sink.end(() => {
        // After a failure nobody knows what is still read.
        if (this.#sink.writableFinished) for (const buffer of this.#short.splice(0)) giveBuffer(buffer);
        resolve();
      });
    });
  }

  #flush(): void {
    if (this.at === 0) return;
    const buffer = this.#buffer;
    const length = this.at;
    this.bytes += length;
    this.#inFlight += length;
    this.#sink.write(buffer.subarray(0, length), (error) => {
      if (error === undefined || error === null) this.#taken(buffer, length);
    });
    if (this.#inFlight >= inFlightLimit && !this.#paused) {
      this.#paused = true;
      this.#backpressure.pause();
    }
  }

  #taken(buffer: Buffer, length: number): void {
    this.#inFlight -= length;
    if (length >= smallestReused) giveBuffer(buffer);
    else this.#short.push(buffer);
    if (this.#paused && this.#inFlight < inFlightLimit) {
      this.#paused = false;
      this.#backpressure.resume();
    }
  }
}
