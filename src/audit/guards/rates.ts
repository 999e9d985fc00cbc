import { grouped } from '../../error/amount.ts';
import { generationSchemaName } from '../../build/candidate.ts';
import { identifierList, qualified, quoteIdentifier } from '../../warehouse/identifier.ts';
import { uncoveredSql } from '../coverage-measures.ts';
import type { Judgement } from '../judgement.ts';
import type { Measure } from '../measures.ts';
import { areAllowed } from '../allowance.ts';
import { asInBuild } from '../rows-shown.ts';
import { allowedOf, scopeOf, type GuardContext } from './guard-context.ts';

/** Expected columns that are absent more often than they are in what is published. */
export function judgeNulls(context: GuardContext): readonly Judgement[] {
  const { dataset, pair } = context;
  const table = qualified(generationSchemaName(pair.candidate), dataset.name);
  return judgeRates(
    context,
    'nulls',
    dataset.contract.columns.filter(({ presence }) => presence === 'expected').map(({ name }) => name),
    {
      words: (column) => `${dataset.name}.${column} is absent`,
      sql: (column) =>
        `select ${identifierList(dataset.contract.key)} from ${table} where ${quoteIdentifier(column)} is null`,
    },
  );
}

/** References that lead nowhere more often than they do in what is published. */
export function judgeOrphans(context: GuardContext): readonly Judgement[] {
  const { dataset, pair, generations } = context;
  const schema = generationSchemaName(pair.candidate);
  const references = new Map(dataset.contract.references.map((one) => [one.name, one]));
  return judgeRates(context, 'orphans', [...references.keys()], {
    words: (name) => `${dataset.name}.${name} leads to no ${references.get(name)?.dataset ?? ''}`,
    sql: (name) => {
      const reference = references.get(name);
      const key = generations.after.get(reference?.dataset ?? '')?.key ?? [];
      const columns = reference?.columns ?? [];
      const equal = key.map(
        (column, index) => `p.${quoteIdentifier(column)} = t.${quoteIdentifier(columns[index] ?? '')}`,
      );
      const given = columns.map((column) => `t.${quoteIdentifier(column)} is not null`);
      return (
        `select ${dataset.contract.key.map((column) => `t.${quoteIdentifier(column)}`).join(', ')} from ${qualified(schema, dataset.name)} t where ${given.join(' and ')} ` +
        `and not exists (select from ${qualified(schema, reference?.dataset ?? '')} p where ${equal.join(' and ')})`
      );
    },
  });
}

/** Raw tables that cover another less than they did on the published night. */
export function judgeCoverage(context: GuardContext): readonly Judgement[] {
  const coverage = new Map(context.dataset.contract.coverage.map((one) => [one.name, one]));
  return judgeRates(context, 'coverage', [...coverage.keys()], {
    words: (name) => `${coverage.get(name)?.of ?? ''} has no row in ${coverage.get(name)?.by ?? ''}`,
    sql: (name) => {
      const one = coverage.get(name);
      return one === undefined ? undefined : asInBuild(scopeOf(context), uncoveredSql(context.pair.run, one));
    },
  });
}

interface RateWords {
  /** What is the matter with a row, as a clause. */
  readonly words: (subject: string) => string;
  readonly sql: (subject: string) => string | undefined;
}

/** Judges by how many rows a rate exceeds the published one: a small table does not cry wolf, a large one hides nothing. */
export function judgeRates(
  context: GuardContext,
  guard: 'nulls' | 'orphans' | 'coverage' | 'faults',
  subjects: readonly string[],
  { words, sql }: RateWords,
): readonly Judgement[] {
  const { dataset, measures } = context;
  const of = (all: readonly Measure[], subject: string): Measure | undefined =>
    all.find((one) => one.guard === guard && one.subject === subject);
  return subjects.flatMap((subject): readonly Judgement[] => {
    const after = of(measures.after, subject);
    if (after === undefined) return [];
    const before = of(measures.before, subject);
    const about = { guard, dataset: dataset.name, subject, sample: [] };
    const now = `${words(subject)} in ${grouped(after.rows)} of ${grouped(after.total)} rows`;
    if (before === undefined || before.total === 0) {
      const sentence = `${now}. Of what is published this is not known: there is nothing to compare with.`;
      return [{ ...about, verdict: 'noted', sentence, found: after.rows, allowed: 0, sql: undefined }];
    }
    const allowed = allowedOf(context, guard, after.total);
    const found = Math.max(0, Math.round(after.rows - (after.total * before.rows) / before.total));
    const failed = found > allowed;
    return [
      {
        ...about,
        verdict: failed ? 'failed' : 'passed',
        sentence: `${now}; as published it was ${grouped(before.rows)} of ${grouped(before.total)}. That is ${grouped(found)} more than it would be at the published rate; ${areAllowed(allowed)}.`,
        ...{ found, allowed, sql: failed ? sql(subject) : undefined },
      },
    ];
  });
}
