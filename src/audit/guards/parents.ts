import { generationSchemaName } from '../../build/candidate.ts';
import { printKeys } from '../../build/print-key.ts';
import { amount } from '../../error/amount.ts';
import { NightjarError } from '../../error/nightjar-error.ts';
import type { Reference } from '../../pipeline/guards.ts';
import type { Dataset } from '../../pipeline/pipeline.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../../warehouse/identifier.ts';
import type { DatasetDepartures } from '../departures.ts';
import type { Judgement } from '../judgement.ts';
import { areAllowed } from '../allowance.ts';
import { unjudged } from '../plain-judgements.ts';
import { referredKey, type ReferredKey } from '../referred-key.ts';
import { asInBuild } from '../rows-shown.ts';
import { allowedOf, scopeOf, type GuardContext } from './guard-context.ts';

/** How many keys a judgement names. */
const named = 5;

/** Rows that refer to a key which leaves tonight: a child whose parent is gone, whatever explains that. */
export async function judgeParents(context: GuardContext): Promise<readonly Judgement[]> {
  const { dataset, departures, datasets } = context;
  const judgements: Judgement[] = [];
  for (const reference of dataset.contract.references) {
    const left = departures.get(reference.dataset);
    const parent = datasets.get(reference.dataset);
    // It is new: nothing of it leaves.
    if (left === undefined || parent === undefined) continue;
    judgements.push(await judgeReference(context, reference, parent, left));
  }
  return judgements;
}

async function judgeReference(
  context: GuardContext,
  reference: Reference,
  parent: Dataset,
  left: DatasetDepartures,
): Promise<Judgement> {
  const { session, dataset, pair } = context;
  const untold = (since: string): Judgement => unjudged('parents', dataset.name, reference.name, since);
  if (left.kind !== 'compared') return untold(`which rows of ${parent.name} left could not be told`);
  const { table, published, before, former } = left;
  if (table === undefined) return told(context, reference, none);
  const of = { parent, before, former, published, candidate: pair.candidate };
  const key = await referredKey(session, 't', reference, of);
  if (key === undefined)
    return untold(`the key that ${parent.name} had does not follow from its present key alone (key_was)`);
  try {
    return told(context, reference, await childrenOf(context, reference, key, table));
  } catch (error) {
    const isRefused = error instanceof NightjarError && error.code === 'NJ-WAREHOUSE-STATEMENT';
    if (!isRefused || !key.isWorkedOut) throw error;
    return untold(
      `the key that ${parent.name} had cannot be worked out (key_was) of every reference of ${dataset.name}, perhaps of one that leads nowhere`,
    );
  }
}

type Children = Pick<Judgement, 'found' | 'sample' | 'sql'>;

const none: Children = { found: 0, sample: [], sql: undefined };

/** @param left the table of what left. */
async function childrenOf(
  context: GuardContext,
  reference: Reference,
  { more, columns, isWorkedOut }: ReferredKey,
  left: string,
): Promise<Children> {
  const { session, dataset, pair } = context;
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
  const list = `select ${keys} ${rows} order by ${keys}`;
  const during = `the search for rows of dataset ${dataset.name} whose ${reference.dataset} left`;
  // By the typed columns, which hash, and not by the keys written down, which are JSON.
  const count = `select count(*) as found ${children}join ${left} d on ${on((name) => `d.${quoteIdentifier(name)}`)}`;
  const { found } = await session.one<{ found: number }>(during, count);
  if (found === 0) return none;
  const sample = await session.query<Record<string, unknown>>(during, `${list} limit ${named}`);
  // A former key is worked out by what the contract says.
  const sql = isWorkedOut ? asInBuild(scopeOf(context), list) : list;
  return { found, sample: printKeys(sample, dataset.contract.key), sql };
}

function told(context: GuardContext, reference: Reference, children: Children): Judgement {
  const { dataset, after } = context;
  const { found } = children;
  const allowed = allowedOf(context, 'parents', after.rows);
  return {
    ...{ guard: 'parents', dataset: dataset.name, subject: reference.name, allowed, ...children },
    verdict: found > allowed ? 'failed' : found > 0 ? 'noted' : 'passed',
    sentence: `${dataset.name}: ${amount(found, 'row')} ${found === 1 ? 'refers' : 'refer'} by ${reference.name} to a key of ${reference.dataset} that leaves tonight; ${areAllowed(allowed)}.`,
  };
}
