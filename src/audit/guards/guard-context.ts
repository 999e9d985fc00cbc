import type { BuildScope } from '../../build/build-session.ts';
import type { GuardName, GuardSetting } from '../../pipeline/guards.ts';
import type { Dataset } from '../../pipeline/pipeline.ts';
import type { Session } from '../../warehouse/session.ts';
import { allowedRows, type Nights } from '../allowance.ts';
import type { ComparedMeasures } from '../compared-measures.ts';
import type { DatasetDepartures } from '../departures.ts';
import type { GenerationDataset } from '../generation-datasets.ts';

/** The two generations of which a candidate is one. */
export interface JudgedPair {
  readonly run: number;
  readonly candidate: number;
  readonly published: number;
  readonly nights: Nights;
}

/** The datasets of both, by name. */
export interface JudgedGenerations {
  readonly before: ReadonlyMap<string, GenerationDataset>;
  readonly after: ReadonlyMap<string, GenerationDataset>;
}

/** What a guard judges a dataset by. */
export interface GuardContext {
  /** A connection of `openBuildSession`: its path is candidate, raw tables, `nightjar`. */
  readonly session: Session;
  readonly pair: JudgedPair;
  readonly dataset: Dataset;
  /** All of the release's, by name. */
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** As published. */
  readonly before: GenerationDataset;
  /** As built. */
  readonly after: GenerationDataset;
  readonly generations: JudgedGenerations;
  /** Keys that left: of this dataset and of those it refers to. */
  readonly departures: ReadonlyMap<string, DatasetDepartures>;
  readonly measures: ComparedMeasures;
}

export function settingOf({ dataset }: Pick<GuardContext, 'dataset'>, guard: GuardName): GuardSetting {
  return dataset.contract.guards[guard];
}

/** Where the candidate was built. */
export function scopeOf({ pair }: Pick<GuardContext, 'pair'>): BuildScope {
  return { run: pair.run, generation: pair.candidate, asOf: pair.nights.asOf };
}

/** How many of so many rows the guard lets pass tonight. */
export function allowedOf(context: GuardContext, guard: GuardName, total: number): number {
  return allowedRows(settingOf(context, guard), total, context.pair.nights);
}
