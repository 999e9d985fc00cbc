import type { Contract } from './contract.ts';
import { entriesOf } from './entries-of.ts';
import type { FaultList } from './fault-list.ts';
import {
  defaultTolerances,
  type Coverage,
  type DepartureReason,
  type GuardName,
  type GuardSetting,
  type GuardSettings,
  type Loosening,
  type PaceTolerance,
  type Reference,
  type Tolerance,
} from './guards.ts';
import { checkName } from './name-rules.ts';
import type { ContractFile } from './schema/contract-schema.ts';
import type { YamlFile } from './yaml-file.ts';

/** What a contract says about its guards, as far as that stands in it alone. */
export function readGuards(
  yaml: YamlFile,
  value: ContractFile,
  faults: FaultList,
): Pick<Contract, 'keyWas' | 'departures' | 'references' | 'coded' | 'distribution' | 'coverage' | 'guards'> {
  return {
    keyWas: new Map(entriesOf(yaml, ['key_was'], value.key_was)),
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

function reasons(
  yaml: YamlFile,
  kind: 'foretold' | 'evidence',
  value: ContractFile,
  faults: FaultList,
): readonly DepartureReason[] {
  return entriesOf(yaml, ['departures', kind], value.departures?.[kind]).map(([name, { sql, reason }]) => {
    checkName(name, 'a reason', () => yaml.keyAt(['departures', kind, name]), faults);
    return { name, sql, reason };
  });
}

/** `person_id: person` says the same as a reference of that name over that one column. */
function readReferences(yaml: YamlFile, value: ContractFile): readonly Reference[] {
  return entriesOf(yaml, ['references'], value.references).map(([name, written]) =>
    typeof written === 'string'
      ? { name, columns: [name], dataset: written }
      : { name, columns: written.columns, dataset: written.dataset },
  );
}

function readCoverage(yaml: YamlFile, value: ContractFile, faults: FaultList): readonly Coverage[] {
  return entriesOf(yaml, ['coverage'], value.coverage).map(([name, { of, where, by, on }]) => {
    checkName(name, 'a coverage', () => yaml.keyAt(['coverage', name]), faults);
    return { name, of, where, by, on: new Map(Object.entries(on)) };
  });
}

/** The settings of every guard: what is written, and what holds where nothing is. */
export function guardSettings(written: NonNullable<ContractFile['guards']>): GuardSettings {
  const setting = (name: Exclude<GuardName, 'pace'>): GuardSetting =>
    settingOf(written[name], defaultTolerances[name], toleranceOf);
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
    pace: settingOf(written.pace, defaultTolerances.pace, paceToleranceOf),
  };
}

/** What stands in a file where a setting, or a wider one, is given; the rest is as it is otherwise. */
function settingOf<Written extends object, Allowed extends Tolerance>(
  written: (Written & { readonly loosened?: (Written & Loosening) | undefined }) | undefined,
  usual: Allowed,
  read: (written: Written, otherwise: Allowed) => Allowed,
): GuardSetting<Allowed> {
  const tolerance = written === undefined ? usual : read(written, usual);
  const loosened = written?.loosened;
  if (loosened === undefined) return { tolerance, loosened: undefined };
  const { owner, reason, until } = loosened;
  return { tolerance, loosened: { ...read(loosened, tolerance), owner, reason, until } };
}

interface WrittenTolerance {
  readonly rows?: number | undefined;
  readonly percent?: number | undefined;
}

function toleranceOf(written: WrittenTolerance, otherwise: Tolerance): Tolerance {
  return { rows: written.rows ?? otherwise.rows, percent: written.percent ?? otherwise.percent };
}

interface WrittenPaceTolerance extends WrittenTolerance {
  readonly seconds?: number | undefined;
  readonly seconds_percent?: number | undefined;
}

function paceToleranceOf(written: WrittenPaceTolerance, otherwise: PaceTolerance): PaceTolerance {
  return {
    ...toleranceOf(written, otherwise),
    seconds: written.seconds ?? otherwise.seconds,
    secondsPercent: written.seconds_percent ?? otherwise.secondsPercent,
  };
}
