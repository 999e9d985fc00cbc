import { contractTypeSql } from '../pipeline/contract-type.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import { sameKey, type GenerationDataset } from './generation-datasets.ts';

/** A column of the published key, and SQL that gives its value for a candidate's row, under the dataset's name. */
export interface FormerKeyColumn {
  readonly name: string;
  readonly sql: string;
}

/** How the published key follows from a candidate's rows. */
export interface FormerKey {
  /** Whether it is today's, by name and type. */
  readonly isUnchanged: boolean;
  readonly columns: readonly FormerKeyColumn[];
}

/** How a dataset's published key follows from the rows of a candidate; `undefined` where the contract does not say. */
export function formerKey(
  { name: dataset, contract }: Pick<Dataset, 'name' | 'contract'>,
  before: GenerationDataset,
): FormerKey | undefined {
  const columns = contract.columns.map(({ name, type }) => ({ name, type: contractTypeSql(type) }));
  if (sameKey(before, { key: contract.key, columns })) {
    const own = (name: string): string => `${quoteIdentifier(dataset)}.${quoteIdentifier(name)}`;
    return { isUnchanged: true, columns: before.key.map((name) => ({ name, sql: own(name) })) };
  }
  const { keyWas } = contract;
  const former = before.key.flatMap((name) => {
    const sql = keyWas.get(name);
    return sql === undefined ? [] : [{ name, sql }];
  });
  return former.length === before.key.length ? { isUnchanged: false, columns: former } : undefined;
}

/** Where the value of a column of the published key stands beside a row, by the column's place in that key. */
export function formerColumn(place: number): string {
  return quoteIdentifier(`nightjar_was_${place}`);
}

/**
 * SQL for rows of a dataset with these columns of the published key beside each; `as` names them. Worked out where nothing but the
 * row can be seen: a name that a published row has too would be taken for that row's.
 */
export function withFormerKey(
  dataset: string,
  from: string,
  former: readonly FormerKeyColumn[],
  as: string,
): string {
  if (former.length === 0) return `${from} as ${as}`;
  const row = quoteIdentifier(dataset);
  const columns = former.map(({ sql }, place) => `(${sql}) as ${formerColumn(place)}`);
  return `(select ${row}.*, ${columns.join(', ')} from ${from} as ${row}) as ${as}`;
}
