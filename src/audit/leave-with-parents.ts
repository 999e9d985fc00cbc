import { generationSchemaName } from '../build/candidate.ts';
import { workTable } from '../build/work-table.ts';
import type { Reference } from '../pipeline/guards.ts';
import { identifierList, qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import { formerColumn, formerKey } from './former-key.ts';
import type { HoldRequest } from './hold-request.ts';
import {
  isSameParent,
  parentsBefore,
  parentsNow,
  publishedParent,
  type ParentPair,
  type PublishedParent,
} from './published-parent.ts';

/** What is asked of a dataset whose held rows stand in it, and in their own table (`held`). */
export type Holding = Pick<
  HoldRequest,
  'session' | 'scope' | 'dataset' | 'ordinal' | 'published' | 'datasets' | 'built'
>;

/**
 * Takes the held rows out of a dataset of which what they refer to was published and is not in the candidate: they leave with
 * it, or wait for a person. One that leaves may itself be what another refers to.
 *
 * @returns how many left.
 */
export async function leaveWithParents(holding: Holding): Promise<number> {
  const { session, scope, dataset, ordinal } = holding;
  const table = qualified(generationSchemaName(scope.generation), dataset.name);
  const versions = workTable(scope.run, 'held', ordinal);
  const { key } = dataset.contract;
  const keys = identifierList(key);
  const equal = key.map((name) => `t.${quoteIdentifier(name)} = g.${quoteIdentifier(name)}`).join(' and ');
  const conditions: Leaving[] = [];
  for (const reference of dataset.contract.references)
    conditions.push(...(await leaving(holding, reference)));
  // Whoever's parent is known to have left waits for nobody.
  conditions.sort((one, other) => one.outcome.localeCompare(other.outcome));
  const during = `the search for held rows of dataset ${dataset.name} whose parent left`;
  let all = 0;
  let before: number;
  do {
    before = all;
    for (const { outcome, condition } of conditions) {
      const { left } = await session.one<{ left: number }>(
        during,
        `with gone as (
           update ${versions} v set nightjar_outcome = ${quoteLiteral(outcome)} where v.nightjar_outcome = 'held' and ${condition}
           returning ${keys}),
         taken as (delete from ${table} t using gone g where ${equal} returning 1)
         select count(*) as left from taken`,
      );
      all += left;
    }
  } while (all > before);
  return all;
}

/** Held rows that do not stay. */
interface Leaving {
  readonly outcome: 'departed' | 'unfit';
  /** SQL that is true for such a row (`v`). */
  readonly condition: string;
}

/**
 * Which held rows leave with what they refer to by a reference; none where that cannot be told yet. Where the parent's key
 * changes and does not tell which of its rows one refers to, it is for a person, once any of them left.
 */
async function leaving(
  { session, scope, dataset, published, datasets, built }: Holding,
  reference: Reference,
): Promise<readonly Leaving[]> {
  const parent = datasets.get(reference.dataset);
  const before = published?.datasets.get(reference.dataset);
  const isThere = built.has(reference.dataset) || reference.dataset === dataset.name;
  if (published === undefined || parent === undefined || before === undefined || !isThere) return [];
  const former = formerKey(parent, before);
  // The departures of the parent cannot be told either, and the guards say so.
  if (former === undefined) return [];
  const pair = { parent, before, former, published: published.generation, candidate: scope.generation };
  const found = await publishedParent(session, reference, pair);
  const had = new Set(published.datasets.get(dataset.name)?.columns.map(({ name }) => name));
  if (found !== undefined && (former.isUnchanged || found.columns.every(({ column }) => had.has(column))))
    return [{ outcome: 'departed', condition: parentLeft(pair, found) }];
  const given = reference.columns
    .filter((column) => had.has(column))
    .map((column) => `v.${quoteIdentifier(column)} is not null and `);
  const left = `exists (select from ${parentsBefore(pair)} p where not exists (select from ${parentsNow(pair)} where ${isSameParent(pair)}))`;
  return [{ outcome: 'unfit', condition: `${given.join('')}${left}` }];
}

function parentLeft(pair: ParentPair, { isByFormerKey, columns }: PublishedParent): string {
  const { former } = pair;
  // A key that changes may have been of another type than what refers to it tonight: those have no equality.
  const compared = former.isUnchanged ? (sql: string) => sql : (sql: string) => `to_jsonb(${sql})`;
  const referred = (value: (name: string) => string): string =>
    columns
      .map(({ name, column }) => `${compared(value(name))} = ${compared(`v.${quoteIdentifier(column)}`)}`)
      .join(' and ');
  const before = referred((name) => `p.${quoteIdentifier(name)}`);
  const place = (name: string): number => former.columns.findIndex((one) => one.name === name);
  const now = isByFormerKey
    ? `${parentsNow(pair)} where ${referred((name) => `c.${formerColumn(place(name))}`)}`
    : `${parentsBefore(pair)} p join ${parentsNow(pair)} on ${isSameParent(pair)} where ${before}`;
  return `exists (select from ${parentsBefore(pair)} p where ${before}) and not exists (select from ${now})`;
}
