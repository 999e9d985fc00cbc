import type { CommonTables, Context } from './context.ts';
import { later, now, type Later } from './later.ts';
import type { Column, Fact, Relation, Scope } from './relation.ts';

/** What a FROM, or a part of it, brings into scope. */
export interface FromItem {
  readonly relations: readonly Relation[];
  readonly merged: ReadonlyMap<string, Column>;
  readonly facts: Later<readonly Fact[]>;
}

/** Where an item of FROM stands. */
export interface Place {
  /** What stands before it in the same FROM, and the queries around: for what is lateral. */
  readonly lateral: Scope;
  readonly outer: Scope | undefined;
  readonly commonTables: CommonTables | undefined;
  readonly context: Context;
}

export function together(one: FromItem, other: FromItem): FromItem {
  return {
    relations: [...one.relations, ...other.relations],
    merged: new Map([...one.merged, ...other.merged]),
    facts: later(() => [...one.facts(), ...other.facts()]),
  };
}

export function single(relation: Relation): FromItem {
  return { relations: [relation], merged: new Map(), facts: now([]) };
}

export function visible(item: FromItem): readonly Column[] {
  const merged = [...item.merged.values()];
  const others = item.relations.flatMap((relation) =>
    (relation.columns ?? []).filter((column) => !item.merged.has(column.name)),
  );
  return [...merged, ...others];
}
