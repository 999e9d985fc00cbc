import { generationSchemaName } from '../build/candidate.ts';
import { workTable } from '../build/work-table.ts';
import type { Reference } from '../pipeline/guards.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import { formerColumn, formerKey, withFormerKey, type FormerKeyColumn } from './former-key.ts';
import type { HoldRequest } from './hold-request.ts';

/** What is asked of a dataset whose held rows stand in it, and in their own table (`held`). */
export type Holding = Pick<
  HoldRequest,
  'session' | 'scope' | 'dataset' | 'ordinal' | 'published' | 'datasets' | 'built'
>;

/**
 * Takes the held rows out of a dataset of which what they refer to was published and is not in the candidate: they leave with
 * it. One that leaves may itself be what another refers to.
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
  const conditions = dataset.contract.references.flatMap((reference) => parentLeft(holding, reference));
  const during = `the search for held rows of dataset ${dataset.name} whose parent left`;
  let all = 0;
  let before: number;
  do {
    before = all;
    for (const condition of conditions) {
      const { left } = await session.one<{ left: number }>(
        during,
        `with gone as (
           update ${versions} v set nightjar_outcome = 'departed' where v.nightjar_outcome = 'held' and ${condition}
           returning ${keys}),
         taken as (delete from ${table} t using gone g where ${equal} returning 1)
         select count(*) as left from taken`,
      );
      all += left;
    }
  } while (all > before);
  return all;
}

/** SQL that is true for a held row (`v`) whose parent left; nothing where that cannot be told, or cannot be told yet. */
function parentLeft(
  { scope, dataset, published, datasets, built }: Holding,
  reference: Reference,
): readonly string[] {
  const parent = datasets.get(reference.dataset);
  const before = published?.datasets.get(reference.dataset);
  const isThere = built.has(reference.dataset) || reference.dataset === dataset.name;
  if (published === undefined || parent === undefined || before === undefined || !isThere) return [];
  const former = formerKey(parent, before);
  if (former === undefined) return [];
  const pairs = formerPairs(parent, former.columns, reference);
  if (pairs.length === 0) return [];
  // A key that changes may have been of another type than what refers to it tonight: those have no equality.
  const compared = former.isUnchanged ? (sql: string) => sql : (sql: string) => `to_jsonb(${sql})`;
  const there = (rows: string, value: (pair: FormerPair) => string): string =>
    `exists (select from ${rows} where ` +
    `${pairs.map((pair) => `${compared(value(pair))} = ${compared(`v.${quoteIdentifier(pair.column)}`)}`).join(' and ')})`;
  const of = (generation: number): string => qualified(generationSchemaName(generation), parent.name);
  const now = withFormerKey(parent.name, of(scope.generation), former.columns, 'c');
  return [
    `${there(`${of(published.generation)} as p`, ({ name }) => `p.${quoteIdentifier(name)}`)} and not ` +
      there(now, ({ place }) => `c.${formerColumn(place)}`),
  ];
}

interface FormerPair extends FormerKeyColumn {
  /** Its place in the published key. */
  readonly place: number;
  /** The column of the reference that holds it. */
  readonly column: string;
}

/**
 * The published columns of a parent's key, each with the column that refers to it. A contract names those of today's key:
 * a published one is the one of them that it follows from unchanged; else, where there are as many, that in its place.
 */
function formerPairs(
  { name: parent, contract }: Dataset,
  former: readonly FormerKeyColumn[],
  { columns }: Reference,
): readonly FormerPair[] {
  const at = former.map(({ sql }) =>
    contract.key.findIndex((name) =>
      [name, quoteIdentifier(name), `${quoteIdentifier(parent)}.${quoteIdentifier(name)}`].includes(sql),
    ),
  );
  const isAsMany = former.length === columns.length && at.every((place) => place === -1);
  return former.flatMap((one, index) => {
    const column = columns[isAsMany ? index : (at[index] ?? -1)];
    return column === undefined ? [] : [{ ...one, place: index, column }];
  });
}
