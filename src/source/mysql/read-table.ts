import type { FieldPacket } from 'mysql2';
import { NightjarError, nightjarError } from '../../error/nightjar-error.ts';
import { compareTables, printTable } from '../compare.ts';
import { CopyOutput } from '../copy/copy-output.ts';
import { ProgressTicker } from '../progress-ticker.ts';
import { RepairLog } from '../repair-log.ts';
import type { SnapshotRequest, TableRead, TableToRead } from '../source.ts';
import { TableSink } from '../table-sink.ts';
import { encoderFor } from './cell-encoders.ts';
import { describeTables } from './describe.ts';
import type { Subject } from './fault.ts';
import { OversizeWatch } from './oversize-watch.ts';
import { type EncodedColumn, RowEncoder } from './row-encoder.ts';
import { countRows, selectRows } from './select-rows.ts';
import type { MysqlSession } from './session.ts';

export interface TableReading {
  readonly session: MysqlSession;
  readonly table: TableToRead;
  readonly request: SnapshotRequest;
  /** Ends with the snapshot. */
  readonly signal: AbortSignal;
}

/**
 * Reads one table inside the session's snapshot. Its first statement takes the table's metadata lock, so that what is
 * compared with the declaration then stays so.
 */
export async function readTable(reading: TableReading): Promise<TableRead> {
  const { session, table, request } = reading;
  const { declared, schema } = table;
  const { rowLimit } = request.limits;
  const printed = printTable(table);
  const subject: Subject = { printed, raw: declared.name };
  const counted = await countUnderLock(session, table, subject);
  const [difference] = await differences(session, table);
  if (difference !== undefined) throw difference;

  await using sink = new TableSink(await request.open(table, reading.signal));
  const output = new CopyOutput(sink.stream, session);
  const repairs = new RepairLog(declared.columns.map((column) => column.name));
  let encoder: RowEncoder | undefined;
  {
    using _ticker = new ProgressTicker(
      () => ({ table: declared.name, rows: encoder?.rows ?? 0, bytes: output.bytes }),
      request.onProgress,
    );
    using _watch = new OversizeWatch({
      bytesRead: () => session.bytesRead,
      rows: () => encoder?.rows ?? 0,
      limit: rowLimit,
      onOversize: (bytes) => {
        session.fail(nightjarError('NJ-SOURCE-ROW-TOO-LARGE', { table: printed, bytes, limit: rowLimit }));
      },
    });
    const rows = session.stream(selectRows(schema, declared), subject, {
      fields: (fields) => {
        const columns = encodedColumns(table, fields);
        encoder = new RowEncoder({ table: printed, columns, output, repairs, rowLimit });
      },
      bytes: session.givesBytes ? (buffer, start, end) => encoder?.packet(buffer, start, end) : undefined,
      cells: (cells) => encoder?.cells(cells),
    });
    await sink.orFailure(rows, () => session.stop());
  }
  const received = encoder?.rows ?? 0;
  if (counted !== String(received)) {
    throw nightjarError('NJ-SOURCE-CUT-SHORT', {
      table: printed,
      expected: counted,
      received: String(received),
    });
  }
  encoder?.end();
  await sink.finish(output, reading.signal);
  return {
    name: declared.name,
    counted: Number(counted),
    received,
    bytes: output.bytes,
    repairs: repairs.counts,
  };
}

/** The number of rows, in the snapshot; takes the metadata lock. */
async function countUnderLock(session: MysqlSession, table: TableToRead, subject: Subject): Promise<string> {
  try {
    const [[counted] = []] = await session.query(countRows(table.schema, table.declared), subject);
    return counted ?? '';
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code !== 'NJ-SOURCE-QUERY') throw error;
    // Most likely the table is not there any more, which can be said better.
    const [difference] = await differences(session, table);
    throw difference ?? error;
  }
}

async function differences(session: MysqlSession, table: TableToRead): Promise<NightjarError[]> {
  const live = await describeTables(session, table.schema, table.declared.table);
  return compareTables(session.name, [table], live);
}

function encodedColumns(table: TableToRead, fields: readonly FieldPacket[]): readonly EncodedColumn[] {
  return table.declared.columns.map(({ column, type }, index) => {
    const field = fields[index];
    const encode = field === undefined ? undefined : encoderFor(type.raw, field);
    if (encode === undefined) {
      throw nightjarError('NJ-SOURCE-COLUMN-RETYPED', {
        table: printTable(table),
        column,
        declared: type.text,
        found: `a result of type ${String(field?.columnType)}`,
      });
    }
    return { name: column, encode };
  });
}
