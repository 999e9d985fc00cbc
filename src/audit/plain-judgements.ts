import { amount } from '../error/amount.ts';
import { NightjarError } from '../error/nightjar-error.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { mostDays, type Nights } from './allowance.ts';
import type { ComparisonBase } from './comparison-base.ts';
import type { Guard, Judgement } from './judgement.ts';
import { keysIn } from './rows-shown.ts';

/** A guard whose own statement fails; whatever else fails ends the run. */
export function unreadable(guard: Guard, dataset: string | undefined, error: unknown): Judgement {
  if (!(error instanceof NightjarError) || error.code !== 'NJ-WAREHOUSE-STATEMENT') throw error;
  return {
    ...{ guard, dataset, subject: undefined, verdict: 'failed', found: 0, allowed: 0, sample: [] },
    sentence: `${dataset ?? 'The candidate'}: the guard ${guard} could not be read, and so has not passed. ${error.message}`,
    sql: undefined,
  };
}

/** A guard that asks what could not be read: it has failed by its own name, so that nobody excuses it by another's. */
export function unjudged(
  guard: Guard,
  dataset: string,
  subject: string | undefined,
  since: string,
): Judgement {
  return {
    ...{ guard, dataset, subject, verdict: 'failed', found: 0, allowed: 0, sample: [] },
    sentence: `${dataset}: the guard ${guard} could not be judged, since ${since}; and so it has not passed.`,
    sql: undefined,
  };
}

export function firstJudgement(first: boolean): Judgement {
  return {
    ...{ guard: 'first', dataset: undefined, subject: undefined, found: 0, allowed: 0, sample: [] },
    verdict: first ? 'noted' : 'failed',
    sentence: first
      ? 'Nothing was published before: there is nothing to compare with, and --first said that this is so.'
      : 'Nothing is published to compare with: a person must look at the first generation, or the run be started with --first.',
    sql: undefined,
  };
}

export function newDataset({ name }: Dataset): Judgement {
  return {
    ...{ guard: 'departures', dataset: name, subject: undefined, verdict: 'noted', found: 0, allowed: 0 },
    sentence: `${name} is new: nothing of it is published to compare with.`,
    ...{ sample: [], sql: undefined },
  };
}

/** A dataset that was left out of what is published, and is built again. */
export function returned({ name }: Dataset, { generation, nights }: ComparisonBase): Judgement {
  return {
    ...{ guard: 'gap', dataset: name, subject: undefined, verdict: 'noted', found: 0, allowed: 0 },
    sentence: `${name} is not in what is published. It is judged against generation ${generation} of night ${nights.publishedAsOf}, which had it last of those that are kept.`,
    ...{ sample: [], sql: undefined },
  };
}

/** Datasets that are published and no longer built: all of their rows would leave. */
export function gone(
  { generation: published, datasets: before }: Pick<ComparisonBase, 'generation' | 'datasets'>,
  datasets: readonly Dataset[],
): readonly Judgement[] {
  const built = new Set(datasets.map((dataset) => dataset.name));
  return [...before.values()]
    .filter((dataset) => !built.has(dataset.name))
    .map((dataset) => ({
      ...{ guard: 'gone', dataset: dataset.name, subject: undefined, verdict: 'failed' },
      sentence: `${dataset.name} is published with ${amount(dataset.rows, 'row')}, and this release does not build it: whoever reads it would be refused.`,
      ...{ found: dataset.rows, allowed: 0, sample: [], sql: keysIn(published, dataset) },
    }));
}

/**
 * Days without a publication: every guard lets pass more, and says so. A night before the published one waits for a person:
 * it would take everyone back.
 */
export function gap({ asOf, days, publishedAsOf }: Nights): readonly Judgement[] {
  if (days < 0) {
    return [
      {
        ...{ guard: 'gap', dataset: undefined, subject: undefined, verdict: 'failed', found: 0, allowed: 0 },
        sentence: `What is published is of night ${publishedAsOf}, and this is of night ${asOf}, ${amount(-days, 'day')} before: whoever reads it would be taken back.`,
        ...{ sample: [], sql: undefined },
      },
    ];
  }
  if (days <= 1) return [];
  return [
    {
      ...{ guard: 'gap', dataset: undefined, subject: undefined, verdict: 'noted', found: 0, allowed: 0 },
      sentence: `What is published is of night ${publishedAsOf}, ${amount(days, 'day')} before: every guard lets pass ${Math.min(days, mostDays)} times as many rows, and by that no more than half of them.`,
      ...{ sample: [], sql: undefined },
    },
  ];
}
