import { generationSchemaName } from '../../build/candidate.ts';
import { printKeys } from '../../build/print-key.ts';
import { amount } from '../../error/amount.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../../warehouse/identifier.ts';
import { referredKey } from '../generation-datasets.ts';
import type { Judgement } from '../judgement.ts';
import { areAllowed } from '../allowance.ts';
import { unjudged } from '../plain-judgements.ts';
import { allowedOf, type GuardContext } from './guard-context.ts';

/** How many keys a judgement names. */
const named = 5;

/** Rows that refer to a key which leaves tonight: a child whose parent is gone, whatever explains that. */
export async function judgeParents(context: GuardContext): Promise<readonly Judgement[]> {
  const { session, dataset, pair, departures, generations } = context;
  const judgements: Judgement[] = [];
  for (const reference of dataset.contract.references) {
    const left = departures.get(reference.dataset);
    const { before, after } = generations;
    const key = referredKey(before.get(reference.dataset), after.get(reference.dataset)) ?? [];
    // It is new: nothing of it leaves.
    if (left === undefined) continue;
    if (left.kind !== 'compared') {
      const since = `which rows of ${reference.dataset} left could not be told`;
      judgements.push(unjudged('parents', dataset.name, reference.name, since));
      continue;
    }
    if (key.length !== reference.columns.length) continue;
    const allowed = allowedOf(context, 'parents', context.after.rows);
    const about = { guard: 'parents', dataset: dataset.name, subject: reference.name, allowed } as const;
    const equal = reference.columns.map(
      (column, index) =>
        `to_jsonb(t.${quoteIdentifier(column)}) = d.key -> ${quoteLiteral(key[index] ?? '')}`,
    );
    const keys = dataset.contract.key.map((column) => `t.${quoteIdentifier(column)}`).join(', ');
    const rows =
      `from ${qualified(generationSchemaName(pair.candidate), dataset.name)} t join nightjar.departure d ` +
      `on d.generation = ${pair.candidate} and d.dataset = ${quoteLiteral(reference.dataset)} and ${equal.join(' and ')}`;
    const during = `the search for rows of dataset ${dataset.name} whose ${reference.dataset} left`;
    const { found } =
      left.table === undefined
        ? { found: 0 }
        : await session.one<{ found: number }>(
            during,
            `select count(*) as found ${countSql(context, reference.columns, key, left.table)}`,
          );
    const sample =
      found === 0
        ? []
        : await session.query<Record<string, unknown>>(
            during,
            `select ${keys} ${rows} order by ${keys} limit ${named}`,
          );
    judgements.push({
      ...about,
      ...{ verdict: found > allowed ? 'failed' : found > 0 ? 'noted' : 'passed', found },
      sentence: `${dataset.name}: ${amount(found, 'row')} ${found === 1 ? 'refers' : 'refer'} by ${reference.name} to a key of ${reference.dataset} that leaves tonight; ${areAllowed(allowed)}.`,
      sample: printKeys(sample, dataset.contract.key),
      sql: found === 0 ? undefined : `select ${keys} ${rows} order by ${keys}`,
    });
  }
  return judgements;
}

/** By the typed columns, which hash, and not by the keys written down, which are JSON. */
function countSql(
  { pair, dataset }: GuardContext,
  columns: readonly string[],
  key: readonly string[],
  left: string,
): string {
  const equal = columns.map(
    (column, index) => `t.${quoteIdentifier(column)} = d.${quoteIdentifier(key[index] ?? '')}`,
  );
  return `from ${qualified(generationSchemaName(pair.candidate), dataset.name)} t join ${left} d on ${equal.join(' and ')}`;
}
