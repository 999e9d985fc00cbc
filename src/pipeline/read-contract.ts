import type { FilePosition } from '../error/nightjar-error.ts';
import type { Contract, ContractColumn, DataFault, DrivingTable, RepairLimit, RowRule } from './contract.ts';
import type { ContractType } from './contract-type.ts';
import { entriesOf, requireEntries } from './entries-of.ts';
import type { FaultList } from './fault-list.ts';
import { checkName } from './name-rules.ts';
import { nearestName } from './nearest-name.ts';
import { nearestType } from './nearest-type.ts';
import { contractTypeNames, parseContractType } from './parse-contract-type.ts';
import type { PipelineText } from './pipeline-files.ts';
import { readGuards } from './read-guards.ts';
import { contractSchema, type ContractFile } from './schema/contract-schema.ts';
import { columnsAreKnown, type Doubtful } from './doubtful.ts';
import { readBySchema } from './schema/read-schema.ts';
import type { YamlFile, YamlPath } from './yaml-file.ts';

/** A contract as read, faults and all. */
export interface ContractDraft {
  readonly contract: Contract;
  readonly yaml: YamlFile;
  /** Columns whose type could not be read: nothing is concluded from them; `all` where the columns are not known. */
  readonly doubtful: Doubtful;
}

/** Reads `datasets/<dataset>.yaml`. `undefined` where nothing can be made of it. */
export function readContract(
  dataset: string,
  from: PipelineText,
  faults: FaultList,
): ContractDraft | undefined {
  if (from.text === undefined) return undefined;
  const wording = { what: `the contract of ${dataset}`, dataset };
  const read = readBySchema(from.file, from.text, contractSchema, wording, faults);
  if (read === undefined) return undefined;
  const { yaml, value } = read;
  const doubtful = new Set<string>();
  const columns = readColumns(yaml, value, doubtful, faults);
  const names = columns.map((column) => column.name);
  if (columnsAreKnown(yaml)) checkColumnList(value.key, ['key'], names, dataset, yaml, faults);
  const indexes = value.indexes ?? [];
  for (const [index, list] of indexes.entries()) {
    if (columnsAreKnown(yaml)) checkColumnList(list, ['indexes', index], names, dataset, yaml, faults);
  }
  checkKeyPresence(value, yaml, faults);
  const contract: Contract = {
    description: value.description,
    grain: value.grain,
    key: value.key,
    driving: readDriving(value),
    columns,
    rules: readRules(yaml, value, faults),
    indexes,
    repairLimits: readRepairLimits(yaml, value, faults),
    ...readGuards(yaml, value, faults),
    faults: readFaults(yaml, value, faults),
    office: value.office,
    changedAt: value.changed_at,
  };
  return { contract, yaml, doubtful: columnsAreKnown(yaml) ? doubtful : 'all' };
}

function readColumns(
  yaml: YamlFile,
  value: ContractFile,
  doubtful: Set<string>,
  faults: FaultList,
): ContractColumn[] {
  requireEntries(yaml, ['columns'], 'column', faults);
  return entriesOf(yaml, ['columns'], value.columns).map(([name, written]) => {
    checkName(name, 'a column', () => yaml.keyAt(['columns', name]), faults);
    const type = parseContractType(written.type);
    if (type === undefined) {
      doubtful.add(name);
      const nearest = nearestType(written.type, contractTypeNames);
      const details = {
        place: `the type of "${name}"`,
        expected: contractTypeNames.join(', '),
        found: `"${written.type}"`,
        nearest,
      };
      faults.add('NJ-CONFIG-VALUE', details, yaml.valueAt(['columns', name, 'type']));
    }
    const { presence, privacy, description, from, when_held: whenHeld } = written;
    return { name, type: type ?? standIn, presence, privacy, description, from, whenHeld };
  });
}

/** Stands where a type could not be read; such a pipeline is never handed out. */
const standIn: ContractType = { base: 'text' };

function checkColumnList(
  list: readonly string[],
  path: YamlPath,
  columns: readonly string[],
  dataset: string,
  yaml: YamlFile,
  faults: FaultList,
): void {
  for (const [index, name] of list.entries()) {
    const position = (): FilePosition => yaml.valueAt([...path, index]);
    if (!columns.includes(name)) {
      const details = {
        what: 'column',
        name,
        place: `in the contract of ${dataset}`,
        nearest: nearestName(name, columns),
      };
      faults.add('NJ-CONFIG-UNKNOWN', details, position());
    } else if (list.indexOf(name) < index) {
      faults.add('NJ-CONFIG-REPEATED', { name, place: `"${path.join('.')}"` }, position());
    }
  }
}

/** No row may be published without its key, so no key column can be less than required. */
function checkKeyPresence(value: ContractFile, yaml: YamlFile, faults: FaultList): void {
  for (const name of value.key) {
    const presence = value.columns[name]?.presence;
    if (presence === undefined || presence === 'required') continue;
    const keys = yaml.keysOf(['columns', name]);
    const written = keys.includes('presence');
    // Misspelt: that is told of already.
    if (!written && keys.some((key) => nearestName(key, ['presence']) !== undefined)) continue;
    const details = {
      place: `the presence of "${name}", part of the key`,
      expected: '"required"',
      found: written ? `"${presence}"` : `none, which means "${presence}"`,
      nearest: undefined,
    };
    faults.add('NJ-CONFIG-VALUE', details, yaml.valueAt(['columns', name, 'presence']));
  }
}

function readDriving(value: ContractFile): readonly DrivingTable[] {
  if (value.driving === undefined) return [];
  const written = Array.isArray(value.driving) ? value.driving : [value.driving];
  return written.map((one) =>
    typeof one === 'string' ? { table: one, where: undefined } : { table: one.table, where: one.where },
  );
}

/** Where the file names the driving table at `index`, and where its condition stands. */
export function drivingPaths(
  yaml: YamlFile,
  index: number,
): { readonly table: YamlPath; readonly where: YamlPath } {
  const listed = yaml.keysOf(['driving']).includes('0');
  const base: YamlPath = listed ? ['driving', index] : ['driving'];
  return { table: [...base, 'table'], where: [...base, 'where'] };
}

function readRules(yaml: YamlFile, value: ContractFile, faults: FaultList): readonly RowRule[] {
  return entriesOf(yaml, ['rules'], value.rules).map(([name, { sql, description }]) => {
    checkName(name, 'a rule', () => yaml.keyAt(['rules', name]), faults);
    return { name, sql, description };
  });
}

function readFaults(yaml: YamlFile, value: ContractFile, faults: FaultList): readonly DataFault[] {
  return entriesOf(yaml, ['faults'], value.faults).map(([name, { sql, description, watched }]) => {
    checkName(name, 'a fault', () => yaml.keyAt(['faults', name]), faults);
    return { name, sql, description, watched };
  });
}

function readRepairLimits(yaml: YamlFile, value: ContractFile, faults: FaultList): readonly RepairLimit[] {
  return entriesOf(yaml, ['repair_limits'], value.repair_limits).flatMap(([name, atMost]) => {
    const dot = name.indexOf('.');
    if (dot !== -1) return [{ table: name.slice(0, dot), column: name.slice(dot + 1), atMost }];
    const details = {
      place: `repair_limits.${name}`,
      expected: '<raw table>.<raw column>',
      found: `"${name}"`,
      nearest: undefined,
    };
    faults.add('NJ-CONFIG-VALUE', details, yaml.keyAt(['repair_limits', name]));
    return [];
  });
}
