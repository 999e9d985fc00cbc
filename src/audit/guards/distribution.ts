import { generationSchemaName } from '../../build/candidate.ts';
import { amount, grouped } from '../../error/amount.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../../warehouse/identifier.ts';
import type { Judgement } from '../judgement.ts';
import { mostValues, type Measure } from '../measures.ts';
import { sameKey } from '../generation-datasets.ts';
import { valuesIn } from '../rows-shown.ts';
import { valueWords } from '../value-words.ts';
import { allowedOf, type GuardContext } from './guard-context.ts';

/** Values of a declared column, such as the local office, of which many rows are gone: to another value, or altogether. */
export function judgeDistribution(context: GuardContext): readonly Judgement[] {
  return context.dataset.contract.distribution.map((column) => judgeColumn(context, column));
}

interface Loss {
  readonly value: string | null;
  readonly before: number;
  readonly after: number;
  readonly allowed: number;
}

function judgeColumn(context: GuardContext, column: string): Judgement {
  const { dataset, measures, pair } = context;
  const of = (all: readonly Measure[]): readonly Measure[] =>
    all.filter((one) => one.guard === 'distribution' && one.subject === column);
  const before = of(measures.before);
  const after = new Map(of(measures.after).map(({ value, rows }) => [value, rows]));
  const about = { guard: 'distribution', dataset: dataset.name, subject: column, sample: [] } as const;
  if (after.size > mostValues) {
    const sentence = `${dataset.name}.${column} has more than ${grouped(mostValues)} values: its rows are spread over too many to compare.`;
    const sql = valuesIn(pair.candidate, dataset.name, column);
    return { ...about, verdict: 'failed', sentence, found: after.size, allowed: mostValues, sql };
  }
  if (before.length === 0) {
    const sentence = `${dataset.name}.${column} has ${amount(after.size, 'value')}; what is published has none to compare with.`;
    return { ...about, verdict: 'noted', sentence, found: 0, allowed: 0, sql: undefined };
  }
  const losses = before
    .map(({ value, rows }): Loss => ({
      ...{ value, before: rows, after: after.get(value) ?? 0 },
      allowed: allowedOf(context, 'distribution', rows),
    }))
    .filter((loss) => loss.before - loss.after > loss.allowed)
    .toSorted((one, other) => other.before - other.after - (one.before - one.after));
  const [worst] = losses;
  if (worst === undefined) {
    const sentence = `${dataset.name}.${column}: no value lost more rows than are allowed.`;
    return { ...about, verdict: 'passed', sentence, found: 0, allowed: 0, sql: undefined };
  }
  return {
    ...about,
    verdict: 'failed',
    sentence: `${dataset.name}.${column}: ${losses.slice(0, 5).map(words).join('; ')}.`,
    found: worst.before - worst.after,
    allowed: worst.allowed,
    sql: lostSql(context, column, worst.value),
  };
}

/** SQL for the rows that had a value as published and have it no more; for all that had it where the key is another one since. */
function lostSql(
  { dataset, pair, before, after }: GuardContext,
  column: string,
  value: string | null,
): string {
  const has = (alias: string): string => {
    const own = `${alias}.${quoteIdentifier(column)}`;
    return value === null ? `${own} is null` : `${own}::text = ${quoteLiteral(value)}`;
  };
  const of = (generation: number): string => qualified(generationSchemaName(generation), dataset.name);
  const keys = before.key.map((name) => `b.${quoteIdentifier(name)}`).join(', ');
  const same = before.key
    .map((name) => `c.${quoteIdentifier(name)} = b.${quoteIdentifier(name)}`)
    .join(' and ');
  const gone = `not exists (select from ${of(pair.candidate)} c where ${same} and ${has('c')})`;
  return `select ${keys} from ${of(pair.published)} b where ${has('b')}${sameKey(before, after) ? ` and ${gone}` : ''} order by ${keys}`;
}

function words({ value, before, after, allowed }: Loss): string {
  const which = value === null ? 'without a value' : `with ${valueWords(value)}`;
  return `rows ${which} went from ${grouped(before)} to ${grouped(after)}, where a loss of ${grouped(allowed)} is allowed`;
}
