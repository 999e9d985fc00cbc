import { Writable } from 'node:stream';

/** A stream that keeps what it was given, as it is when it says that it has taken it: not a moment before. */
export class MemorySink extends Writable {
  readonly #pieces: Buffer[] = [];
  readonly #delay: () => Promise<void>;

  constructor(delay: () => Promise<void> = () => Promise.resolve()) {
    super({ highWaterMark: 1 });
    this.#delay = delay;
  }

  override _write(piece: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    void this.#delay().then(() => {
      this.#pieces.push(Buffer.from(piece));
      done();
    });
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}
