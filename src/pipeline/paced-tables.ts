import type { FilePosition } from '../error/nightjar-error.ts';
import type { FaultList } from './fault-list.ts';
import type { Dataset } from './pipeline.ts';

/**
 * By which dataset's contract the guard `pace` judges each table: one that the table drives, otherwise the first that reads it.
 *
 * @param datasets in the order of the pipeline.
 */
export function pacedBy(datasets: readonly Dataset[]): ReadonlyMap<string, Dataset> {
  const paced = new Map<string, Dataset>();
  const give = (tablesOf: (dataset: Dataset) => readonly string[]): void => {
    for (const dataset of datasets)
      for (const table of tablesOf(dataset)) if (!paced.has(table)) paced.set(table, dataset);
  };
  give(({ contract }) => contract.driving.map(({ table }) => table));
  give(({ readsRaw }) => readsRaw);
  return paced;
}

/** Reports settings of the guard that no table goes by: whoever wrote one believes that it counts. */
export function checkPaces(
  datasets: readonly Dataset[],
  written: ReadonlyMap<string, FilePosition>,
  faults: FaultList,
): void {
  const paced = pacedBy(datasets);
  const judging = new Set([...paced.values()].map(({ name }) => name));
  for (const { name, contract, readsRaw } of datasets) {
    const position = written.get(name);
    if (position === undefined || judging.has(name)) continue;
    const tables = [...contract.driving.map(({ table }) => table), ...readsRaw];
    const others = new Set(tables.flatMap((table) => paced.get(table)?.name ?? []));
    const details = {
      place: 'guards.pace',
      expected: others.size === 0 ? 'no setting' : `the setting in the contract of ${[...others].join(', ')}`,
      found: 'one that no source table is judged by',
      nearest: undefined,
    };
    faults.add('NJ-CONFIG-VALUE', details, position);
  }
}
