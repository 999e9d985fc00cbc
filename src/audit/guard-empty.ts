import { nightjarError } from '../error/nightjar-error.ts';
import type { AuditedDataset } from './audit.ts';

/**
 * No row where there were rows is never published: to a consumer each missing row is a deletion.
 * Throws NJ-GUARD-EMPTY.
 *
 * @param published rows of each dataset of the published generation.
 */
export function guardEmpty(
  candidate: readonly AuditedDataset[],
  published: ReadonlyMap<string, number>,
): void {
  const emptied = candidate.flatMap(({ name, rows }) => {
    const before = published.get(name) ?? 0;
    return rows === 0 && before > 0 ? [{ dataset: name, rows: before }] : [];
  });
  if (emptied.length > 0) throw nightjarError('NJ-GUARD-EMPTY', { datasets: emptied });
}
