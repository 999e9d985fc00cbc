import type { Contract } from './contract.ts';
import type { FaultList } from './fault-list.ts';
import {
  defaultTolerances,
  type guardNames,
  type Coverage,
  type DepartureReason,
  type GuardSettings,
  type Reference,
} from './guards.ts';
import { checkName } from './name-rules.ts';
import type { ContractFile } from './schema/contract-schema.ts';
import type { YamlFile, YamlPath } from './yaml-file.ts';

/** What a contract says about its guards, as far as that stands in it alone. */
export function readGuards(
  yaml: YamlFile,
  value: ContractFile,
  faults: FaultList,
): Pick<Contract, 'keyWas' | 'departures' | 'references' | 'coded' | 'distribution' | 'coverage' | 'guards'> {
  return {
    keyWas: new Map(named(yaml, ['key_was'], value.key_was)),
    departures: {
      foretold: reasons(yaml, 'foretold', value, faults),
      evidence: reasons(yaml, 'evidence', value, faults),
      inSource: value.departures?.in_source,
    },
    references: readReferences(yaml, value),
    coded: value.coded ?? [],
    distribution: value.distribution ?? [],
    coverage: readCoverage(yaml, value, faults),
    guards: guardSettings(value.guards ?? {}),
  };
}

/** The entries of a mapping in the order of the file. */
function named<T>(
  yaml: YamlFile,
  path: YamlPath,
  entries: Readonly<Record<string, T>> | undefined,
): readonly (readonly [string, T])[] {
  return yaml.keysOf(path).flatMap((name) => {
    const entry = entries?.[name];
    return entry === undefined ? [] : [[name, entry] as const];
  });
}

function reasons(
  yaml: YamlFile,
  kind: 'foretold' | 'evidence',
  value: ContractFile,
  faults: FaultList,
): readonly DepartureReason[] {
  return named(yaml, ['departures', kind], value.departures?.[kind]).map(([name, { sql, reason }]) => {
    checkName(name, 'a reason', () => yaml.keyAt(['departures', kind, name]), faults);
    return { name, sql, reason };
  });
}

/** `person_id: person` says the same as a reference of that name over that one column. */
function readReferences(yaml: YamlFile, value: ContractFile): readonly Reference[] {
  return named(yaml, ['references'], value.references).map(([name, written]) =>
    typeof written === 'string'
      ? { name, columns: [name], dataset: written }
      : { name, columns: written.columns, dataset: written.dataset },
  );
}

function readCoverage(yaml: YamlFile, value: ContractFile, faults: FaultList): readonly Coverage[] {
  return named(yaml, ['coverage'], value.coverage).map(([name, { of, where, by, on }]) => {
    checkName(name, 'a coverage', () => yaml.keyAt(['coverage', name]), faults);
    return { name, of, where, by, on: new Map(Object.entries(on)) };
  });
}

/** The settings of every guard: what is written, and what holds where nothing is. */
export function guardSettings(written: NonNullable<ContractFile['guards']>): GuardSettings {
  const setting = (name: (typeof guardNames)[number]): GuardSettings[typeof name] => {
    const usual = defaultTolerances[name];
    const given = written[name];
    const loosened = given?.loosened;
    const tolerance = { rows: given?.rows ?? usual.rows, percent: given?.percent ?? usual.percent };
    return {
      tolerance,
      loosened:
        loosened === undefined
          ? undefined
          : {
              ...loosened,
              rows: loosened.rows ?? tolerance.rows,
              percent: loosened.percent ?? tolerance.percent,
            },
    };
  };
  return {
    held_rows: setting('held_rows'),
    departures: setting('departures'),
    parents: setting('parents'),
    rekeyed: setting('rekeyed'),
    nulls: setting('nulls'),
    orphans: setting('orphans'),
    codes: setting('codes'),
    distribution: setting('distribution'),
    coverage: setting('coverage'),
    faults: setting('faults'),
  };
}
