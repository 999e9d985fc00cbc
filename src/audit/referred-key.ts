import { NightjarError } from '../error/nightjar-error.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';
import type { Reference } from '../pipeline/guards.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { formerColumn, type FormerKey } from './former-key.ts';
import { parentsBefore, publishedParent, type ParentPair } from './published-parent.ts';

/** The published key of what a row refers to, as it follows from the row. */
export interface ReferredKey {
  /** What stands in FROM behind the row. */
  readonly more: string;
  /** For each column of the published key its name, and SQL for it. */
  readonly columns: readonly { readonly name: string; readonly sql: string }[];
  /** Whether `key_was` works it out, which may fail for a reference that leads to no parent. */
  readonly isWorkedOut: boolean;
}

/**
 * Finds the published key of a parent from a row that refers to it by today's: by the published rows, where they can be found by
 * that; else as `key_was` works it out of the parent's own row. `undefined` where that asks for more of the parent than its
 * key.
 *
 * @param row the alias of the row that refers.
 */
export async function referredKey(
  session: Session,
  row: string,
  reference: Reference,
  pair: ParentPair,
): Promise<ReferredKey | undefined> {
  const { parent, former } = pair;
  const own = (column: string): string => `${row}.${quoteIdentifier(column)}`;
  const found = await publishedParent(session, reference, pair);
  if (found?.isByFormerKey === true)
    return {
      more: '',
      columns: found.columns.map(({ name, column }) => ({ name, sql: own(column) })),
      isWorkedOut: false,
    };
  if (found !== undefined) {
    const equal = found.columns.map(({ name, column }) => `p.${quoteIdentifier(name)} = ${own(column)}`);
    return {
      more: `join ${parentsBefore(pair)} p on ${equal.join(' and ')}`,
      columns: former.columns.map(({ name }) => ({ name, sql: `p.${quoteIdentifier(name)}` })),
      isWorkedOut: false,
    };
  }
  if (!(await followsFromKey(session, parent, former))) return undefined;
  const given = parent.contract.key.map(
    (name, place) => `${own(reference.columns[place] ?? '')} as ${quoteIdentifier(name)}`,
  );
  return {
    more: `cross join lateral (${workedOut(parent, former, given)}) w`,
    columns: former.columns.map(({ name }, place) => ({ name, sql: `w.${formerColumn(place)}` })),
    isWorkedOut: true,
  };
}

/** Of a reference without a value nothing is worked out: it leads to nobody, whatever `key_was` makes of that. */
function workedOut({ name, contract }: Dataset, former: FormerKey, given: readonly string[]): string {
  const values = former.columns.map(({ sql }, place) => `(${sql}) as ${formerColumn(place)}`);
  const row = quoteIdentifier(name);
  const isGiven = contract.key.map((column) => `${row}.${quoteIdentifier(column)} is not null`);
  return `select ${values.join(', ')} from (select ${given.join(', ')}) as ${row} where ${isGiven.join(' and ')}`;
}

async function followsFromKey(session: Session, parent: Dataset, former: FormerKey): Promise<boolean> {
  const { key, columns } = parent.contract;
  const nothing = columns
    .filter(({ name }) => key.includes(name))
    .map(({ name, type }) => `null::${contractTypeSql(type)} as ${quoteIdentifier(name)}`);
  try {
    await session.query(
      `the former key of dataset ${parent.name}`,
      `${workedOut(parent, former, nothing)} limit 0`,
    );
    return true;
  } catch (error) {
    if (error instanceof NightjarError && error.code === 'NJ-WAREHOUSE-STATEMENT') return false;
    throw error;
  }
}
