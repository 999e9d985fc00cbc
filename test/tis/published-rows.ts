import type pg from 'pg';
import type { Dataset } from '../../src/pipeline/pipeline.ts';
import { qualified, quoteIdentifier } from '../../src/warehouse/identifier.ts';
import type { TextRow } from './text-table.ts';

/** All rows of a dataset as a consumer reads them, every value in the server's own words. */
export async function publishedRows(reader: pg.Client, dataset: Dataset): Promise<readonly TextRow[]> {
  const columns = dataset.contract.columns.map(({ name }) => `${quoteIdentifier(name)}::text`);
  const { rows } = await reader.query<TextRow>(
    `select ${columns.join(', ')} from ${qualified('ndw', dataset.name)}`,
  );
  return rows;
}
