import { Writable } from 'node:stream';
import { crashPoint } from '../error/crash-point.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import type { SourceTable } from '../pipeline/source-table.ts';
import type { WarehouseAddress } from '../warehouse/address.ts';
import type { RepairCount } from '../source/source.ts';
import { identifierList, qualified } from '../warehouse/identifier.ts';
import { warehouseFault } from '../warehouse/fault.ts';
import { abortReason, Session } from '../warehouse/session.ts';
import { withoutInfiniteIntervals } from './infinite-intervals.ts';
import { createRawTable, rawColumns } from './raw-schema.ts';

/** Fills raw tables, each in a transaction of its own, on as many connections as tables are filled at a time. */
export class RawLoader implements AsyncDisposable {
  readonly #address: () => WarehouseAddress;
  readonly #schema: string;
  readonly #signal: AbortSignal;
  readonly #repairs = new Map<string, readonly RepairCount[]>();
  readonly #idle: Session[] = [];
  readonly #busy = new Set<Session>();

  constructor(address: () => WarehouseAddress, schema: string, signal: AbortSignal) {
    this.#address = address;
    this.#schema = schema;
    this.#signal = signal;
  }

  /**
   * A stream that takes one binary COPY into a fresh raw table: ending it commits, destroying it leaves nothing. Rows
   * are frozen as they come, since nobody else can see the table.
   */
  async open(table: SourceTable): Promise<Writable> {
    const during = `the loading of ${table.name}`;
    const columns = rawColumns(table);
    const session = this.#idle.pop() ?? (await this.#connect());
    this.#busy.add(session);
    try {
      await session.query(during, 'begin');
      await createRawTable(session, this.#schema, table.name, columns);
      crashPoint('extract.table-made');
    } catch (error) {
      await this.#discard(session);
      throw error;
    }
    const names = identifierList(columns.map((column) => column.name));
    const copy = session.copyIn(
      `copy ${qualified(this.#schema, table.name)} (${names}) from stdin (format binary, freeze)`,
    );
    const sink = new Writable({
      highWaterMark: 1024 * 1024,
      write: (chunk: Buffer, _encoding, done) => {
        // Not copied first: pg calls back when its socket is empty, unless a chunk is so short that CopyOutput would not
        // write to its memory again before the end.
        copy.write(chunk, (error) => {
          done(error ?? null);
        });
      },
      final: (done) => {
        copy.once('finish', () => {
          crashPoint('extract.table-copied');
          this.#commit(session, table, during).then(() => {
            crashPoint('extract.table-committed');
            this.#busy.delete(session);
            this.#idle.push(session);
            done();
          }, done);
        });
        copy.end();
      },
      // Closing the connection without COMMIT is what takes an unfinished table back.
      destroy: (error, done) => {
        const unfinished = this.#busy.has(session) ? this.#discard(session) : Promise.resolve();
        void unfinished.then(() => {
          done(error);
        });
      },
    });
    copy.on('error', (error) => {
      sink.destroy(this.#fault(error, during));
    });
    return sink;
  }

  /** What had to be repaired in a raw table once it was here. */
  repairsOf(table: string): readonly RepairCount[] {
    return this.#repairs.get(table) ?? [];
  }

  async #commit(session: Session, table: SourceTable, during: string): Promise<void> {
    this.#repairs.set(table.name, await withoutInfiniteIntervals(session, this.#schema, table));
    await session.query(during, 'commit');
  }

  async #connect(): Promise<Session> {
    const session = await Session.open({
      address: this.#address,
      purpose: 'nightjar extract',
      signal: this.#signal,
    });
    // A raw table that a crash takes away is read again: its commits need not wait for the disk.
    try {
      await session.query('the settings of the loading', 'set synchronous_commit = off');
      return session;
    } catch (error) {
      await session[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #discard(session: Session): Promise<void> {
    this.#busy.delete(session);
    await session[Symbol.asyncDispose]();
  }

  #fault(error: unknown, during: string): Error {
    return this.#signal.aborted
      ? nightjarError('NJ-INTERNAL-ABORTED', { what: 'The loading', reason: abortReason(this.#signal) })
      : warehouseFault(error, during);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#idle, ...this.#busy].map((session) => session[Symbol.asyncDispose]()));
  }
}
