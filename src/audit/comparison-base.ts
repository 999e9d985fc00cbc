import type { Session } from '../warehouse/session.ts';
import type { Nights } from './allowance.ts';
import { datasetsByName, type GenerationDataset } from './generation-datasets.ts';

/** A generation that datasets are judged against. */
export interface ComparisonBase {
  readonly generation: number;
  readonly nights: Nights;
  readonly datasets: ReadonlyMap<string, GenerationDataset>;
}

export async function comparisonBase(
  session: Session,
  generation: number,
  asOf: string,
): Promise<ComparisonBase> {
  const { days, publishedAsOf } = await session.one<{ days: number; publishedAsOf: string }>(
    'the look-up of the published night',
    'select $2::date - as_of as days, as_of::text as "publishedAsOf" from nightjar.generation where number = $1',
    [generation, asOf],
  );
  const datasets = await datasetsByName(session, generation);
  return { generation, nights: { asOf, days, publishedAsOf }, datasets };
}

/**
 * For datasets that are not published any more: of the generations kept that have one, that which was in service last. Of
 * one that no generation kept has there is nothing.
 */
export async function formerBases(
  session: Session,
  names: readonly string[],
  asOf: string,
): Promise<ReadonlyMap<string, ComparisonBase>> {
  const bases = new Map<string, ComparisonBase>();
  if (names.length === 0) return bases;
  const latest = await session.query<{ name: string; generation: number }>(
    'the look-up of who had a dataset last',
    `select distinct on (d.name) d.name, d.generation
       from nightjar.dataset d join nightjar.generation g on g.number = d.generation
       join nightjar.journal j on j.generation = g.number and j.kind in ('publish', 'rollback')
      where g.state = 'published' and d.name = any($1) order by d.name, j.entry desc`,
    [names],
  );
  for (const { name, generation } of latest) bases.set(name, await comparisonBase(session, generation, asOf));
  return bases;
}
