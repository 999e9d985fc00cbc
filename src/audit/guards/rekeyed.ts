import { generationSchemaName } from '../../build/candidate.ts';
import { amount } from '../../error/amount.ts';
import { identifierList, qualified, quoteIdentifier } from '../../warehouse/identifier.ts';
import { formerColumn, formerKey, withFormerKey, type FormerKeyColumn } from '../former-key.ts';
import type { Judgement } from '../judgement.ts';
import { areAllowed } from '../allowance.ts';
import { unjudged } from '../plain-judgements.ts';
import { asInBuild } from '../rows-shown.ts';
import { allowedOf, scopeOf, type GuardContext } from './guard-context.ts';

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
  const rows =
    isPossible && departed.table !== undefined && key !== undefined
      ? rekeyedRows(
          departed.table,
          key.columns,
          content.map(({ name }) => name),
        )
      : undefined;
  const during = `the search for rows of dataset ${dataset.name} under another key`;
  const { found } =
    rows === undefined
      ? { found: 0 }
      : await session.one<{ found: number }>(during, `select count(*) as found from (${rows}) rekeyed`);
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
      // The former key is worked out by what the contract says.
      sql: rows !== undefined && found > allowed ? asInBuild(scopeOf(context), rows) : undefined,
    },
  ];

  /** SQL for the keys of rows that left, as often as their content entered under another key. */
  function rekeyedRows(
    table: string,
    former: readonly FormerKeyColumn[],
    columns: readonly string[],
  ): string {
    const hash = (alias: string): string =>
      `hash_record_extended(row(${columns.map((name) => `${alias}.${quoteIdentifier(name)}`).join(', ')}), 0)`;
    const keys = identifierList(former.map(({ name }) => name));
    const candidate = qualified(generationSchemaName(pair.candidate), dataset.name);
    const published = qualified(generationSchemaName(pair.published), dataset.name);
    const same = former
      .map(({ name }, place) => `b.${quoteIdentifier(name)} = c.${formerColumn(place)}`)
      .join(' and ');
    return (
      `with gone as (select ${keys}, ${hash('d')} as nightjar_content from ${table} d where d.nightjar_reason is null), ` +
      `numbered as (select *, row_number() over (partition by nightjar_content order by ${keys}) as nightjar_place from gone), ` +
      `come as (select ${hash('c')} as nightjar_content, count(*) as nightjar_rows from ${withFormerKey(dataset.name, candidate, former, 'c')} ` +
      `where not exists (select from ${published} b where ${same}) group by 1) ` +
      `select ${keys} from numbered join come using (nightjar_content) where nightjar_place <= nightjar_rows order by ${keys}`
    );
  }
}
