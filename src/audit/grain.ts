import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { DrivingTable } from '../pipeline/contract.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

/** Compares the rows of a dataset with those its driving tables make: a join must neither add nor lose any. */
export async function checkGrain(
  session: Session,
  dataset: Dataset,
  { rows, missing }: { readonly rows: number; readonly missing: number },
): Promise<readonly NightjarError[]> {
  const { driving } = dataset.contract;
  if (driving.length === 0) return [];
  const counts = driving.map((one) => `(select count(*) from ${quoteIdentifier(one.table)}${where(one)})`);
  const { expected } = await session.one<{ expected: number }>(
    `the count of what drives dataset ${dataset.name}`,
    `select ${counts.join(' + ')} as expected`,
  );
  if (rows + missing === expected) return [];
  const names = driving.map((one) => one.table).join(' and ');
  return [
    nightjarError('NJ-CONTRACT-GRAIN', {
      dataset: dataset.name,
      rows: rows + missing,
      driving: names,
      expected,
    }),
  ];
}

function where(driving: DrivingTable): string {
  return driving.where === undefined ? '' : ` where ${driving.where}`;
}
