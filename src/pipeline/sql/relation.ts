import type { Kind } from './kind.ts';
import { later, now, type Later } from './later.ts';

/** A column as the FROM of a query has it. */
export interface Column {
  readonly name: string;
  /** Names it within the whole statement. */
  readonly id: string;
  readonly kind: Kind;
  /** It may hold text of a stored table as the source wrote it. */
  readonly unfolded: boolean;
  /** It may hold text of a stored table after a fold. */
  readonly folded: boolean;
  /** Columns of stored tables (`shop_customer.id`) of which the values may be in it, or made into it. */
  readonly origins: ReadonlySet<string>;
}

export type Keys = readonly (readonly string[])[];

/** What one query gives to the one around it. */
export interface Output {
  /** `undefined` where they cannot be known: nothing is then said about them. */
  readonly columns: readonly OutputColumn[] | undefined;
  /** Each a list of columns that together tell its rows apart; an empty list where there is at most one row. */
  readonly keys: Later<Keys>;
  /** What its ORDER BY leaves open, where its rows come in an order that can be told; `undefined` for nothing. */
  readonly open?: Later<string | undefined>;
}

export type OutputColumn = Omit<Column, 'id'> & {
  /** Where it stands, in bytes. */
  readonly place: number;
};

/** A table, dataset, subquery, function … in FROM, under the name it has there. */
export interface Relation {
  readonly id: number;
  readonly alias: string;
  readonly columns: readonly Column[] | undefined;
  /** Each a list of column ids that together tell its rows apart; a lateral one needs columns of its neighbours. */
  readonly keys: Later<Keys>;
  /** No column of its keys is ever null in a row of its own. */
  readonly keysAreFilled: boolean;
  /** Its name alone means its one column: a function that gives single values. */
  readonly isItsColumn?: boolean;
}

/** `column` is determined wherever all of `by` are, or the expression `by` is. */
export interface Fact {
  readonly column: string;
  readonly by: ReadonlySet<string> | string;
}

/** What a name can mean at one place of a statement. */
export interface Scope {
  readonly relations: readonly Relation[];
  /** Columns that USING or NATURAL made one of two. */
  readonly merged: ReadonlyMap<string, Column>;
  readonly outer: Scope | undefined;
  /** Takes the ids of the columns that queries inside used: what a lateral one depends on. */
  readonly used?: Set<string> | undefined;
}

/** What is not known. */
export const unknownOutput: Output = { columns: undefined, keys: now([]) };

/** A relation from what a query gives. */
export function relationOf(
  id: number,
  alias: string,
  output: Output,
  names: readonly string[] = [],
): Relation {
  const renamed = new Map<string, string>();
  const columns = output.columns?.map((column, index): Column => {
    const name = names[index] ?? column.name;
    renamed.set(column.name, name);
    return {
      name,
      id: columnId(id, name),
      kind: column.kind,
      unfolded: column.unfolded,
      folded: column.folded,
      origins: column.origins,
    };
  });
  const keys = later(() =>
    plainKeys(output).map((key) => key.map((name) => columnId(id, renamed.get(name) ?? name))),
  );
  return { id, alias, columns, keys, keysAreFilled: false };
}

/** The keys of which each name is that of one column: of two that share it nobody knows which is meant. */
export function plainKeys({ columns, keys }: Output): Keys {
  const isOne = (name: string): boolean =>
    columns === undefined || columns.filter((column) => column.name === name).length === 1;
  return keys().filter((key) => key.every(isOne));
}

export function columnId(relation: number, column: string): string {
  return `${relation}.${column}`;
}
