import { generationSchemaName } from '../../build/candidate.ts';
import { amount, grouped } from '../../error/amount.ts';
import { identifierList, qualified, quoteIdentifier, quoteLiteral } from '../../warehouse/identifier.ts';
import type { Judgement } from '../judgement.ts';
import { mostValues, type Measure } from '../measures.ts';
import { areAllowed } from '../allowance.ts';
import { valueWords } from '../value-words.ts';
import { valuesIn } from '../rows-shown.ts';
import { allowedOf, type GuardContext } from './guard-context.ts';

/** A value is named where so many rows bear it: one that a single row bears may be anything that was typed. */
const namedFrom = 10;

/** Values of coded columns that were never published, and those that were and are no more. */
export function judgeCodes(context: GuardContext): readonly Judgement[] {
  return context.dataset.contract.coded.map((column) => judgeColumn(context, column));
}

function judgeColumn(context: GuardContext, column: string): Judgement {
  const { dataset, measures, pair } = context;
  const after = measures.after.filter((one) => one.guard === 'codes' && one.subject === column);
  const before = measures.before.filter((one) => one.guard === 'codes' && one.subject === column);
  const about = { guard: 'codes', dataset: dataset.name, subject: column, sample: [] } as const;
  if (after.length > mostValues) {
    const sentence = `${dataset.name}.${column} has more than ${grouped(mostValues)} values: that is no coded column.`;
    return {
      ...about,
      verdict: 'failed',
      sentence,
      found: after.length,
      allowed: mostValues,
      sql: valuesIn(pair.candidate, dataset.name, column),
    };
  }
  if (before.length === 0) {
    const sentence = `${dataset.name}.${column} has ${amount(after.length, 'value')}; what is published has none to compare with.`;
    return { ...about, verdict: 'noted', sentence, found: 0, allowed: 0, sql: undefined };
  }
  const fresh = beyond(after, before);
  const vanished = beyond(before, after);
  const found = Math.max(rowsOf(fresh), rowsOf(vanished));
  const allowed = allowedOf(context, 'codes', after[0]?.total ?? before[0]?.total ?? 0);
  const failed = found > allowed;
  const sentence = [
    `${dataset.name}.${column}: ${amount(rowsOf(fresh), 'row')} with values never published${list(fresh)};`,
    `${amount(rowsOf(vanished), 'row')} had values that are there no more${list(vanished)}; ${areAllowed(allowed)} of each.`,
  ].join(' ');
  return {
    ...about,
    ...{ verdict: failed ? 'failed' : found > 0 ? 'noted' : 'passed', sentence, found, allowed },
    sql: failed ? sqlOf(context, column, fresh, vanished) : undefined,
  };

  function sqlOf(
    { dataset: { contract } }: GuardContext,
    name: string,
    now: readonly Measure[],
    then: readonly Measure[],
  ): string {
    const [generation, values] = rowsOf(now) >= rowsOf(then) ? [pair.candidate, now] : [pair.published, then];
    const table = qualified(generationSchemaName(generation), dataset.name);
    const texts = values.flatMap(({ value }) => (value === null ? [] : [quoteLiteral(value)])).join(', ');
    return `select ${identifierList(contract.key)} from ${table} where ${quoteIdentifier(name)}::text in (${texts})`;
  }
}

/** Those of the one that the other has not; a null is the matter of another guard. */
function beyond(of: readonly Measure[], than: readonly Measure[]): readonly Measure[] {
  const known = new Set(than.map(({ value }) => value));
  return of.filter(({ value }) => value !== null && !known.has(value));
}

function rowsOf(measures: readonly Measure[]): number {
  return measures.reduce((sum, { rows }) => sum + rows, 0);
}

function list(measures: readonly Measure[]): string {
  const names = measures
    .filter(({ rows }) => rows >= namedFrom)
    .toSorted((one, other) => other.rows - one.rows)
    .slice(0, 5)
    .map(({ value, rows }) => `${valueWords(value)} ${grouped(rows)}`);
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}
