import type { Client, Submittable } from 'pg';
import type { Server } from '../server.ts';
import { postgresFault } from './fault.ts';
import { openClient } from './open-client.ts';
import { applySettings } from './settings.ts';
import { terminateBackend, type Backend } from './terminate.ts';

/** Milliseconds that a polite goodbye may take. */
const goodbyeLimit = 1_000;

export interface SessionOptions {
  /** The source connection's name. */
  readonly name: string;
  /** Looked up at each connection, so that a password can be rotated. */
  readonly server: () => Server;
  readonly database: () => string;
  /** Seconds that a lock may keep us waiting. */
  readonly lockWait: number;
  /** Ends whatever the session is doing, and the session. */
  readonly signal: AbortSignal;
}

export type Row = readonly (string | null)[];

/** A column of a result. */
export interface ResultField {
  readonly name: string;
  /** The type's number; of a domain, that of the type behind it. */
  readonly oid: number;
  readonly modifier: number;
}

const asText = {
  getTypeParser:
    () =>
    (text: unknown): unknown =>
      text,
};

/** One connection to a PostgreSQL database, in our own settings; one statement at a time. */
export class PostgresSession implements AsyncDisposable {
  readonly #client: Client;
  readonly #options: SessionOptions;
  #backend: Backend | undefined;
  /** Rejects the statement in progress. */
  #interrupt: ((reason: unknown) => void) | undefined;
  #lost: unknown;
  #stopping: Promise<void> | undefined;
  #ended = false;
  readonly #abort: () => void;

  private constructor(client: Client, options: SessionOptions) {
    this.#client = client;
    this.#options = options;
    this.#abort = () => {
      void this.stop().then(() => this.#interrupt?.(options.signal.reason));
    };
    options.signal.addEventListener('abort', this.#abort, { once: true });
    client.on('error', (error: unknown) => {
      this.#lost ??= error;
      this.#interrupt?.(error);
    });
  }

  /** Throws NJ-SOURCE-UNREACHABLE, NJ-SOURCE-DENIED, NJ-SOURCE-UNENCRYPTED, NJ-SOURCE-ENCODING. */
  static async open(options: SessionOptions): Promise<PostgresSession> {
    const client = await openClient(options.name, options.server(), options.database(), options.signal);
    const session = new PostgresSession(client, options);
    try {
      const [[pid, startedAt] = []] = await session.query(
        'SELECT pid, backend_start FROM pg_catalog.pg_stat_activity WHERE pid = pg_catalog.pg_backend_pid()',
        'the settings of the session',
      );
      if (typeof pid === 'string' && typeof startedAt === 'string') session.#backend = { pid, startedAt };
      await applySettings(session, options.lockWait);
      return session;
    } catch (error) {
      await session[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The source connection's name. */
  get name(): string {
    return this.#options.name;
  }

  /** The number of the backend that the session began on. */
  get pid(): string {
    return this.#backend?.pid ?? '';
  }

  /** All rows of a small result, as text. `subject` is for messages. */
  async query(text: string, subject: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const result = await this.#run(subject, () =>
      this.#client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array', types: asText }),
    );
    return result.rows;
  }

  /** The columns of a query's result, by what the tables are now (not by what the snapshot saw of the catalogue). */
  async fields(text: string, subject: string): Promise<readonly ResultField[]> {
    const result = await this.#run(subject, () => this.#client.query({ text, rowMode: 'array' }));
    return result.fields.map((field) => ({
      name: field.name,
      oid: field.dataTypeID,
      modifier: field.dataTypeModifier,
    }));
  }

  /** Hands the connection to a statement of another kind until that is over. */
  async submit(statement: Submittable & { readonly over: Promise<void> }, subject: string): Promise<void> {
    await this.#run(subject, () => {
      this.#client.query(statement);
      return statement.over;
    });
  }

  /** Ends the statement in progress on the server, at once, and the connection with it. */
  stop(): Promise<void> {
    if (this.#ended) return Promise.resolve();
    this.#stopping ??= this.#terminate();
    return this.#stopping;
  }

  async #terminate(): Promise<void> {
    if (this.#lost === undefined && this.#backend !== undefined) {
      await terminateBackend(this.#backend, this.#options);
    }
    this.#ended = true;
    this.#destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.signal.removeEventListener('abort', this.#abort);
    if (this.#interrupt !== undefined || this.#stopping !== undefined) {
      await this.stop();
    } else if (!this.#ended) {
      this.#ended = true;
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, goodbyeLimit);
      });
      await Promise.race([this.#client.end().catch(() => undefined), patience]);
      clearTimeout(timer);
      this.#destroy();
    }
  }

  #destroy(): void {
    this.#client.connection.stream.destroy();
  }

  async #run<Result>(subject: string, start: () => Promise<Result>): Promise<Result> {
    const { signal, name, lockWait } = this.#options;
    signal.throwIfAborted();
    try {
      if (this.#lost !== undefined) throw new Error('the connection was lost before', { cause: this.#lost });
      const interrupted = new Promise<never>((_, reject) => {
        this.#interrupt = reject;
      });
      const result = await Promise.race([start(), interrupted]);
      this.#interrupt = undefined;
      return result;
    } catch (error) {
      signal.throwIfAborted();
      throw postgresFault(this.#lost ?? error, subject, { connection: name, lockWait });
    }
  }
}
