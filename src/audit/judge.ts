import { sideBySide } from '../build/side-by-side.ts';
import type { BuildScope } from '../build/build-session.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import type { Session } from '../warehouse/session.ts';
import type { Nights } from './allowance.ts';
import { comparisonBase, formerBases, type ComparisonBase } from './comparison-base.ts';
import { findDepartures, type DatasetDepartures } from './departures.ts';
import { datasetsByName, type GenerationDataset } from './generation-datasets.ts';
import type { JudgedPair } from './guards/guard-context.ts';
import { judgePaces } from './guards/pace.ts';
import { judgeDataset, judgeNewDataset } from './judge-dataset.ts';
import type { Judgement } from './judgement.ts';
import { firstJudgement, gap, gone, newDataset, returned, unreadable } from './plain-judgements.ts';

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

/**
 * Judges a candidate against the published generation, and writes down what the next night is compared with. A guard that
 * cannot be read has failed.
 *
 * @returns the judgements of all guards of all datasets, those that passed among them.
 */
export async function judge(request: JudgeRequest): Promise<readonly Judgement[]> {
  const { session, datasets, published, scope, sessions, onFailure } = request;
  const after = await datasetsByName(session, scope.generation);
  const judged = new Map<string, readonly Judgement[]>();
  const each = (work: (dataset: Dataset, worker: Session) => Promise<readonly Judgement[]>): Promise<void> =>
    sideBySide(
      datasets,
      () => [],
      sessions,
      async (dataset, worker) => {
        judged.set(dataset.name, await work(dataset, worker));
        request.onJudged(dataset.name);
      },
      onFailure,
    );
  const all = (): readonly Judgement[] => datasets.flatMap((dataset) => judged.get(dataset.name) ?? []);
  if (published === undefined) {
    const nights: Nights = { asOf: scope.asOf, days: 0, publishedAsOf: scope.asOf };
    await each((dataset, worker) => judgeNewDataset({ session: worker, scope, nights, dataset, after }));
    return [firstJudgement(request.first), ...all()];
  }

  const base = await comparisonBase(session, published, scope.asOf);
  const unpublished = datasets.map(({ name }) => name).filter((name) => !base.datasets.has(name));
  const former = await formerBases(session, unpublished, scope.asOf);
  const baseOf = ({ name }: Dataset): ComparisonBase => former.get(name) ?? base;
  const byName = new Map(datasets.map((one) => [one.name, one]));
  const departures = await findAllDepartures(request, baseOf, after);
  await each(async (dataset, worker) => {
    const { generation, nights, datasets: before } = baseOf(dataset);
    const [was, is] = [before.get(dataset.name), after.get(dataset.name)];
    if (was === undefined || is === undefined) {
      return [
        newDataset(dataset),
        ...(await judgeNewDataset({ session: worker, scope, nights, dataset, after })),
      ];
    }
    const pair: JudgedPair = { run: scope.run, candidate: scope.generation, published: generation, nights };
    const judgements = await judgeDataset({
      ...{
        session: worker,
        pair,
        dataset,
        before: was,
        after: is,
        datasets: byName,
        generations: { before, after },
        departures,
      },
    });
    return former.has(dataset.name) ? [returned(dataset, baseOf(dataset)), ...judgements] : judgements;
  });
  return [
    ...gap(base.nights),
    ...gone(base, datasets),
    ...all(),
    ...(await judgePaces({ session, run: scope.run, datasets, nights: base.nights })),
  ];
}

/** First of all: a guard of one dataset asks what left another. */
async function findAllDepartures(
  { sessions, scope, datasets, onFailure }: JudgeRequest,
  baseOf: (dataset: Dataset) => ComparisonBase,
  after: ReadonlyMap<string, GenerationDataset>,
): Promise<ReadonlyMap<string, DatasetDepartures>> {
  const found = new Map<string, DatasetDepartures>();
  await sideBySide(
    datasets,
    () => [],
    sessions,
    async (dataset, session) => {
      const base = baseOf(dataset);
      const [was, is] = [base.datasets.get(dataset.name), after.get(dataset.name)];
      if (was === undefined || is === undefined) return;
      const ordinal = datasets.indexOf(dataset);
      try {
        const of = { session, scope, published: base.generation, dataset, before: was, after: is, ordinal };
        found.set(dataset.name, await findDepartures(of));
      } catch (error) {
        found.set(dataset.name, { kind: 'unread', judgement: unreadable('departures', dataset.name, error) });
      }
    },
    onFailure,
  );
  return found;
}
