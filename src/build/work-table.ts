import { rawSchemaName } from '../extract/raw-schema.ts';
import { qualified } from '../warehouse/identifier.ts';

/**
 * Tables that a run makes for itself, beside its raw tables, and that go with them: rows that do not fit their types, rows
 * that break their contract, what stands in for them, and rows that left. A raw table's name holds no colon.
 */
export type WorkTable = 'misfit' | 'broken' | 'held' | 'departed';

/** @param ordinal the dataset's place in the pipeline: its name might make this one too long. */
export function workTable(run: number, what: WorkTable, ordinal: number): string {
  return qualified(rawSchemaName(run), `${what}:${ordinal}`);
}
