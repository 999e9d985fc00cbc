import { quoteIdentifier } from '../warehouse/identifier.ts';

/**
 * Names how a dataset's digest is made, so that two are only compared where they were made alike: the sum of each
 * row's 64-bit hash (PostgreSQL's own, of the typed values), which does not depend on the order of the rows. Never
 * XOR, in which pairs cancel.
 */
export const digestRecipe = 'sum-of-hash_record_extended-1';

/** The SQL of the digest over these columns, as text. */
export function digestSql(columns: readonly string[]): string {
  const row = columns.map((column) => quoteIdentifier(column)).join(', ');
  return `coalesce(sum(hash_record_extended(row(${row}), 0)), 0)::text`;
}
