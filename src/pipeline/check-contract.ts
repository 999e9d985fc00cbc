import type { FilePosition } from '../error/nightjar-error.ts';
import { checkGuards, type GuardNames } from './check-guards.ts';
import type { FaultList } from './fault-list.ts';
import type { KnownNames } from './known-names.ts';
import { nearestName } from './nearest-name.ts';
import { drivingPaths, type ContractDraft } from './read-contract.ts';
import type { SourceTableDraft } from './read-source.ts';
import { checkCondition, checkExpression } from './sql/check-condition.ts';
import { unknownOutput, type Output } from './sql/relation.ts';

/** Reports what a contract says about other tables, or in SQL, that cannot be so. */
export function checkContract(
  dataset: string,
  draft: ContractDraft,
  known: KnownNames,
  tables: readonly SourceTableDraft[],
  keys: GuardNames['keys'],
  faults: FaultList,
): void {
  checkDriving(draft, known, faults);
  const own: Output = known.stored.get(dataset) ?? unknownOutput;
  for (const rule of draft.contract.rules) {
    const path = ['rules', rule.name, 'sql'];
    const at = (offset: number): FilePosition => draft.yaml.insideAt(path, offset);
    checkCondition({ text: rule.sql, table: dataset, columns: own, others: undefined, at }, faults);
  }
  checkRepairLimits(draft, known, tables, faults);
  for (const fault of draft.contract.faults) {
    const path = ['faults', fault.name, 'sql'];
    const at = (offset: number): FilePosition => draft.yaml.insideAt(path, offset);
    checkCondition({ text: fault.sql, table: dataset, columns: own, others: known, at }, faults);
  }
  const { office, changedAt } = draft.contract;
  for (const [key, text] of [
    ['office', office],
    ['changed_at', changedAt],
  ] as const) {
    if (text === undefined) continue;
    const at = (offset: number): FilePosition => draft.yaml.insideAt([key], offset);
    checkExpression({ text, table: dataset, columns: own, others: known, at }, faults);
  }
  checkGuards(dataset, draft, { known, keys }, faults);
}

function checkDriving({ contract, yaml }: ContractDraft, known: KnownNames, faults: FaultList): void {
  for (const [index, driving] of contract.driving.entries()) {
    const paths = drivingPaths(yaml, index);
    const output = known.stored.get(driving.table);
    if (output === undefined) {
      reportTable(driving.table, known, yaml.valueAt(paths.table), faults);
    } else if (driving.where !== undefined) {
      const at = (offset: number): FilePosition => yaml.insideAt(paths.where, offset);
      checkCondition(
        { text: driving.where, table: driving.table, columns: output, others: known, at },
        faults,
      );
    }
  }
}

function checkRepairLimits(
  { contract, yaml }: ContractDraft,
  known: KnownNames,
  tables: readonly SourceTableDraft[],
  faults: FaultList,
): void {
  for (const { table, column } of contract.repairLimits) {
    const position = yaml.keyAt(['repair_limits', `${table}.${column}`]);
    const found = tables.find((draft) => draft.table.name === table)?.table;
    if (found === undefined) {
      reportTable(
        table,
        { ...known, stored: new Map(tables.map((draft) => [draft.table.name, unknownOutput])) },
        position,
        faults,
      );
    } else if (!found.columns.some((one) => one.name === column)) {
      const nearest = nearestName(
        column,
        found.columns.map((one) => one.name),
      );
      faults.add(
        'NJ-CONFIG-UNKNOWN',
        { what: 'raw column', name: column, place: `in ${table}`, nearest },
        position,
      );
    }
  }
}

function reportTable(name: string, known: KnownNames, position: FilePosition, faults: FaultList): void {
  if (known.doubtfulPrefixes.some((prefix) => name.startsWith(prefix))) return;
  const nearest = nearestName(name, known.stored.keys());
  faults.add('NJ-CONFIG-UNKNOWN', { what: 'table', name, place: 'in the pipeline', nearest }, position);
}
