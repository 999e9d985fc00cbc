import type { FilePosition } from '../error/nightjar-error.ts';
import type { FaultList } from './fault-list.ts';
import type { KnownNames } from './known-names.ts';
import { nearestName } from './nearest-name.ts';
import type { ContractDraft } from './read-contract.ts';
import { checkCondition, checkExpression } from './sql/check-condition.ts';
import { now } from './sql/later.ts';
import { unknownOutput, type Output } from './sql/relation.ts';
import type { YamlPath } from './yaml-file.ts';

/** What a contract's guards may name. */
export interface GuardNames {
  /** Raw tables, seeds and datasets. */
  readonly known: KnownNames;
  /** Each dataset with its key. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

const noColumns: Output = { columns: [], keys: now([]) };

/** How the published row of a key that left is called in the SQL that explains it. */
export const departedName = 'departed';

/** Reports what a contract says about its guards that cannot be so. */
export function checkGuards(
  dataset: string,
  draft: ContractDraft,
  { known, keys }: GuardNames,
  faults: FaultList,
): void {
  checkDepartures(dataset, draft, { known, keys }, faults);
  checkKeyWas(dataset, draft, known, faults);
  checkWhenHeld(draft, faults);
  checkColumns(dataset, draft, faults);
  checkReferences(dataset, draft, keys, faults);
  checkCoverage(draft, { known, keys }, faults);
}

function checkDepartures(
  dataset: string,
  { contract, yaml }: ContractDraft,
  { known, keys }: GuardNames,
  faults: FaultList,
): void {
  const columns = known.stored.get(dataset) ?? unknownOutput;
  const published: KnownNames = {
    ...known,
    stored: new Map([...known.stored].filter(([name]) => keys.has(name))),
  };
  const check = (text: string, path: YamlPath, others: KnownNames): void => {
    const at = (offset: number): FilePosition => yaml.insideAt(path, offset);
    checkCondition({ text, table: departedName, columns, others, at }, faults);
  };
  for (const { name, sql } of contract.departures.foretold)
    check(sql, ['departures', 'foretold', name, 'sql'], published);
  for (const { name, sql } of contract.departures.evidence)
    check(sql, ['departures', 'evidence', name, 'sql'], known);
  const { inSource } = contract.departures;
  if (inSource !== undefined) check(inSource, ['departures', 'in_source'], known);
}

function checkKeyWas(
  dataset: string,
  { contract, yaml }: ContractDraft,
  known: KnownNames,
  faults: FaultList,
): void {
  const columns: Output = known.stored.get(dataset) ?? unknownOutput;
  for (const [name, text] of contract.keyWas) {
    const at = (offset: number): FilePosition => yaml.insideAt(['key_was', name], offset);
    checkExpression({ text, table: dataset, columns, others: undefined, at }, faults);
  }
}

/** A constant: it is the same for every row, and depends on no table. */
function checkWhenHeld({ contract, yaml }: ContractDraft, faults: FaultList): void {
  for (const { name, whenHeld } of contract.columns) {
    if (whenHeld === undefined) continue;
    const at = (offset: number): FilePosition => yaml.insideAt(['columns', name, 'when_held'], offset);
    checkExpression({ text: whenHeld, table: 'none', columns: noColumns, others: undefined, at }, faults);
  }
}

/** Coded columns and distributions name columns of the dataset, and none whose values nobody may be told. */
function checkColumns(dataset: string, { contract, yaml, doubtful }: ContractDraft, faults: FaultList): void {
  if (doubtful === 'all') return;
  const names = contract.columns.map((column) => column.name);
  for (const [key, list] of [
    ['coded', contract.coded],
    ['distribution', contract.distribution],
  ] as const) {
    for (const [index, name] of list.entries()) {
      const column = contract.columns.find((one) => one.name === name);
      const position = yaml.valueAt([key, index]);
      if (column === undefined) {
        const nearest = nearestName(name, names);
        faults.add(
          'NJ-CONFIG-UNKNOWN',
          { what: 'column', name, place: `in the contract of ${dataset}`, nearest },
          position,
        );
      } else if (column.privacy !== 'none') {
        const details = {
          place: `${key}.${name}`,
          expected: 'a column whose privacy is none: its values are told',
          found: `a ${column.privacy} one`,
          nearest: undefined,
        };
        faults.add('NJ-CONFIG-VALUE', details, position);
      } else if (list.indexOf(name) < index) {
        faults.add('NJ-CONFIG-REPEATED', { name, place: `"${key}"` }, position);
      }
    }
  }
}

function checkReferences(
  dataset: string,
  { contract, yaml, doubtful }: ContractDraft,
  keys: GuardNames['keys'],
  faults: FaultList,
): void {
  const names = contract.columns.map((column) => column.name);
  for (const reference of contract.references) {
    const position = yaml.keyAt(['references', reference.name]);
    const key = keys.get(reference.dataset);
    if (key === undefined) {
      const nearest = nearestName(reference.dataset, keys.keys());
      faults.add(
        'NJ-CONFIG-UNKNOWN',
        { what: 'dataset', name: reference.dataset, place: 'in the pipeline', nearest },
        yaml.valueAt(['references', reference.name]),
      );
    } else if (key.length > 0 && key.length !== reference.columns.length) {
      const details = {
        place: `references.${reference.name}`,
        expected: `${key.length} columns, for the key of ${reference.dataset} (${key.join(', ')})`,
        found: reference.columns.join(', '),
        nearest: undefined,
      };
      faults.add('NJ-CONFIG-VALUE', details, position);
    }
    for (const name of doubtful === 'all' ? [] : reference.columns) {
      if (names.includes(name)) continue;
      const nearest = nearestName(name, names);
      faults.add(
        'NJ-CONFIG-UNKNOWN',
        { what: 'column', name, place: `in the contract of ${dataset}`, nearest },
        position,
      );
    }
  }
}

function checkCoverage(
  { contract, yaml }: ContractDraft,
  { known, keys }: GuardNames,
  faults: FaultList,
): void {
  for (const { name, of, where, by, on } of contract.coverage) {
    const tables = [
      ['of', of, [...on.keys()]],
      ['by', by, [...on.values()]],
    ] as const;
    for (const [key, table, columns] of tables) {
      const output = known.stored.get(table);
      const path = ['coverage', name, key];
      if (keys.has(table)) {
        const details = {
          place: `coverage.${name}.${key}`,
          expected: 'a raw table or a seed, of which what was read is asked',
          found: `the dataset ${table}`,
          nearest: undefined,
        };
        faults.add('NJ-CONFIG-VALUE', details, yaml.valueAt(path));
        continue;
      }
      if (output === undefined) {
        if (known.doubtfulPrefixes.some((prefix) => table.startsWith(prefix))) continue;
        const nearest = nearestName(table, known.stored.keys());
        faults.add(
          'NJ-CONFIG-UNKNOWN',
          { what: 'table', name: table, place: 'in the pipeline', nearest },
          yaml.valueAt(path),
        );
        continue;
      }
      const there = output.columns?.map((column) => column.name);
      for (const column of columns) {
        if (there?.includes(column) !== false) continue;
        const nearest = nearestName(column, there);
        faults.add(
          'NJ-CONFIG-UNKNOWN',
          { what: 'column', name: column, place: `in ${table}`, nearest },
          yaml.keyAt(['coverage', name, 'on']),
        );
      }
    }
    const output = known.stored.get(of);
    if (where === undefined || output === undefined) continue;
    const at = (offset: number): FilePosition => yaml.insideAt(['coverage', name, 'where'], offset);
    checkCondition({ text: where, table: of, columns: output, others: undefined, at }, faults);
  }
}
