import { generationSchemaName } from '../build/candidate.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import type { Measure } from './measures.ts';

/**
 * Counts the rows that have a fault which is watched. Always anew: a fault may lie in a raw table, or in the date.
 *
 * @param session on the path of the candidate's build.
 */
export async function faultMeasures(
  session: Session,
  candidate: number,
  { name, contract }: Dataset,
): Promise<readonly Measure[]> {
  const watched = contract.faults.filter((fault) => fault.watched);
  if (watched.length === 0) return [];
  const counts = watched.map(({ sql }) => `count(*) filter (where (${sql}))`);
  const found = await session.one<{ total: number; rows: readonly number[] }>(
    `the count of watched faults of dataset ${name}`,
    `select count(*) as total, array[${counts.join(', ')}]::integer[] as rows
       from ${qualified(generationSchemaName(candidate), name)} as ${quoteIdentifier(name)}`,
  );
  return watched.map((fault, index) => ({
    ...{ guard: 'faults', subject: fault.name, value: null },
    ...{ rows: found.rows[index] ?? 0, total: found.total },
  }));
}
