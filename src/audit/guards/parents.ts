import { generationSchemaName } from '../../build/candidate.ts';
import { printKeys } from '../../build/print-key.ts';
import { amount } from '../../error/amount.ts';
import type { Reference } from '../../pipeline/guards.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../../warehouse/identifier.ts';
import { formerKey } from '../former-key.ts';
import type { Judgement } from '../judgement.ts';
import { areAllowed } from '../allowance.ts';
import { unjudged } from '../plain-judgements.ts';
import { referredKey, type ReferredKey } from '../referred-key.ts';
import { allowedOf, type GuardContext } from './guard-context.ts';

/** How many keys a judgement names. */
const named = 5;

/** Rows that refer to a key which leaves tonight: a child whose parent is gone, whatever explains that. */
export async function judgeParents(context: GuardContext): Promise<readonly Judgement[]> {
  const { session, dataset, departures, datasets, generations } = context;
  const judgements: Judgement[] = [];
  for (const reference of dataset.contract.references) {
    const left = departures.get(reference.dataset);
    const parent = datasets.get(reference.dataset);
    const before = generations.before.get(reference.dataset);
    // It is new: nothing of it leaves.
    if (left === undefined || parent === undefined || before === undefined) continue;
    const former = formerKey(parent, before);
    if (left.kind !== 'compared' || former === undefined) {
      const since = `which rows of ${parent.name} left could not be told`;
      judgements.push(unjudged('parents', dataset.name, reference.name, since));
      continue;
    }
    const key = await referredKey(session, 't', reference, parent, former);
    const since = `the key that ${parent.name} had does not follow from its present key alone (key_was)`;
    judgements.push(
      key === undefined
        ? unjudged('parents', dataset.name, reference.name, since)
        : await judgeReference(context, reference, key, left.table),
    );
  }
  return judgements;
}

/** @param left the table of what left; `undefined` where nothing did. */
async function judgeReference(
  context: GuardContext,
  reference: Reference,
  { more, columns }: ReferredKey,
  left: string | undefined,
): Promise<Judgement> {
  const { session, dataset, pair } = context;
  const allowed = allowedOf(context, 'parents', context.after.rows);
  const keys = dataset.contract.key.map((column) => `t.${quoteIdentifier(column)}`).join(', ');
  const children = `from ${qualified(generationSchemaName(pair.candidate), dataset.name)} t ${more} `;
  const on = (value: (name: string) => string, of = (sql: string) => sql): string =>
    columns.map(({ name, sql }) => `${of(sql)} = ${value(name)}`).join(' and ');
  const rows =
    `${children}join nightjar.departure d on d.generation = ${pair.candidate} and d.dataset = ${quoteLiteral(reference.dataset)} ` +
    `and ${on(
      (name) => `d.key -> ${quoteLiteral(name)}`,
      (sql) => `to_jsonb(${sql})`,
    )}`;
  const during = `the search for rows of dataset ${dataset.name} whose ${reference.dataset} left`;
  // By the typed columns, which hash, and not by the keys written down, which are JSON.
  const count = `select count(*) as found ${children}join ${left ?? ''} d on ${on((name) => `d.${quoteIdentifier(name)}`)}`;
  const { found } = left === undefined ? { found: 0 } : await session.one<{ found: number }>(during, count);
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
