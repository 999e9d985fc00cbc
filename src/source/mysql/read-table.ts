import { NightjarError, nightjarError } from '../../error/nightjar-error.ts';
import { compareTables, printTable } from '../compare.ts';
import { CopyOutput } from '../copy/copy-output.ts';
import { ProgressTicker } from '../progress-ticker.ts';
import { provesKey } from '../proves-key.ts';
import { RepairLog } from '../repair-log.ts';
import { checksumColumns, type ChecksumReader } from '../checksums.ts';
import type { LiveTable, SnapshotRequest, TableRead, TableToRead } from '../source.ts';
import { sqlChecksums } from '../sql-checksums.ts';
import { TableSink } from '../table-sink.ts';
import { mysqlChecksums } from './checksum-dialect.ts';
import { describeTables } from './describe.ts';
import type { Subject } from './fault.ts';
import { qualifiedName, quoteName } from './identifier.ts';
import { checkNotReplaced, type MadeAt } from './made-at.ts';
import { watchOversize } from './oversize-watch.ts';
import { readCells, readPackets } from './read-rows.ts';
import { RowWriter } from './row-writer.ts';
import { countRows, selectRows } from './select-rows.ts';
import type { MysqlSession } from './session.ts';

export interface TableReading {
  readonly session: MysqlSession;
  readonly table: TableToRead;
  readonly request: SnapshotRequest;
  /** As it was before the snapshot. */
  readonly made: MadeAt;
  /** Ends with the snapshot. */
  readonly signal: AbortSignal;
}

/**
 * Reads one table inside the session's snapshot. Its first statement takes the table's metadata lock, so that what is
 * compared with the declaration then stays so.
 */
export async function readTable(reading: TableReading): Promise<TableRead> {
  const { session, table, request } = reading;
  const { declared } = table;
  const { rowLimit } = request.limits;
  const printed = printTable(table);
  const subject: Subject = { printed, raw: declared.name };
  const counted = await countUnderLock(session, table, subject);
  const { difference, live } = await compared(session, table);
  if (difference !== undefined) throw difference;
  await checkNotReplaced(session, table, reading.made);

  const begun = performance.now();
  await using sink = new TableSink(await request.open(table, reading.signal));
  const output = new CopyOutput(sink.stream, session);
  const repairs = new RepairLog(declared.columns.map((column) => column.name));
  const columns = declared.columns.map(({ column }) => column);
  const writer = new RowWriter({ table: printed, columns, output, repairs, rowLimit });
  {
    using _ticker = new ProgressTicker(
      () => ({ table: declared.name, rows: writer.rows, bytes: output.bytes }),
      request.onProgress,
    );
    using _watch = watchOversize(session, {
      rows: () => writer.rows,
      limit: rowLimit,
      onOversize: (bytes) => {
        session.fail(nightjarError('NJ-SOURCE-ROW-TOO-LARGE', { table: printed, bytes, limit: rowLimit }));
      },
    });
    await sink.orFailure(readRows(reading, subject, writer), () => session.stop());
  }
  const received = writer.rows;
  if (counted !== String(received)) {
    throw nightjarError('NJ-SOURCE-CUT-SHORT', {
      table: printed,
      expected: counted,
      received: String(received),
    });
  }
  writer.end();
  await sink.finish(output, reading.signal);
  const seconds = (performance.now() - begun) / 1000;
  await request.onRead?.(table, checksumsOf(session, table, subject));
  return {
    name: declared.name,
    counted: Number(counted),
    received,
    bytes: output.bytes,
    seconds,
    repairs: repairs.counts,
    keyIsProved: live !== undefined && provesKey(live, declared),
  };
}

/** The fast way where the session has it; the slow one where it has not, or the server no more, as it then remembers. */
async function readRows(
  { session, table: { schema, declared } }: TableReading,
  subject: Subject,
  writer: RowWriter,
): Promise<void> {
  const rows = { session, subject, columns: declared.columns, writer };
  if (session.givesPackets) {
    session.givesPackets = await readPackets(rows, selectRows(schema, declared, 'binary'));
  }
  if (!session.givesPackets) await readCells(rows, selectRows(schema, declared, 'text'));
}

/** The number of rows, in the snapshot; takes the metadata lock. */
async function countUnderLock(session: MysqlSession, table: TableToRead, subject: Subject): Promise<string> {
  try {
    const [[counted] = []] = await session.query(countRows(table.schema, table.declared), subject);
    return counted ?? '';
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code !== 'NJ-SOURCE-QUERY') throw error;
    // Most likely the table is not there any more, which can be said better.
    const { difference } = await compared(session, table);
    throw difference ?? error;
  }
}

/** The live table, and the first difference between it and the declared one. */
async function compared(
  session: MysqlSession,
  table: TableToRead,
): Promise<{ readonly difference: NightjarError | undefined; readonly live: LiveTable | undefined }> {
  const schema = await describeTables(session, table.schema, table.declared.table);
  const [difference] = compareTables(session.name, [table], schema);
  return { difference, live: schema.tables[0] };
}

function checksumsOf(
  session: MysqlSession,
  { declared, schema }: TableToRead,
  subject: Subject,
): ChecksumReader {
  return sqlChecksums({
    relation: qualifiedName(schema, declared.table),
    columns: checksumColumns(declared, ({ column }) => quoteName(column)),
    key: declared.key,
    dialect: mysqlChecksums,
    ask: (sql) => session.query(sql, subject),
  });
}
