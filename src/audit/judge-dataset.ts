import type { BuildScope } from '../build/build-session.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import type { Session } from '../warehouse/session.ts';
import type { Nights } from './allowance.ts';
import { compareMeasures, measureFirst } from './compared-measures.ts';
import type { GenerationDataset } from './generation-datasets.ts';
import { judgeCodes } from './guards/codes.ts';
import { judgeDepartures } from './guards/departures.ts';
import { judgeDistribution } from './guards/distribution.ts';
import { judgeEmpty } from './guards/empty.ts';
import { judgeFaults } from './guards/faults.ts';
import type { GuardContext } from './guards/guard-context.ts';
import { judgeHeldRows } from './guards/held-rows.ts';
import { judgeParents } from './guards/parents.ts';
import { judgeCoverage, judgeNulls, judgeOrphans } from './guards/rates.ts';
import { judgeRekeyed } from './guards/rekeyed.ts';
import type { Guard, Judgement } from './judgement.ts';
import { measuredGuards } from './measured-guards.ts';
import { unjudged, unreadable } from './plain-judgements.ts';

type DatasetGuard = (context: GuardContext) => Promise<readonly Judgement[]> | readonly Judgement[];

/** What each guard of a dataset is judged by, in the order in which it is told. */
const datasetGuards: readonly (readonly [Guard, DatasetGuard])[] = [
  ['empty', judgeEmpty],
  [
    'held_rows',
    ({ session, pair, dataset, after }) =>
      judgeHeldRows(session, pair.candidate, dataset, { rows: after.rows, nights: pair.nights }),
  ],
  ['departures', judgeDepartures],
  ['parents', judgeParents],
  ['rekeyed', judgeRekeyed],
  ['nulls', judgeNulls],
  ['orphans', judgeOrphans],
  ['codes', judgeCodes],
  ['distribution', judgeDistribution],
  ['coverage', judgeCoverage],
  ['faults', judgeFaults],
];

/** Judges a dataset that is published, by every guard there is. */
export async function judgeDataset(request: Omit<GuardContext, 'measures'>): Promise<readonly Judgement[]> {
  const { session, pair, dataset, generations } = request;
  const found: Judgement[] = [];
  let measures: GuardContext['measures'] = { before: [], after: [] };
  let unmeasured: ReadonlySet<Guard> = new Set();
  try {
    const { run, candidate, published } = pair;
    measures = await compareMeasures({ session, run, candidate, published, dataset, generations });
  } catch (error) {
    found.push(unreadable('measures', dataset.name, error));
    unmeasured = measuredGuards(dataset.contract);
  }
  const context: GuardContext = { ...request, measures };
  for (const [guard, ask] of datasetGuards) {
    found.push(
      ...(unmeasured.has(guard)
        ? [unjudged(guard, dataset.name, undefined, 'its measures could not be read')]
        : await asked(guard, ask, context)),
    );
  }
  return found;
}

export interface NewDatasetToJudge {
  readonly session: Session;
  readonly scope: BuildScope;
  readonly nights: Nights;
  readonly dataset: Dataset;
  /** The datasets of the candidate, by name. */
  readonly after: ReadonlyMap<string, GenerationDataset>;
}

/** Judges a dataset of which nothing is published by what can be judged alone, and measures it for the next night. */
export async function judgeNewDataset(request: NewDatasetToJudge): Promise<readonly Judgement[]> {
  const { session, scope, nights, dataset, after } = request;
  const rows = after.get(dataset.name)?.rows ?? 0;
  const found: Judgement[] = [];
  try {
    const pair = { run: scope.run, candidate: scope.generation };
    await measureFirst(session, pair, dataset, (name) => after.get(name)?.key);
  } catch (error) {
    found.push(unreadable('measures', dataset.name, error));
  }
  try {
    found.push(...(await judgeHeldRows(session, scope.generation, dataset, { rows, nights })));
  } catch (error) {
    found.push(unreadable('held_rows', dataset.name, error));
  }
  return found;
}

async function asked(guard: Guard, ask: DatasetGuard, context: GuardContext): Promise<readonly Judgement[]> {
  try {
    return await ask(context);
  } catch (error) {
    return [unreadable(guard, context.dataset.name, error)];
  }
}
