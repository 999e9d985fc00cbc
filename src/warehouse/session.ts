import { DatabaseError, type Client, type QueryResult, type QueryResultRow } from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { nightjarError } from '../error/nightjar-error.ts';
import { printAddress, type WarehouseAddress } from './address.ts';
import { openClient } from './open-client.ts';
import { warehouseFault } from './fault.ts';

export interface SessionOptions {
  /** Where it is looked up: asked again at each further connection, since a password may have been rotated. */
  readonly address: WarehouseAddress | (() => WarehouseAddress);
  /** For the server's own lists: `nightjar build`. */
  readonly purpose: string;
  /** When it fires, the running statement is cancelled on the server. */
  readonly signal: AbortSignal;
}

/** How long a statement that decides something may be without an answer before it counts as lost. In milliseconds. */
const decisionLimit = 30_000;
/** How long a statement that was cancelled, a hello or a goodbye may be without an answer. In milliseconds. */
const cancelLimit = 10_000;

/** Takes values as they are printed. */
const printed = {
  getTypeParser:
    () =>
    (text: unknown): unknown =>
      text,
};

/**
 * One connection to the warehouse in our own settings (UTC, ISO dates, an empty search path). One statement at a time.
 * Errors are coded; what the server said is dropped, since it may hold row values.
 */
export class Session implements AsyncDisposable {
  readonly #client: Client;
  readonly #options: SessionOptions;
  /** The server's process that serves us: what a cancel is addressed to. */
  readonly backendPid: number;
  #lost: unknown;

  /** `host:port/database`, for messages. */
  readonly address: string;

  private constructor(client: Client, backendPid: number, address: string, options: SessionOptions) {
    this.#client = client;
    this.backendPid = backendPid;
    this.address = address;
    this.#options = options;
    client.on('error', (error) => {
      this.#lost = error;
    });
  }

  /** Throws NJ-WAREHOUSE-UNREACHABLE, -REFUSED, -NO-DATABASE, -UNENCRYPTED. */
  static async open(options: SessionOptions): Promise<Session> {
    if (options.signal.aborted) throw aborted(options.purpose, options.signal);
    const address = lookUp(options.address);
    const client = await openClient(address, options.purpose);
    const giveUp = setTimeout(() => client.connection.stream.destroy(), cancelLimit);
    try {
      // A build takes as long as it takes. PostgreSQL has the setting since 17.
      const { rows } = await client.query<{ pid: number }>(
        `select pg_backend_pid() as pid,
                case when current_setting('transaction_timeout', true) is not null
                     then set_config('transaction_timeout', '0', false) end`,
      );
      // What a runner that was killed had at work ends with it. Not every system can tell a server that its client has gone.
      await client.query("set client_connection_check_interval = '5s'").catch(refused);
      return new Session(client, rows[0]?.pid ?? 0, printAddress(address), options);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw warehouseFault(error, 'the opening of a connection');
    } finally {
      clearTimeout(giveUp);
    }
  }

  /** Another connection to the same place, looked up anew, with a signal of its own: for when this one is lost, or must stop. */
  another(purpose: string, signal: AbortSignal): Promise<Session> {
    return Session.open({ address: this.#options.address, purpose, signal });
  }

  /**
   * Runs one statement.
   *
   * @param during what it is for, as a noun, for the message of a failure.
   */
  async query<Row extends QueryResultRow = Record<string, never>>(
    during: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    const result = await this.attempt(during, () => this.#client.query<Row>(text, [...values]));
    return result.rows;
  }

  /** The rows of a statement, each an array of what PostgreSQL prints. */
  async texts(during: string, text: string): Promise<readonly (readonly (string | null)[])[]> {
    const result = await this.attempt(during, () =>
      this.#client.query<(string | null)[]>({ text, rowMode: 'array', types: printed }),
    );
    return result.rows;
  }

  /** The one row of a statement that gives exactly one. */
  async one<Row extends QueryResultRow>(
    during: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row> {
    const [row] = await this.query<Row>(during, text, values);
    if (row === undefined) throw nightjarError('NJ-INTERNAL-UNEXPECTED', { during, kind: 'no row' });
    return row;
  }

  /** Like `query`, but a failure comes as the driver gives it: for those who must know its SQLSTATE. */
  async raw<Row extends QueryResultRow = Record<string, never>>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    return (await this.#rawResult<Row>(text, values)).rows;
  }

  /** Like `raw`, for a statement that fills a table: with how many rows, the server says. */
  async rawCount(text: string): Promise<number> {
    return (await this.#rawResult(text, [])).rowCount ?? 0;
  }

  async #rawResult<Row extends QueryResultRow>(
    text: string,
    values: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    try {
      return await this.#cancellable(() => this.#client.query<Row>(text, [...values]));
    } catch (error) {
      if (this.#options.signal.aborted) throw aborted('the statement', this.#options.signal);
      throw error;
    }
  }

  /**
   * Like `raw`, for a statement that decides something: no signal interrupts it, so its end is always known. Where no
   * answer comes the connection is given up, as if it had broken.
   */
  async decide<Row extends QueryResultRow = Record<string, never>>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    const giveUp = setTimeout(() => this.#cut(), decisionLimit);
    try {
      return (await this.#client.query<Row>(text, [...values])).rows;
    } finally {
      clearTimeout(giveUp);
    }
  }

  /**
   * The rows of a query, a thousand at a time, in a transaction of their own: for results of any size. Nothing else may be
   * asked of this session meanwhile.
   */
  async *rows<Row extends QueryResultRow>(during: string, text: string): AsyncGenerator<Row, void, void> {
    await this.query(during, `begin; declare result no scroll cursor for ${text}`);
    try {
      for (;;) {
        const rows = await this.query<Row>(during, 'fetch 1000 from result');
        if (rows.length === 0) return;
        yield* rows;
      }
    } finally {
      await this.decide('rollback').catch(() => undefined);
    }
  }

  /** Runs `work` between BEGIN and COMMIT; any failure rolls back. */
  async transaction<Result>(during: string, work: () => Promise<Result>): Promise<Result> {
    await this.query(during, 'begin');
    try {
      const result = await work();
      await this.query(during, 'commit');
      return result;
    } catch (error) {
      await this.decide('rollback').catch(() => undefined);
      throw error;
    }
  }

  /** The stream that takes one COPY … FROM STDIN. */
  copyIn(text: string): CopyStreamQuery {
    return this.#client.query(copyFrom(text));
  }

  async attempt<Result>(during: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#cancellable(work);
    } catch (error) {
      if (this.#options.signal.aborted) throw aborted(during, this.#options.signal);
      throw warehouseFault(this.#lost ?? error, during);
    }
  }

  async #cancellable<Result>(work: () => Promise<Result>): Promise<Result> {
    const { signal, address } = this.#options;
    signal.throwIfAborted();
    let giveUp: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      // A cancel that cannot be delivered leaves the statement to the server's own time-outs.
      void cancelBackend(address, this.backendPid).catch(() => undefined);
      // The other end may be gone without our knowing: then no answer will ever come.
      giveUp = setTimeout(() => this.#cut(), cancelLimit);
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await work();
    } finally {
      signal.removeEventListener('abort', cancel);
      clearTimeout(giveUp);
    }
  }

  #cut(): void {
    this.#client.connection.stream.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The server is told, and closes its end; one that is gone does not.
    const giveUp = setTimeout(() => this.#cut(), cancelLimit);
    await this.#client.end().catch(() => undefined);
    clearTimeout(giveUp);
  }
}

/** A server that does not know a setting, or cannot do it, works without it; a connection that broke does not. */
function refused(error: unknown): void {
  if (!(error instanceof DatabaseError)) throw error;
}

function lookUp(address: SessionOptions['address']): WarehouseAddress {
  return typeof address === 'function' ? address() : address;
}

async function cancelBackend(address: SessionOptions['address'], pid: number): Promise<void> {
  const client = await openClient(lookUp(address), 'nightjar cancel');
  try {
    await client.query('select pg_cancel_backend($1)', [pid]);
  } finally {
    await client.end();
  }
}

function aborted(during: string, signal: AbortSignal): Error {
  const what = during.charAt(0).toUpperCase() + during.slice(1);
  return nightjarError('NJ-INTERNAL-ABORTED', { what, reason: abortReason(signal) });
}

/** Why a signal fired, in words. */
export function abortReason(signal: AbortSignal): string {
  return typeof signal.reason === 'string' ? signal.reason : 'it was asked to stop';
}
