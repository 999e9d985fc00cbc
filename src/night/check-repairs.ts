import { printKeys } from '../build/print-key.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import type { ExtractReport } from '../extract/extract.ts';
import { rawSchemaName, repairedColumn } from '../extract/raw-schema.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { identifierList, qualified } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

/** How many rows a message names. */
const named = 5;

/**
 * A repaired cell never ends the night, unless a contract limits how many there may be, or the cell is in a key: of its
 * table, or of a dataset that its value comes to. Throws NJ-CONTRACT-REPAIRS.
 */
export async function checkRepairs(
  session: Session,
  run: number,
  pipeline: Pipeline,
  extracted: ExtractReport,
): Promise<void> {
  for (const table of extracted.connections.flatMap((connection) => connection.tables)) {
    for (const { column } of table.repairs) {
      const cells = table.repairs
        .filter((other) => other.column === column)
        .reduce((sum, other) => sum + other.cells, 0);
      const limit = limitOf(pipeline, table.name, column);
      if (cells <= limit) continue;
      const keys = await keysOf(session, run, pipeline, table.name, column);
      throw nightjarError('NJ-CONTRACT-REPAIRS', { table: table.name, column, cells, limit, keys });
    }
  }
}

/** The tightest limit that any contract sets for a raw column. */
function limitOf(pipeline: Pipeline, table: string, column: string): number {
  if (pipeline.keyColumns.has(`${table}.${column}`)) return 0;
  const limits = pipeline.datasets
    .flatMap((dataset) => dataset.contract.repairLimits)
    .filter((limit) => limit.table === table && limit.column === column)
    .map((limit) => limit.atMost);
  return Math.min(Number.POSITIVE_INFINITY, ...limits);
}

/** The first rows of which the column was repaired, by the declared key; nothing where there is none. */
async function keysOf(
  session: Session,
  run: number,
  pipeline: Pipeline,
  table: string,
  column: string,
): Promise<readonly string[]> {
  const key = pipeline.tables.find((one) => one.name === table)?.key ?? [];
  if (key.length === 0 || key.includes(column)) return [];
  const rows = await session.query<Record<string, unknown>>(
    'the search for repaired rows',
    `select ${identifierList(key)} from ${qualified(rawSchemaName(run), table)}
      where position(',' || $1 || ':' in ',' || ${repairedColumn}) > 0 order by ${identifierList(key)} limit ${named}`,
    [column],
  );
  return printKeys(rows, key);
}
