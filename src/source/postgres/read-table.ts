import { nightjarError } from '../../error/nightjar-error.ts';
import { compareTypes, printTable } from '../compare.ts';
import { CopyOutput } from '../copy/copy-output.ts';
import { ProgressTicker } from '../progress-ticker.ts';
import { SnapshotBroken } from '../snapshot-broken.ts';
import type { SnapshotScope } from '../snapshot-scope.ts';
import { checksumColumns, type ChecksumReader } from '../checksums.ts';
import type { SnapshotRequest, TableRead, TableToRead } from '../source.ts';
import { sqlChecksums } from '../sql-checksums.ts';
import { TableSink } from '../table-sink.ts';
import { postgresChecksums } from './checksum-dialect.ts';
import { CopyOut } from './copy-out.ts';
import { fingerprints } from './fingerprint.ts';
import { qualified } from './identifier.ts';
import { liveType } from './live-type.ts';
import { copyRows, countRows, rawValue, selectTypes } from './select-rows.ts';
import type { PostgresSession } from './session.ts';

export interface TableReading {
  readonly session: PostgresSession;
  readonly table: TableToRead;
  /** The table's files before the snapshot. */
  readonly files: string | null;
  readonly request: SnapshotRequest;
  readonly scope: SnapshotScope;
}

/**
 * Reads one table inside the session's snapshot. The first statement takes the table's lock, so that its types and its
 * files, looked at from then on, stay so.
 */
export async function readTable(reading: TableReading): Promise<Omit<TableRead, 'keyIsProved'>> {
  const { session, table, request, scope } = reading;
  const { declared, schema } = table;
  const printed = printTable(table);
  await scope.waiting(() => checkTypes(session, table));
  // A table that was truncated since the snapshot reads as empty, without an error, and count(*) agrees.
  const [files] = await fingerprints(session, [table]);
  if (files !== reading.files) throw new SnapshotBroken(declared.name);
  const [[counted] = []] = await session.query(countRows(schema, declared), printed);

  const begun = performance.now();
  await using sink = new TableSink(await request.open(table, scope.signal));
  const copy = new CopyOut({
    sql: copyRows(schema, declared),
    table: printed,
    rowLimit: request.limits.rowLimit,
  });
  const output = new CopyOutput(sink.stream, copy);
  copy.into(output);
  {
    using _ticker = new ProgressTicker(
      () => ({ table: declared.name, rows: copy.rows ?? copy.messages, bytes: output.bytes }),
      request.onProgress,
    );
    await sink.orFailure(session.submit(copy, printed), () => session.stop());
  }
  if (counted !== String(copy.rows)) {
    const received = String(copy.rows ?? copy.messages);
    throw nightjarError('NJ-SOURCE-CUT-SHORT', { table: printed, expected: counted ?? '?', received });
  }
  await sink.finish(output, scope.signal);
  const seconds = (performance.now() - begun) / 1000;
  await request.onRead?.(table, checksumsOf(session, table));
  return {
    name: declared.name,
    counted: Number(counted),
    received: copy.rows ?? 0,
    bytes: output.bytes,
    seconds,
    repairs: [],
  };
}

/** Throws the first difference between the declared types and those of the table as it is now. */
async function checkTypes(session: PostgresSession, table: TableToRead): Promise<void> {
  const fields = await session.fields(selectTypes(table.schema, table.declared), printTable(table));
  const live = fields.map((field) => ({
    name: field.name,
    printed: liveType(field.oid, field.modifier)?.text ?? 'a type unknown to us',
    type: liveType(field.oid, field.modifier),
    alternatives: [],
    readable: true,
  }));
  const [difference] = compareTypes(table, live);
  if (difference !== undefined) throw difference;
}

function checksumsOf(session: PostgresSession, table: TableToRead): ChecksumReader {
  const { declared, schema } = table;
  return sqlChecksums({
    relation: qualified(schema, declared.table),
    columns: checksumColumns(declared, rawValue),
    key: declared.key,
    dialect: postgresChecksums,
    ask: (sql) => session.query(sql, printTable(table)),
  });
}
