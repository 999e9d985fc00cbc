import type { NightjarError } from '../error/nightjar-error.ts';
import type { Environment } from '../pipeline/deployment.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { tablesBehind } from '../extract/tables-behind.ts';
import { compareTables } from '../source/compare.ts';
import type { LiveTable } from '../source/source.ts';
import { connectSource } from './connect-source.ts';

export interface SourcesChecked {
  readonly faults: readonly NightjarError[];
  readonly tables: number;
  readonly estimatedRows: number;
  /** Bytes that the raw tables and one generation take, by the sources' own estimates. */
  readonly roomNeeded: number;
}

/** A generation is about as large as what it is made from, and its indexes and the write-ahead log take their part. */
const roomFactor = 3;

/** Compares the live sources with the declared tables and columns; reads no row. */
export async function checkSources(
  environment: Environment,
  pipeline: Pipeline,
  signal: AbortSignal,
): Promise<SourcesChecked> {
  const faults: NightjarError[] = [];
  let rows = 0;
  let bytes = 0;
  for (const declaration of environment.connections) {
    const connection = connectSource(declaration);
    const tables = tablesBehind(declaration.name, environment, pipeline);
    const live: LiveTable[] = [];
    for (const schema of new Set(tables.map((table) => table.schema))) {
      live.push(...(await connection.describe(schema, signal)));
    }
    faults.push(...compareTables(declaration.name, tables, live));
    const read = live.filter((found) =>
      tables.some((table) => table.schema === found.schema && table.declared.table === found.table),
    );
    rows += read.reduce((sum, table) => sum + table.estimatedRows, 0);
    bytes += read.reduce((sum, table) => sum + table.estimatedBytes, 0);
  }
  return { faults, tables: pipeline.tables.length, estimatedRows: rows, roomNeeded: bytes * roomFactor };
}
