import { sideBySide } from '../build/side-by-side.ts';
import type { BuildScope } from '../build/build-session.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import type { Session } from '../warehouse/session.ts';
import type { Nights } from './allowance.ts';
import { findDepartures, type DatasetDepartures } from './departures.ts';
import { generationDatasets, type GenerationDataset } from './generation-datasets.ts';
import { judgeDepartures } from './guards/departures.ts';
import { judgeEmpty } from './guards/empty.ts';
import { judgeHeldRows } from './guards/held-rows.ts';
import type { GuardContext, JudgedPair } from './guards/guard-context.ts';
import type { Guard, Judgement } from './judgement.ts';
import { firstJudgement, gap, gone, newDataset, unreadable } from './plain-judgements.ts';

export interface JudgeRequest {
  readonly session: Session;
  /** Connections of `openBuildSession`. */
  readonly sessions: readonly Session[];
  readonly scope: BuildScope;
  /** In the order of the pipeline. */
  readonly datasets: readonly Dataset[];
  /** The generation to judge against; `undefined` where nothing is published. */
  readonly published: number | undefined;
  /** Nothing is published, and the command said that this is the first generation. */
  readonly first: boolean;
  readonly onJudged: (dataset: string) => void;
  readonly onFailure: (reason: unknown) => void;
}

type DatasetGuard = (context: GuardContext) => Promise<readonly Judgement[]> | readonly Judgement[];

/** What each guard of a dataset is judged by, in the order in which it is told. */
const datasetGuards: readonly (readonly [Guard, DatasetGuard])[] = [
  ['empty', judgeEmpty],
  ['departures', judgeDepartures],
];

/**
 * Judges a candidate against the published generation. A guard that cannot be read has failed.
 *
 * @returns the judgements of all guards of all datasets, those that passed among them.
 */
export async function judge(request: JudgeRequest): Promise<readonly Judgement[]> {
  const { session, datasets, published, scope } = request;
  if (published === undefined) return [firstJudgement(request.first), ...(await judgeAlone(request))];
  const before = byName(await generationDatasets(session, published));
  const after = byName(await generationDatasets(session, scope.generation));
  const pair: JudgedPair = {
    ...{ run: scope.run, candidate: scope.generation, published },
    nights: await nightsBetween(session, published, scope.asOf),
  };
  const departures = new Map<string, DatasetDepartures>();
  const unread = new Map<string, Judgement>();
  await sideBySide(
    datasets,
    () => [],
    request.sessions,
    async (dataset, worker) => {
      const [was, is] = [before.get(dataset.name), after.get(dataset.name)];
      if (was === undefined || is === undefined) return;
      const ordinal = datasets.indexOf(dataset);
      const request = { session: worker, scope, published, dataset, before: was, after: is, ordinal };
      try {
        departures.set(dataset.name, await findDepartures(request));
      } catch (error) {
        unread.set(dataset.name, unreadable('departures', dataset.name, error));
      }
    },
    request.onFailure,
  );
  const judged = new Map<string, readonly Judgement[]>();
  await sideBySide(
    datasets,
    () => [],
    request.sessions,
    async (dataset, worker) => {
      const [was, is] = [before.get(dataset.name), after.get(dataset.name)];
      const found: Judgement[] = [];
      if (was === undefined || is === undefined) {
        found.push(newDataset(dataset));
        found.push(...(await heldRows(worker, scope.generation, dataset, is?.rows ?? 0, pair.nights)));
      } else {
        found.push(...(await heldRows(worker, scope.generation, dataset, is.rows, pair.nights)));
        const context = { session: worker, pair, dataset, before: was, after: is, departures };
        for (const [guard, ask] of datasetGuards) {
          const failed = guard === 'departures' ? unread.get(dataset.name) : undefined;
          found.push(...(failed === undefined ? await asked(guard, ask, context) : [failed]));
        }
      }
      judged.set(dataset.name, found);
      request.onJudged(dataset.name);
    },
    request.onFailure,
  );
  return [
    ...gap(pair.nights),
    ...gone(before, datasets),
    ...datasets.flatMap((dataset) => judged.get(dataset.name) ?? []),
  ];
}

/** What can be judged where nothing is published. */
async function judgeAlone({ session, scope, datasets }: JudgeRequest): Promise<readonly Judgement[]> {
  const built = byName(await generationDatasets(session, scope.generation));
  const nights = { asOf: scope.asOf, days: 0, publishedAsOf: scope.asOf };
  const found: Judgement[] = [];
  for (const dataset of datasets) {
    const rows = built.get(dataset.name)?.rows ?? 0;
    found.push(...(await heldRows(session, scope.generation, dataset, rows, nights)));
  }
  return found;
}

async function heldRows(
  session: Session,
  candidate: number,
  dataset: Dataset,
  rows: number,
  nights: Nights,
): Promise<readonly Judgement[]> {
  try {
    return await judgeHeldRows(session, candidate, dataset, { rows, nights });
  } catch (error) {
    return [unreadable('held_rows', dataset.name, error)];
  }
}

async function asked(guard: Guard, ask: DatasetGuard, context: GuardContext): Promise<readonly Judgement[]> {
  try {
    return await ask(context);
  } catch (error) {
    return [unreadable(guard, context.dataset.name, error)];
  }
}

function byName(datasets: readonly GenerationDataset[]): ReadonlyMap<string, GenerationDataset> {
  return new Map(datasets.map((dataset) => [dataset.name, dataset]));
}

async function nightsBetween(session: Session, published: number, asOf: string): Promise<Nights> {
  const { days, publishedAsOf } = await session.one<{ days: number; publishedAsOf: string }>(
    'the look-up of the published night',
    'select $2::date - as_of as days, as_of::text as "publishedAsOf" from nightjar.generation where number = $1',
    [published, asOf],
  );
  return { asOf, days, publishedAsOf };
}
