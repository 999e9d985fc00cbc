import type { FilePosition } from '../error/nightjar-error.ts';
import type { FaultList } from './fault-list.ts';

/** A dataset and where it names each dataset that it reads. */
export interface DatasetReferences {
  readonly name: string;
  readonly reads: ReadonlyMap<string, FilePosition>;
}

/** The names in an order in which each stands behind those it reads, otherwise by name; reports each cycle once. */
export function orderDatasets(datasets: readonly DatasetReferences[], faults: FaultList): readonly string[] {
  const byName = new Map(datasets.map((dataset) => [dataset.name, dataset]));
  const ordered = new Set<string>();
  const open: string[] = [];
  const visit = (name: string): void => {
    const dataset = byName.get(name);
    if (dataset === undefined || ordered.has(name)) return;
    open.push(name);
    for (const [read, position] of [...dataset.reads].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
      const start = open.indexOf(read);
      if (start === -1) visit(read);
      else faults.add('NJ-CONFIG-CYCLE', { path: [...open.slice(start), read] }, position);
    }
    open.pop();
    ordered.add(name);
  };
  for (const name of [...byName.keys()].toSorted()) visit(name);
  return [...ordered];
}
