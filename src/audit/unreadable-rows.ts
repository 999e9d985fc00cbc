import { rawSchemaName, repairedColumn } from '../extract/raw-schema.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import { sqlOver } from './sql-over.ts';

/** A raw table of which some row has a cell that could not be held, and that comes into a dataset. */
export interface UnreadableTable {
  readonly name: string;
  /** The columns of such cells that come into it. */
  readonly columns: readonly string[];
  /** Whether it drives the dataset: else it is only joined. */
  readonly drives: boolean;
}

/** SQL for the rows of a dataset's SELECT into which such a cell went. */
export function unreadableRowsSql(run: number, dataset: Dataset, table: UnreadableTable): string {
  return table.drives ? drivenSql(run, dataset, table) : besideSql(run, dataset, table);
}

/** The rows that a SELECT makes of those of its driving table: the same SELECT, over a table of that name with no other rows. */
function drivenSql(run: number, dataset: Dataset, { name }: UnreadableTable): string {
  const source = qualified(rawSchemaName(run), name);
  return sqlOver(
    dataset,
    name,
    `select * from ${source} where ${repairedColumn} like ${quoteLiteral('%:out-of-range%')}`,
  );
}

/**
 * The rows that a SELECT would give otherwise, or not at all, were those of a table that it only joins not there, or had they a
 * number in the place of the absent one: to a row of which nothing else is taken, absent is as if it were not there.
 */
function besideSql(run: number, dataset: Dataset, { name, columns }: UnreadableTable): string {
  const source = `${qualified(rawSchemaName(run), name)} t`;
  const isUnreadable = (column: string): string =>
    `position(${quoteLiteral(`,${column}:out-of-range`)} in ',' || t.${repairedColumn}) > 0`;
  const any = `(${columns.map(isUnreadable).join(' or ')}) is true`;
  const numbers = columns.map(
    (column) => `${quoteLiteral(column)}, case when ${isUnreadable(column)} then 1 end`,
  );
  const without = `select t.* from ${source} where not ${any}`;
  const filled =
    `${without} union all select r.* from ${source} cross join lateral ` +
    `jsonb_populate_record(t, jsonb_strip_nulls(jsonb_build_object(${numbers.join(', ')}))) r where ${any}`;
  const equal = (other: string): string =>
    dataset.contract.key
      .map((column) => `${other}.${quoteIdentifier(column)} = s.${quoteIdentifier(column)}`)
      .join(' and ');
  // As text: a record that holds a JSON has no equality.
  return (
    `select s.* from (\n${dataset.sql}\n) s left join (${sqlOver(dataset, name, without)}) w on ${equal('w')} ` +
    `left join (${sqlOver(dataset, name, filled)}) f on ${equal('f')} ` +
    `where s::text is distinct from w::text or s::text is distinct from f::text`
  );
}
