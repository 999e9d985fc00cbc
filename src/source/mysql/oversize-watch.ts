/** Milliseconds. A loopback brings a hundred megabytes in a tenth of a second. */
const interval = 10;
/** What may have arrived beyond the row at hand: a piece of what follows, and the heads of packets. */
const slack = 1024 * 1024;

export interface OversizeWatchOptions {
  /** Bytes that have arrived so far. */
  readonly bytesRead: () => number;
  /** Rows that were taken so far. */
  readonly rows: () => number;
  /** Bytes that one row may have. */
  readonly limit: number;
  /** Told the bytes that the row has at least. */
  readonly onOversize: (bytes: number) => void;
}

/**
 * Notices a row over the limit while it arrives: the driver keeps all of a row's packets, up to a gigabyte, before it
 * gives us the row.
 */
export class OversizeWatch implements Disposable {
  readonly #timer: NodeJS.Timeout;

  constructor({ bytesRead, rows, limit, onOversize }: OversizeWatchOptions) {
    let rowsThen = rows();
    let bytesThen = bytesRead();
    this.#timer = setInterval(() => {
      if (rows() !== rowsThen) {
        rowsThen = rows();
        bytesThen = bytesRead();
      }
      const arrived = bytesRead() - bytesThen;
      if (arrived > limit + slack) onOversize(arrived);
    }, interval).unref();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
