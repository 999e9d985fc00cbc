import type { CheckedDataset } from './check-dataset.ts';
import type { FaultList } from './fault-list.ts';
import type { ContractDraft } from './read-contract.ts';
import type { SourceTableDraft } from './read-source.ts';

/** A dataset as far as keys are concerned. */
export interface KeyedDataset {
  readonly name: string;
  readonly draft: ContractDraft | undefined;
  readonly select: CheckedDataset;
}

/** Raw columns that may not be repaired (`shop_customer.id`), each with the key that it is part of, in words. */
export type KeyColumns = ReadonlyMap<string, string>;

/**
 * The columns of raw tables that are part of a key: of their own table's, or of a dataset's, through whatever queries
 * and datasets their values come there.
 */
export function keyColumns(
  tables: readonly SourceTableDraft[],
  datasets: readonly KeyedDataset[],
): KeyColumns {
  const found = new Map<string, string>();
  const origins = new Map(
    datasets.flatMap(({ name, select }) =>
      [...select.origins].map(([column, from]): [string, ReadonlySet<string>] => [`${name}.${column}`, from]),
    ),
  );
  const seen = new Set<string>();
  const trace = (column: string, key: string): void => {
    if (seen.has(column)) return;
    seen.add(column);
    const from = origins.get(column);
    if (from === undefined) found.set(column, key);
    else for (const one of from) trace(one, key);
  };
  for (const { table } of tables)
    for (const column of table.key) found.set(`${table.name}.${column}`, table.name);
  for (const { name, draft } of datasets) {
    seen.clear();
    for (const column of draft?.contract.key ?? []) trace(`${name}.${column}`, `dataset ${name}`);
  }
  return found;
}

/** Reports a contract that would accept repaired cells in a key. */
export function checkKeyRepairs(draft: ContractDraft, keys: KeyColumns, faults: FaultList): void {
  for (const { table, column, atMost } of draft.contract.repairLimits) {
    const key = keys.get(`${table}.${column}`);
    if (key === undefined || atMost === 0) continue;
    const position = draft.yaml.keyAt(['repair_limits', `${table}.${column}`]);
    faults.add('NJ-CONFIG-KEY-REPAIR', { table, column, key }, position);
  }
}
