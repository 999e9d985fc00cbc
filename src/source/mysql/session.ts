import type { Connection, PrepareStatementInfo, QueryError } from 'mysql2';
import { NightjarError } from '../../error/nightjar-error.ts';
import type { Server } from '../server.ts';
import { socketOf, type TakePacket } from './driver-internals.ts';
import { mysqlFault, type Subject } from './fault.ts';
import { killConnection } from './kill.ts';
import { openConnection, type OpenConnection } from './open-connection.ts';
import { selectServerIdentity } from './server-identity.ts';
import { applySettings } from './settings.ts';
import { type RowsOf, type Settle, streamCells, streamPackets, type TakeCells } from './stream-rows.ts';
import type { WholePackets } from './whole-packets.ts';

/** Milliseconds that a polite goodbye may take. */
const goodbyeLimit = 1_000;

export interface SessionOptions {
  /** The source connection's name. */
  readonly name: string;
  /** Looked up at each connection, so that a password can be rotated. */
  readonly server: () => Server;
  /** Seconds that a lock may keep us waiting. */
  readonly lockWait: number;
  /** Seconds for which the server shall be patient with a client that does not read. */
  readonly patience: number;
  /** Ends whatever the session is doing, and the session. */
  readonly signal: AbortSignal;
}

export type Row = readonly (string | null)[];

/** One connection to a MySQL server, in our own settings; one statement at a time. */
export class MysqlSession implements AsyncDisposable {
  /** Whether rows can be had as packets, as `openReader` has found out. */
  givesPackets = false;
  readonly #connection: Connection;
  readonly #packets: WholePackets;
  readonly #options: SessionOptions;
  /** Rejects the statement in progress. */
  #interrupt: ((reason: unknown) => void) | undefined;
  #busy = false;
  #identity = '';
  #lost: unknown;
  #stopping: Promise<void> | undefined;
  #ended = false;
  readonly #abort: () => void;

  private constructor({ connection, packets }: OpenConnection, options: SessionOptions) {
    this.#connection = connection;
    this.#packets = packets;
    this.#options = options;
    this.#abort = () => {
      void this.stop().then(() => this.#interrupt?.(options.signal.reason));
    };
    options.signal.addEventListener('abort', this.#abort, { once: true });
    // While rows are streamed, the driver tells of a lost connection here and nowhere else.
    connection.on('error', (error: unknown) => {
      this.#lost ??= error;
      this.#interrupt?.(error);
    });
    // Packets are missing: whatever comes now is not the result that was asked for.
    connection.on('warn', () => {
      this.#interrupt?.(
        Object.assign(new Error('packets are missing'), { code: 'PROTOCOL_PACKETS_OUT_OF_ORDER' }),
      );
    });
  }

  /** Throws NJ-SOURCE-UNREACHABLE, NJ-SOURCE-DENIED, NJ-SOURCE-UNENCRYPTED, NJ-SOURCE-SNAPSHOT-REFUSED. */
  static async open(options: SessionOptions): Promise<MysqlSession> {
    const open = await openConnection(options.name, options.server(), options.signal);
    const session = new MysqlSession(open, options);
    try {
      await applySettings(session, options);
      const [[identity] = []] = await session.query(selectServerIdentity, {
        printed: 'the server’s identity',
        raw: '',
      });
      session.#identity = identity ?? '';
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

  /** The server's number for this connection. */
  get threadId(): number {
    return this.#connection.threadId;
  }

  /** All rows of a small result, as text. */
  async query(sql: string, subject: Subject, values: readonly string[] = []): Promise<readonly Row[]> {
    return this.#run(subject, ({ done, refused }) => {
      this.#connection.query(
        { sql, values: [...values], rowsAsArray: true, typeCast: (field) => field.string('utf8') },
        (error: QueryError | null, rows: unknown) => {
          if (error === null) done(Array.isArray(rows) ? rows.map(toRow) : []);
          else refused(error);
        },
      );
    });
  }

  /**
   * Streams the rows of a query as packets of the binary protocol, for which it is prepared.
   *
   * @returns false where the server does not prepare it: nothing was read then.
   */
  async streamPackets(sql: string, subject: Subject, rowsOf: RowsOf<TakePacket>): Promise<boolean> {
    const statement = await this.#prepare(sql, subject);
    if (statement === undefined) return false;
    try {
      await this.#run<undefined>(subject, (settle) => {
        const rowsOfColumns: typeof rowsOf = (fields) => {
          // From here on rows come, of which nobody keeps anything.
          this.#packets.isReused = true;
          return rowsOf(fields);
        };
        streamPackets(statement, rowsOfColumns, settle);
      });
      return true;
    } finally {
      this.#packets.isReused = false;
      // The server keeps a number of them for all its clients.
      if (!this.#busy && this.#lost === undefined) this.#connection.unprepare(sql);
    }
  }

  /** Streams the rows of a query as cells of the text protocol. */
  async streamCells(sql: string, subject: Subject, rowsOf: RowsOf<TakeCells>): Promise<void> {
    await this.#run<undefined>(subject, (settle) => {
      streamCells(this.#connection, sql, rowsOf, settle);
    });
  }

  /** Lets the server wait with the rest of a streamed result. What has arrived still comes. */
  pause(): void {
    socketOf(this.#connection)?.pause();
  }

  resume(): void {
    socketOf(this.#connection)?.resume();
  }

  /** Ends the statement in progress with an error of ours, on the server too. */
  fail(error: Error): void {
    this.#interrupt?.(error);
    void this.stop();
  }

  /** Tells how many bytes have arrived, piece by piece, after what is whole of them was given. */
  onArrival(tell: (bytes: number) => void): Disposable {
    const socket = socketOf(this.#connection);
    const listen = (piece: Buffer): void => {
      tell(piece.length);
    };
    // The driver listens since it has the socket, and so before us.
    socket?.on('data', listen);
    return { [Symbol.dispose]: () => socket?.off('data', listen) };
  }

  /** Ends the statement in progress on the server, at once, and the connection with it. */
  stop(): Promise<void> {
    if (this.#ended) return Promise.resolve();
    this.#stopping ??= this.#kill();
    return this.#stopping;
  }

  async #kill(): Promise<void> {
    if (this.#lost === undefined) {
      const { name, server } = this.#options;
      await killConnection({ name, server, identity: this.#identity, threadId: this.threadId });
    }
    this.#ended = true;
    this.#destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.signal.removeEventListener('abort', this.#abort);
    if (this.#busy || this.#stopping !== undefined) {
      await this.stop();
    } else if (!this.#ended) {
      this.#ended = true;
      if (this.#lost === undefined) await this.#sayGoodbye();
      this.#destroy();
    }
  }

  #sayGoodbye(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, goodbyeLimit);
      this.#connection.end(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #destroy(): void {
    const socket = socketOf(this.#connection);
    this.#connection.destroy();
    socket?.destroy();
  }

  async #prepare(sql: string, subject: Subject): Promise<PrepareStatementInfo | undefined> {
    try {
      return await this.#run<PrepareStatementInfo>(subject, ({ done, refused }) => {
        this.#connection.prepare(sql, (error, statement) => {
          if (error === null) done(statement);
          else refused(error);
        });
      });
    } catch (error) {
      if (error instanceof NightjarError && error.code === 'NJ-SOURCE-QUERY') return undefined;
      throw error;
    }
  }

  async #run<Result>(subject: Subject, start: (settle: Settle<Result>) => void): Promise<Result> {
    const { signal, name, lockWait } = this.#options;
    signal.throwIfAborted();
    try {
      if (this.#lost !== undefined) throw new Error('the connection was lost before', { cause: this.#lost });
      return await new Promise<Result>((resolve, reject) => {
        this.#interrupt = reject;
        this.#busy = true;
        start({
          done: (result) => {
            this.#busy = false;
            resolve(result);
          },
          refused: (error) => {
            this.#busy = false;
            reject(toError(error));
          },
          failed: (error) => {
            reject(toError(error));
            void this.stop();
          },
        });
      });
    } catch (error) {
      signal.throwIfAborted();
      throw mysqlFault(this.#lost ?? error, subject, { connection: name, lockWait });
    } finally {
      this.#interrupt = undefined;
    }
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error('no reason given');
}

function toRow(row: unknown): Row {
  if (!Array.isArray(row)) return [];
  return row.map((cell: unknown) => (typeof cell === 'string' ? cell : null));
}
