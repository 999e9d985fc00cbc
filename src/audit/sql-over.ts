import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';

/** The SELECT of a dataset with other rows in the place of a raw table's. */
export function sqlOver(dataset: Dataset, raw: string, rows: string): string {
  return `with ${quoteIdentifier(raw)} as materialized (${rows}) select * from (\n${dataset.sql}\n) s`;
}
