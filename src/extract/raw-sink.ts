import { Writable } from 'node:stream';
import { nightjarError } from '../error/nightjar-error.ts';
import type { SourceTable } from '../pipeline/source-table.ts';
import type { WarehouseAddress } from '../warehouse/address.ts';
import { identifierList, qualified } from '../warehouse/identifier.ts';
import { warehouseFault } from '../warehouse/fault.ts';
import { Session } from '../warehouse/session.ts';
import { createRawTable, rawColumns } from './raw-schema.ts';

export interface RawSinkOptions {
  readonly address: WarehouseAddress;
  readonly schema: string;
  readonly table: SourceTable;
  readonly signal: AbortSignal;
}

/**
 * A stream that takes one binary COPY into a fresh raw table, on a connection and in a transaction of its own: ending
 * it commits, destroying it leaves nothing. Rows are frozen as they come, since nobody else can see the table.
 */
export async function openRawSink(options: RawSinkOptions): Promise<Writable> {
  const { schema, table } = options;
  const during = `the loading of ${table.name}`;
  const columns = rawColumns(table);
  const session = await Session.open({
    address: options.address,
    purpose: 'nightjar extract',
    signal: options.signal,
  });
  try {
    await session.query(during, 'begin');
    await createRawTable(session, schema, table.name, columns);
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
  const names = identifierList(columns.map((column) => column.name));
  const copy = session.copyIn(
    `copy ${qualified(schema, table.name)} (${names}) from stdin (format binary, freeze)`,
  );
  const sink = new Writable({
    highWaterMark: 1024 * 1024,
    write: (chunk: Buffer, _encoding, done) => {
      // The source writes its next rows into the same memory as soon as we call back, and pg may still be holding ours.
      copy.write(Buffer.from(chunk), (error) => {
        done(error ?? null);
      });
    },
    final: (done) => {
      copy.once('finish', () => {
        session.query(during, 'commit').then(() => {
          done();
        }, done);
      });
      copy.end();
    },
    // Closing the connection without COMMIT is what takes an unfinished table back.
    destroy: (error, done) => {
      void session[Symbol.asyncDispose]().then(() => {
        done(error);
      });
    },
  });
  copy.on('error', (error) => {
    sink.destroy(sinkFault(error, during, options.signal));
  });
  return sink;
}

function sinkFault(error: unknown, during: string, signal: AbortSignal): Error {
  if (signal.aborted)
    return nightjarError('NJ-INTERNAL-ABORTED', { what: 'The loading', reason: 'it was asked to stop' });
  return warehouseFault(error, during);
}
