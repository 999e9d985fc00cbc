import { elementOf, isArray, type Kind } from './kind.ts';

/** What is known of an expression. */
export interface Value {
  readonly kind: Kind;
  /** Ids of the columns it is computed from, of this query and of those around it. */
  readonly columns: ReadonlySet<string>;
  /** Relations whose text may be in it as the source wrote it. */
  readonly unfolded: ReadonlySet<number>;
  /** Relations whose text may be in it after a fold: how it compares has been said. */
  readonly folded: ReadonlySet<number>;
  /** Columns of stored tables (`shop_customer.id`) of which the values may be in it, or made into it. */
  readonly origins: ReadonlySet<string>;
  /** The text of a string constant whose type is still open. */
  readonly literal: string | undefined;
}

/** Stands among the columns of what an aggregate gives: it is made from all rows of a group, whatever it names of them. */
export const groupOfRows = 'the rows of a group';

const noColumns: ReadonlySet<string> = new Set();
const noRelations: ReadonlySet<number> = new Set();

/** A value that depends on no column. */
export function constant(kind: Kind, literal?: string): Value {
  return {
    kind,
    columns: noColumns,
    origins: noColumns,
    unfolded: noRelations,
    folded: noRelations,
    literal,
  };
}

/** What no text can be taken out of again. A document, a row or a type of which nothing is known may hold some. */
const withoutText: ReadonlySet<Kind> = new Set<Kind>([
  'integer',
  'numeric',
  'float',
  'date',
  'interval',
  'boolean',
]);

/** A value computed from others. What texts went in may come out again, where the result can hold any. */
export function computed(kind: Kind, from: readonly Value[]): Value {
  const carriesText = !withoutText.has(isArray(kind) ? elementOf(kind) : kind);
  return {
    kind,
    columns: union(from.map((value) => value.columns)),
    origins: union(from.map((value) => value.origins)),
    unfolded: carriesText ? union(from.map((value) => value.unfolded)) : noRelations,
    folded: carriesText ? union(from.map((value) => value.folded)) : noRelations,
    literal: undefined,
  };
}

/** Everything that is in one of the sets. */
export function union<T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> {
  const filled = sets.filter((set) => set.size > 0);
  const [only] = filled;
  if (only === undefined) return new Set();
  if (filled.length === 1) return only;
  const all = new Set<T>();
  for (const set of filled) for (const item of set) all.add(item);
  return all;
}
