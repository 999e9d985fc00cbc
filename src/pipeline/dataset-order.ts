import type { FilePosition } from '../error/nightjar-error.ts';
import type { FaultList } from './fault-list.ts';

/** A dataset, where it names each dataset that it reads, and those that it refers to. */
export interface DatasetReferences {
  readonly name: string;
  readonly reads: ReadonlyMap<string, FilePosition>;
  readonly refersTo: readonly string[];
}

/**
 * The names in an order in which each stands behind those it reads and, wherever that makes no circle, behind those it
 * refers to, otherwise by name; reports each cycle of reading once. A held row can then be asked whether its parent is there.
 */
export function orderDatasets(datasets: readonly DatasetReferences[], faults: FaultList): readonly string[] {
  const byName = new Map(datasets.map((dataset) => [dataset.name, dataset]));
  const names = [...byName.keys()].toSorted();
  const before = new Map(names.map((name) => [name, new Set(byName.get(name)?.reads.keys())]));
  for (const name of names) {
    for (const parent of byName.get(name)?.refersTo.toSorted() ?? []) {
      if (byName.has(parent) && !standsBehind(parent, name, before)) before.get(name)?.add(parent);
    }
  }
  const ordered = new Set<string>();
  const open: string[] = [];
  const visit = (name: string): void => {
    const dataset = byName.get(name);
    if (dataset === undefined || ordered.has(name)) return;
    open.push(name);
    for (const other of [...(before.get(name) ?? [])].toSorted()) {
      const start = open.indexOf(other);
      const position = dataset.reads.get(other);
      if (start === -1) visit(other);
      else if (position !== undefined)
        faults.add('NJ-CONFIG-CYCLE', { path: [...open.slice(start), other] }, position);
    }
    open.pop();
    ordered.add(name);
  };
  for (const name of names) visit(name);
  return [...ordered];
}

/** Whether a dataset is `other`, or has to stand behind it, however many stand between. */
function standsBehind(
  name: string,
  other: string,
  before: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  const seen = new Set([name]);
  for (const one of seen) for (const next of before.get(one) ?? []) seen.add(next);
  return seen.has(other);
}
