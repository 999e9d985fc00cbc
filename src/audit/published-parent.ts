import { generationSchemaName } from '../build/candidate.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';
import type { Reference } from '../pipeline/guards.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { formerColumn, withFormerKey, type FormerKey } from './former-key.ts';
import type { GenerationDataset } from './generation-datasets.ts';

/** A dataset that others refer to, as a generation has it and as the candidate does. */
export interface ParentPair {
  readonly parent: Dataset;
  readonly before: GenerationDataset;
  readonly former: FormerKey;
  /** The generation that has it as it was. */
  readonly published: number;
  readonly candidate: number;
}

/** By what a row that refers to a parent finds it among the published rows. */
export interface PublishedParent {
  /** Whether that is the whole of the key by which they were published. */
  readonly isByFormerKey: boolean;
  /** Columns of the published rows, each with that of the reference which holds its value. */
  readonly columns: readonly { readonly name: string; readonly column: string }[];
}

/**
 * How a row that refers to a parent by today's key finds it among the published rows: by their own key, where each of its columns
 * is one of today's; else by today's, where that was a key of theirs already. `undefined` where neither is so: what stands in the place of
 * a column may be quite another thing.
 */
export async function publishedParent(
  session: Session,
  { columns }: Reference,
  pair: ParentPair,
): Promise<PublishedParent | undefined> {
  const { parent, former } = pair;
  const { key } = parent.contract;
  const own = former.columns.flatMap(({ name, sql }) => {
    const column = columns[key.findIndex((one) => isColumn(sql, parent.name, one))];
    return column === undefined ? [] : [{ name, column }];
  });
  if (own.length === former.columns.length) return { isByFormerKey: true, columns: own };
  if (!(await wasKey(session, pair))) return undefined;
  return {
    isByFormerKey: false,
    columns: key.map((name, place) => ({ name, column: columns[place] ?? '' })),
  };
}

/** SQL that is true for a row of the candidate (`c`, `withFormerKey`) that was published as this one (`p`). */
export function isSameParent({ former }: ParentPair): string {
  // The former key may be worked out as another type, which has no equality with its own.
  return former.columns
    .map(({ name }, place) => `to_jsonb(c.${formerColumn(place)}) = to_jsonb(p.${quoteIdentifier(name)})`)
    .join(' and ');
}

/** Where the rows of the candidate stand with their former key beside them (`c`). */
export function parentsNow({ parent, former, candidate }: ParentPair): string {
  return withFormerKey(
    parent.name,
    qualified(generationSchemaName(candidate), parent.name),
    former.columns,
    'c',
  );
}

/** Where the published rows stand. */
export function parentsBefore({ parent, published }: ParentPair): string {
  return qualified(generationSchemaName(published), parent.name);
}

/**
 * Whether today's key told the published rows apart already, and each that is still there by the same values. That there were
 * columns of these names is no proof: they may have been other ones.
 */
async function wasKey(session: Session, pair: ParentPair): Promise<boolean> {
  const { parent, before } = pair;
  const { key, columns } = parent.contract;
  const types = new Map(before.columns.map(({ name, type }) => [name, type]));
  const isThere = columns.every(
    ({ name, type }) => !key.includes(name) || types.get(name) === contractTypeSql(type),
  );
  if (!isThere) return false;
  const names = key.map(quoteIdentifier);
  const given = names.map((name) => `p.${name} is not null`).join(' and ');
  const differs = names.map((name) => `c.${name} is distinct from p.${name}`).join(' or ');
  const { was } = await session.one<{ was: boolean }>(
    `the search for the key of dataset ${parent.name} among its published rows`,
    `select not exists (select from ${parentsBefore(pair)} p where ${given} group by ${identifierList(key)} having count(*) > 1)
        and not exists (select from ${parentsBefore(pair)} p join ${parentsNow(pair)} on ${isSameParent(pair)} where ${differs}) as was`,
  );
  return was;
}

function isColumn(sql: string, dataset: string, name: string): boolean {
  return [name, quoteIdentifier(name), `${quoteIdentifier(dataset)}.${quoteIdentifier(name)}`].includes(sql);
}
