import { generationSchemaName } from '../../build/candidate.ts';
import { printKeys } from '../../build/print-key.ts';
import { amount } from '../../error/amount.ts';
import { NightjarError } from '../../error/nightjar-error.ts';
import type { Reference } from '../../pipeline/guards.ts';
import type { Dataset } from '../../pipeline/pipeline.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../../warehouse/identifier.ts';
import { formerColumn, formerKey, type FormerKey } from '../former-key.ts';
import type { Judgement } from '../judgement.ts';
import { areAllowed } from '../allowance.ts';
import { unjudged } from '../plain-judgements.ts';
import { allowedOf, type GuardContext } from './guard-context.ts';

/** How many keys a judgement names. */
const named = 5;

/** Rows that refer to a key which leaves tonight: a child whose parent is gone, whatever explains that. */
export async function judgeParents(context: GuardContext): Promise<readonly Judgement[]> {
  const { dataset, departures, datasets, generations } = context;
  const judgements: Judgement[] = [];
  for (const reference of dataset.contract.references) {
    const left = departures.get(reference.dataset);
    const parent = datasets.get(reference.dataset);
    const before = generations.before.get(reference.dataset);
    // It is new: nothing of it leaves.
    if (left === undefined || parent === undefined || before === undefined) continue;
    const former = formerKey(parent, before);
    judgements.push(
      left.kind === 'compared' && former !== undefined
        ? await judgeReference(context, reference, referring(reference, parent, former), left.table)
        : unjudged(
            'parents',
            dataset.name,
            reference.name,
            `which rows of ${parent.name} left could not be told`,
          ),
    );
  }
  return judgements;
}

/** The rows of a dataset that refer to another, with the published key of what each refers to. */
interface Referring {
  /** What stands behind the dataset, which it names `t`. */
  readonly more: string;
  /** For each column of the published key its name, and SQL for it. */
  readonly values: readonly { readonly name: string; readonly sql: string }[];
}

/** A former key is worked out as it is of a row of the parent, of which the key alone is known here. */
function referring({ columns }: Reference, parent: Dataset, former: FormerKey): Referring {
  const { key } = parent.contract;
  const own = (index: number): string => `t.${quoteIdentifier(columns[index] ?? '')}`;
  if (former.isUnchanged)
    return { more: '', values: former.columns.map(({ name }) => ({ name, sql: own(key.indexOf(name)) })) };
  const row = key.map((name, index) => `${own(index)} as ${quoteIdentifier(name)}`);
  const values = former.columns.map(({ sql }, place) => `(${sql}) as ${formerColumn(place)}`);
  return {
    more: `cross join lateral (select ${values.join(', ')} from (select ${row.join(', ')}) as ${quoteIdentifier(parent.name)}) w `,
    values: former.columns.map(({ name }, place) => ({ name, sql: `w.${formerColumn(place)}` })),
  };
}

/** @param left the table of what left; `undefined` where nothing did. */
async function judgeReference(
  context: GuardContext,
  reference: Reference,
  { more, values }: Referring,
  left: string | undefined,
): Promise<Judgement> {
  const { session, dataset, pair } = context;
  const allowed = allowedOf(context, 'parents', context.after.rows);
  const keys = dataset.contract.key.map((column) => `t.${quoteIdentifier(column)}`).join(', ');
  const children = `from ${qualified(generationSchemaName(pair.candidate), dataset.name)} t ${more}`;
  const on = (value: (name: string) => string, of = (sql: string) => sql): string =>
    values.map(({ name, sql }) => `${of(sql)} = ${value(name)}`).join(' and ');
  const rows =
    `${children}join nightjar.departure d on d.generation = ${pair.candidate} and d.dataset = ${quoteLiteral(reference.dataset)} ` +
    `and ${on(
      (name) => `d.key -> ${quoteLiteral(name)}`,
      (sql) => `to_jsonb(${sql})`,
    )}`;
  const during = `the search for rows of dataset ${dataset.name} whose ${reference.dataset} left`;
  // By the typed columns, which hash, and not by the keys written down, which are JSON.
  const count = `select count(*) as found ${children}join ${left ?? ''} d on ${on((name) => `d.${quoteIdentifier(name)}`)}`;
  let found = 0;
  try {
    if (left !== undefined) found = (await session.one<{ found: number }>(during, count)).found;
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code !== 'NJ-WAREHOUSE-STATEMENT') throw error;
    const since = `the key that ${reference.dataset} had does not follow from its present key alone (key_was)`;
    return unjudged('parents', dataset.name, reference.name, since);
  }
  const sample =
    found === 0
      ? []
      : await session.query<Record<string, unknown>>(
          during,
          `select ${keys} ${rows} order by ${keys} limit ${named}`,
        );
  return {
    ...{ guard: 'parents', dataset: dataset.name, subject: reference.name, allowed, found },
    verdict: found > allowed ? 'failed' : found > 0 ? 'noted' : 'passed',
    sentence: `${dataset.name}: ${amount(found, 'row')} ${found === 1 ? 'refers' : 'refer'} by ${reference.name} to a key of ${reference.dataset} that leaves tonight; ${areAllowed(allowed)}.`,
    sample: printKeys(sample, dataset.contract.key),
    sql: found === 0 ? undefined : `select ${keys} ${rows} order by ${keys}`,
  };
}
