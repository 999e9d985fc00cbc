import type { JoinExpr } from 'libpg-query';
import type { FromItem } from './from-item.ts';
import { later } from './later.ts';
import type { Fact } from './relation.ts';

/** Relations of which a row, once the other side's row is known, is either the one that matches or absent. */
export function settledSides(join: JoinExpr, left: FromItem, right: FromItem): ReadonlySet<number> {
  const sides =
    join.jointype === 'JOIN_INNER'
      ? [...left.relations, ...right.relations]
      : join.jointype === 'JOIN_LEFT'
        ? right.relations
        : join.jointype === 'JOIN_RIGHT'
          ? left.relations
          : [];
  return new Set(sides.map((relation) => relation.id));
}

/** The sides of a join as they are behind it. */
export interface AfterJoin {
  readonly left: FromItem;
  readonly right: FromItem;
  /** What the condition of the join says, as far as it holds behind it. */
  readonly withMatch: (facts: readonly Fact[]) => readonly Fact[];
}

/**
 * What is left of keys and facts behind an outer join, which sets rows of nulls where it finds no match. Whether it
 * does is settled by the columns that are compared: with them, each fact holds again.
 * @param compared all columns that the condition of the join looks at.
 */
export function afterJoin(
  join: JoinExpr,
  left: FromItem,
  right: FromItem,
  compared: ReadonlySet<string>,
): AfterJoin {
  const without = (item: FromItem): ReadonlySet<string> => {
    const own = new Set(
      item.relations.flatMap((relation) => (relation.columns ?? []).map((column) => column.id)),
    );
    return new Set([...compared].filter((id) => !own.has(id)));
  };
  switch (join.jointype) {
    case 'JOIN_LEFT':
      return {
        left,
        right: orNulls(right, without(right)),
        withMatch: (facts) => extended(facts, without(right)),
      };
    case 'JOIN_RIGHT':
      return {
        left: orNulls(left, without(left)),
        right,
        withMatch: (facts) => extended(facts, without(left)),
      };
    case 'JOIN_FULL':
      return { left: orNulls(left, undefined), right: orNulls(right, undefined), withMatch: () => [] };
    default:
      return { left, right, withMatch: (facts) => facts };
  }
}

/** A side that may be nulls. `needed` says when it is; `undefined` where that cannot be told. */
function orNulls(item: FromItem, needed: ReadonlySet<string> | undefined): FromItem {
  return {
    ...item,
    relations: item.relations.map((relation) =>
      relation.keysAreFilled
        ? relation
        : {
            ...relation,
            keys: later(() =>
              needed === undefined ? [] : relation.keys().map((key) => [...key, ...needed]),
            ),
          },
    ),
    facts: later(() => (needed === undefined ? [] : extended(item.facts(), needed))),
  };
}

function extended(facts: readonly Fact[], needed: ReadonlySet<string>): readonly Fact[] {
  return facts.flatMap((fact) =>
    typeof fact.by === 'string' ? [] : [{ column: fact.column, by: new Set([...fact.by, ...needed]) }],
  );
}
