import { nightjarError } from '../error/nightjar-error.ts';
import type { ExtractReport } from '../extract/extract.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';

/**
 * A repaired cell never ends the night, unless a contract limits how many there may be, or the cell is in a key: of its
 * table, or of a dataset that its value comes to.
 * Throws NJ-CONTRACT-REPAIRS.
 */
export function checkRepairs(pipeline: Pipeline, extracted: ExtractReport): void {
  for (const table of extracted.connections.flatMap((connection) => connection.tables)) {
    for (const repair of table.repairs) {
      const cells = table.repairs
        .filter((other) => other.column === repair.column)
        .reduce((sum, other) => sum + other.cells, 0);
      const limit = pipeline.keyColumns.has(`${table.name}.${repair.column}`)
        ? 0
        : limitOf(pipeline, table.name, repair.column);
      if (cells > limit) {
        throw nightjarError('NJ-CONTRACT-REPAIRS', {
          table: table.name,
          column: repair.column,
          cells,
          limit,
        });
      }
    }
  }
}

/** The tightest limit that any contract sets for a raw column. */
function limitOf(pipeline: Pipeline, table: string, column: string): number {
  const limits = pipeline.datasets
    .flatMap((dataset) => dataset.contract.repairLimits)
    .filter((limit) => limit.table === table && limit.column === column)
    .map((limit) => limit.atMost);
  return Math.min(Number.POSITIVE_INFINITY, ...limits);
}
