import type { Dataset } from './pipeline.ts';

/** The names of the datasets whose SELECTs read a dataset, or one that reads it; in the order of the pipeline. */
export function madeFrom(datasets: readonly Dataset[], name: string): readonly string[] {
  const names = new Set([name]);
  // Each stands behind those it reads.
  for (const dataset of datasets)
    if (dataset.readsDatasets.some((read) => names.has(read))) names.add(dataset.name);
  names.delete(name);
  return [...names];
}
