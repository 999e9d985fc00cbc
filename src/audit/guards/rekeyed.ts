import { generationSchemaName } from '../../build/candidate.ts';
import { amount } from '../../error/amount.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../../warehouse/identifier.ts';
import { formerColumn, formerKey, withFormerKey, type FormerKeyColumn } from '../former-key.ts';
import type { Judgement } from '../judgement.ts';
import { areAllowed } from '../allowance.ts';
import { unjudged } from '../plain-judgements.ts';
import { allowedOf, type GuardContext } from './guard-context.ts';

/**
 * Rows that left and entered again under other keys: whoever keeps something by the old key loses it, though no content is
 * missing. Equal content is counted as often as it leaves and enters.
 */
export async function judgeRekeyed(context: GuardContext): Promise<readonly Judgement[]> {
  const { session, dataset, before, after, pair } = context;
  const departed = context.departures.get(dataset.name);
  const content = after.columns.filter(
    ({ name, type }) =>
      !after.key.includes(name) &&
      !before.key.includes(name) &&
      before.columns.some((one) => one.name === name && one.type === type),
  );
  if (departed?.kind === 'unread') {
    return content.length === 0
      ? []
      : [unjudged('rekeyed', dataset.name, undefined, 'what left could not be read')];
  }
  // That every key is another one is what the guard of departures says.
  if (departed?.kind !== 'compared') return [];
  const allowed = allowedOf(context, 'rekeyed', before.rows);
  const about = { guard: 'rekeyed', dataset: dataset.name, subject: undefined, sample: [], allowed } as const;
  const unexplained = departed.counts
    .filter(({ kind }) => kind === null)
    .reduce((sum, { rows }) => sum + rows, 0);
  const key = formerKey(dataset, before);
  const isPossible = unexplained > allowed && content.length > 0;
  const found =
    isPossible && departed.table !== undefined && key !== undefined
      ? await countEqual(
          departed.table,
          key.columns,
          content.map(({ name }) => name),
        )
      : 0;
  return [
    {
      ...about,
      ...{ verdict: found > allowed ? 'failed' : found > 0 ? 'noted' : 'passed', found },
      sentence:
        found > allowed
          ? `${dataset.name} was re-keyed: ${amount(found, 'row')} left and entered again with equal content under another key (${after.key.join(', ')}); ${areAllowed(allowed)}.`
          : isPossible
            ? `${dataset.name}: ${amount(found, 'row')} entered again under another key; ${areAllowed(allowed)}.`
            : `${dataset.name}: too few left without an explanation to have been re-keyed; ${areAllowed(allowed)}.`,
      sql:
        found > allowed
          ? `select key from nightjar.departure where generation = ${pair.candidate} and dataset = ${quoteLiteral(dataset.name)} and reason is null`
          : undefined,
    },
  ];

  async function countEqual(
    table: string,
    former: readonly FormerKeyColumn[],
    columns: readonly string[],
  ): Promise<number> {
    const hash = (alias: string): string =>
      `hash_record_extended(row(${columns.map((name) => `${alias}.${quoteIdentifier(name)}`).join(', ')}), 0)`;
    const candidate = qualified(generationSchemaName(pair.candidate), dataset.name);
    const same = former
      .map(({ name }, place) => `b.${quoteIdentifier(name)} = c.${formerColumn(place)}`)
      .join(' and ');
    const { rows } = await session.one<{ rows: number }>(
      `the search for rows of dataset ${dataset.name} under another key`,
      `with gone as (select ${hash('d')} as content, count(*) as rows from ${table} d where d.nightjar_reason is null group by 1),
            come as (select ${hash('c')} as content, count(*) as rows
                       from ${withFormerKey(dataset.name, candidate, former, 'c')}
                      where not exists (select from ${qualified(generationSchemaName(pair.published), dataset.name)} b where ${same})
                      group by 1)
       select coalesce(sum(least(gone.rows, come.rows)), 0)::bigint as rows from gone join come using (content)`,
    );
    return rows;
  }
}
