import type { Dataset } from '../pipeline/pipeline.ts';
import { buildsAfter } from './builds-after.ts';

/**
 * The datasets in the order in which to begin them, as far as each is free to: first those with the longest chain of work
 * behind them, so that the largest does not come last and alone. Work is counted in the rows of the raw tables that a SELECT
 * names.
 *
 * @param datasets in the order of the pipeline.
 * @param rows of each raw table.
 */
export function heaviestFirst(
  datasets: readonly Dataset[],
  rows: ReadonlyMap<string, number>,
): readonly Dataset[] {
  const before = buildsAfter(datasets);
  const chains = new Map<string, number>();
  for (const { name, readsRaw } of datasets.toReversed()) {
    const own = readsRaw.reduce((sum, table) => sum + (rows.get(table) ?? 0), 0);
    const behind = datasets.filter((other) => before(other).includes(name));
    chains.set(name, own + Math.max(0, ...behind.map((other) => chains.get(other.name) ?? 0)));
  }
  return datasets.toSorted((one, other) => (chains.get(other.name) ?? 0) - (chains.get(one.name) ?? 0));
}
