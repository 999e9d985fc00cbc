import { NightjarError } from '../error/nightjar-error.ts';
import { contractTypeSql } from '../pipeline/contract-type.ts';
import type { Reference } from '../pipeline/guards.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { formerColumn, type FormerKey } from './former-key.ts';

/** The published key of what a row refers to, as it follows from the row. */
export interface ReferredKey {
  /** What stands in FROM behind the row. */
  readonly more: string;
  /** For each column of the published key its name, and SQL for it. */
  readonly columns: readonly { readonly name: string; readonly sql: string }[];
}

/**
 * Works the published key of a parent out of a row that refers to it by today's, as `key_was` works it out of the parent's own
 * row. `undefined` where that asks for more of the parent than its key.
 *
 * @param row the alias of the row that refers.
 */
export async function referredKey(
  session: Session,
  row: string,
  { columns }: Reference,
  parent: Dataset,
  former: FormerKey,
): Promise<ReferredKey | undefined> {
  const { key } = parent.contract;
  const own = (index: number): string => `${row}.${quoteIdentifier(columns[index] ?? '')}`;
  if (former.isUnchanged)
    return { more: '', columns: former.columns.map(({ name }) => ({ name, sql: own(key.indexOf(name)) })) };
  if (!(await followsFromKey(session, parent, former))) return undefined;
  const given = key.map((name, index) => `${own(index)} as ${quoteIdentifier(name)}`);
  return {
    more: `cross join lateral (${workedOut(parent, former, given)}) w`,
    columns: former.columns.map(({ name }, place) => ({ name, sql: `w.${formerColumn(place)}` })),
  };
}

function workedOut(parent: Dataset, former: FormerKey, given: readonly string[]): string {
  const values = former.columns.map(({ sql }, place) => `(${sql}) as ${formerColumn(place)}`);
  return `select ${values.join(', ')} from (select ${given.join(', ')}) as ${quoteIdentifier(parent.name)}`;
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
