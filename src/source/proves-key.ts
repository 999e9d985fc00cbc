import type { SourceTable } from '../pipeline/source-table.ts';
import type { LiveTable } from './source.ts';

/**
 * Whether the source itself lets no two rows have the same declared key: it keeps some of its columns unique, and none of
 * those null. A column that is declared as another kind than it is there may have fewer values here: a tinyint(1) as a boolean.
 */
export function provesKey(live: LiveTable, { key, columns }: SourceTable): boolean {
  const kinds = new Map(live.columns.map(({ name, type }) => [name, type?.raw]));
  const same = new Set(
    columns
      .filter(({ name, column, type }) => key.includes(name) && kinds.get(column) === type.raw)
      .map(({ column }) => column),
  );
  return live.uniqueKeys.some((unique) => unique.every((column) => same.has(column)));
}
