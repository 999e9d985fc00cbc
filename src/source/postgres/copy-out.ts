import type { Connection, Submittable } from 'pg';
import { nightjarError } from '../../error/nightjar-error.ts';
import type { CopyOutput } from '../copy/copy-output.ts';

export interface CopyOutOptions {
  readonly sql: string;
  /** For messages. */
  readonly table: string;
  /** Bytes that one row may have. */
  readonly rowLimit: number;
}

/**
 * A COPY … TO STDOUT (FORMAT binary) whose bytes go into an output unread. The server sends each row as a message of its
 * own, the header before the first one and the trailer as the last. The methods are those that pg calls on whatever was
 * submitted to it.
 */
export class CopyOut implements Submittable {
  /** Resolves when the server is ready for the next statement, rejects with the driver's error. */
  readonly over: Promise<void>;
  /** Rows by the server's word at the end; `undefined` until then. */
  rows: number | undefined;
  /** Messages so far. */
  messages = 0;
  readonly #options: CopyOutOptions;
  readonly #settle: PromiseWithResolvers<void>;
  #connection: Connection | undefined;
  #output: CopyOutput | undefined;

  constructor(options: CopyOutOptions) {
    this.#options = options;
    this.#settle = Promise.withResolvers();
    this.over = this.#settle.promise;
  }

  /** Where the bytes go; set before the statement is submitted. */
  into(output: CopyOutput): void {
    this.#output = output;
  }

  pause(): void {
    this.#connection?.stream.pause();
  }

  resume(): void {
    this.#connection?.stream.resume();
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query(this.#options.sql);
  }

  handleCopyData(message: { readonly chunk: Uint8Array }): void {
    const { chunk } = message;
    const { rowLimit, table } = this.#options;
    if (chunk.length > rowLimit) {
      this.#settle.reject(
        nightjarError('NJ-SOURCE-ROW-TOO-LARGE', { table, bytes: chunk.length, limit: rowLimit }),
      );
      return;
    }
    this.messages++;
    this.#output?.append(chunk);
  }

  handleCommandComplete(message: { readonly text: string }): void {
    const match = /^COPY (\d+)$/.exec(message.text);
    if (match !== null) this.rows = Number(match[1]);
  }

  handleReadyForQuery(): void {
    this.#settle.resolve();
  }

  handleError(error: unknown): void {
    this.#settle.reject(error instanceof Error ? error : new Error('no reason given'));
  }

  handleRowDescription(): void {
    // A COPY has none.
  }

  /** pg overwrites it when a query time-out is set. */
  callback(): void {
    // Nothing to do: `over` tells.
  }
}
