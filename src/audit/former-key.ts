import { contractTypeSql } from '../pipeline/contract-type.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import { sameKey, type GenerationDataset } from './generation-datasets.ts';

/** A column of the published key, and SQL that gives its value for a row (`c`) of the candidate. */
export interface FormerKeyColumn {
  readonly name: string;
  readonly sql: string;
}

/** Each column of the published key as it follows from a candidate's row; `undefined` where the contract does not say how. */
export function formerKey(
  { contract }: Dataset,
  before: GenerationDataset,
): readonly FormerKeyColumn[] | undefined {
  const columns = contract.columns.map(({ name, type }) => ({ name, type: contractTypeSql(type) }));
  if (sameKey(before, { key: contract.key, columns }))
    return before.key.map((name) => ({ name, sql: `c.${quoteIdentifier(name)}` }));
  const { keyWas } = contract;
  const former = before.key.flatMap((name) => {
    const sql = keyWas.get(name);
    return sql === undefined ? [] : [{ name, sql }];
  });
  return former.length === before.key.length ? former : undefined;
}

/** Where a broken row's value of a column of a key that changed is kept, by the column's place in that key. */
export function formerColumn(place: number): string {
  return quoteIdentifier(`nightjar_was_${place}`);
}

/** SQL for the rows of `from` with what the former key was for each, if it was another one; `as` names them. */
export function withFormerKey(from: string, former: readonly FormerKeyColumn[], as: string): string {
  if (former.length === 0) return `${from} as ${as}`;
  const columns = former.map(({ sql }, place) => `(${sql}) as ${formerColumn(place)}`);
  return `(select c.*, ${columns.join(', ')} from ${from} as c) as ${as}`;
}

/** Whether the key is as it was published, by name and type. */
export function isUnchanged(former: readonly FormerKeyColumn[]): boolean {
  return former.every(({ name, sql }) => sql === `c.${quoteIdentifier(name)}`);
}
