import { printKeys } from '../build/print-key.ts';
import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { identifierList, qualified, quoteIdentifier } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';
import { digestSql } from './digest.ts';
import { explainRuleFailure } from './explain-rule-failure.ts';
import { anyBroken, rowChecks } from './row-checks.ts';

export interface Measured {
  readonly rows: number;
  /** The digest of the multiset of the dataset's rows: see `digestRecipe`. */
  readonly digest: string;
  /** Rows that break a rule, or lack what is required. */
  readonly broken: number;
}

/** How many rows a message names. */
const named = 5;

/** Counts, digests and checks every row of a built dataset in one pass over it. */
export async function measure(
  session: Session,
  schema: string,
  dataset: Dataset,
): Promise<{ readonly measured: Measured; readonly faults: readonly NightjarError[] }> {
  const during = `the audit of dataset ${dataset.name}`;
  const table = qualified(schema, dataset.name);
  const { key, columns } = dataset.contract;
  const incomplete = key.map(
    (name, index) => `count(*) filter (where ${quoteIdentifier(name)} is null) as k${index}`,
  );
  const counts = [
    ...incomplete,
    `count(*) filter (where ${anyBroken(rowChecks(dataset))}) as broken`,
    'count(*) as rows',
    `${digestSql(columns.map((column) => column.name))} as digest`,
  ];
  let row: Readonly<Record<string, string | number>> | undefined;
  try {
    [row] = await session.raw<Record<string, string | number>>(`select ${counts.join(', ')} from ${table}`);
  } catch (error) {
    throw await explainRuleFailure(session, schema, dataset, { error, during });
  }
  if (row === undefined) throw nightjarError('NJ-INTERNAL-UNEXPECTED', { during, kind: 'no row' });
  const faults = key.flatMap((column, index) => {
    const rows = Number(row[`k${index}`]);
    const details = { dataset: dataset.name, column, rows, keys: [] };
    return rows === 0 ? [] : [nightjarError('NJ-CONTRACT-KEY-INCOMPLETE', details)];
  });
  const measured = {
    ...{ rows: Number(row['rows']), broken: Number(row['broken']), digest: String(row['digest']) },
  };
  return { measured, faults };
}

/** Keys that several rows have: no row fault, for nobody can say which of them is the one. */
export async function repeatedKeys(
  session: Session,
  dataset: Dataset,
  rows: { readonly from: string },
): Promise<readonly NightjarError[]> {
  const during = `the count of repeated keys in dataset ${dataset.name}`;
  const { key } = dataset.contract;
  const repeated = `select ${identifierList(key)} from ${rows.from} group by ${identifierList(key)} having count(*) > 1`;
  const { count } = await session.one<{ count: number }>(
    during,
    `select count(*) as count from (${repeated}) r`,
  );
  if (count === 0) return [];
  const sample = await session.query<Record<string, unknown>>(
    during,
    `${repeated} order by ${identifierList(key)} limit ${named}`,
  );
  return [
    nightjarError('NJ-CONTRACT-KEY-REPEATED', {
      dataset: dataset.name,
      key: key.join(', '),
      rows: count,
      keys: printKeys(sample, key),
    }),
  ];
}
