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
  if (keyWas.size !== before.key.length) return undefined;
  const former = before.key.flatMap((name) => {
    const sql = keyWas.get(name);
    return sql === undefined ? [] : [{ name, sql }];
  });
  return former.length === before.key.length ? former : undefined;
}

/** Whether the key is as it was published, by name and type. */
export function isUnchanged(former: readonly FormerKeyColumn[]): boolean {
  return former.every(({ name, sql }) => sql === `c.${quoteIdentifier(name)}`);
}
