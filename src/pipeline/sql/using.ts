import type { JoinExpr } from 'libpg-query';
import { nearestName } from '../nearest-name.ts';
import { placeOf, textsOf } from './ast.ts';
import { checkTextEquality } from './compare-text.ts';
import type { Context } from './context.ts';
import { settledSides } from './after-join.ts';
import { visible, type FromItem } from './from-item.ts';
import { commonKind } from './kind.ts';
import { now } from './later.ts';
import { columnId, type Column, type Fact, type Relation } from './relation.ts';
import { valueOfReference } from './resolve-column.ts';
import { union } from './value.ts';

export function usingNames(join: JoinExpr, left: FromItem, right: FromItem): readonly string[] {
  if (join.isNatural !== true) return textsOf(join.usingClause);
  const rights = new Set(visible(right).map((column) => column.name));
  return visible(left)
    .map((column) => column.name)
    .filter((name) => rights.has(name));
}

/** What USING or NATURAL adds to a join. */
export interface Merging {
  readonly merged: ReadonlyMap<string, Column>;
  /** A relation of the merged columns, where they have a name together. */
  readonly relations: readonly Relation[];
  readonly facts: readonly Fact[];
  /** The columns of both sides that are compared. */
  readonly compared: readonly string[];
}

/** USING and NATURAL compare like `=` and make one column of two. */
export function mergeColumns(
  join: JoinExpr,
  names: readonly string[],
  left: FromItem,
  right: FromItem,
  context: Context,
): Merging {
  const merged = new Map<string, Column>();
  const facts: Fact[] = [];
  const ones = new Set(
    names.flatMap((name) => visible(left).find((column) => column.name === name)?.id ?? []),
  );
  const others = new Set(
    names.flatMap((name) => visible(right).find((column) => column.name === name)?.id ?? []),
  );
  const whole = new Set<string>();
  const settled = settledSides(join, left, right);
  const inner = join.jointype === 'JOIN_INNER';
  const place = join.larg === undefined ? 0 : placeOf(join.rarg ?? join.larg);
  for (const name of names) {
    const one = visible(left).find((column) => column.name === name);
    const other = visible(right).find((column) => column.name === name);
    if (one === undefined || other === undefined) {
      reportMissing(name, one === undefined ? left : right, place, context);
      continue;
    }
    const words = (side: string): string =>
      `"${name}" of the ${side} side (${join.isNatural === true ? 'NATURAL' : 'USING'})`;
    checkTextEquality(
      { value: valueOfReference({ column: one }), words: words('left') },
      { value: valueOfReference({ column: other }), words: words('right') },
      place,
      context,
    );
    if (join.jointype === 'JOIN_FULL') {
      const id = columnId(context.nextRelation(), name);
      const unfolded = one.unfolded || other.unfolded;
      merged.set(name, {
        name,
        id,
        kind: commonKind(one.kind, other.kind),
        unfolded,
        folded: one.folded || other.folded,
        origins: union([one.origins, other.origins]),
      });
      whole.add(id);
      facts.push({ column: one.id, by: whole }, { column: other.id, by: whole });
      continue;
    }
    merged.set(name, join.jointype === 'JOIN_RIGHT' ? other : one);
    if (settled.has(Number.parseInt(other.id, 10)))
      facts.push({ column: other.id, by: inner ? new Set([one.id]) : ones });
    if (settled.has(Number.parseInt(one.id, 10)))
      facts.push({ column: one.id, by: inner ? new Set([other.id]) : others });
  }
  const alias = join.join_using_alias?.aliasname;
  const relations = alias === undefined ? [] : [mergedRelation(alias, names, merged, context)];
  return { merged, relations, facts, compared: [...ones, ...others] };
}

function reportMissing(name: string, side: FromItem, place: number, context: Context): void {
  if (side.relations.some((relation) => relation.columns === undefined)) return;
  const where = side.relations.map((relation) => `"${relation.alias}"`).join(', ');
  const nearest = nearestName(
    name,
    visible(side).map((column) => column.name),
  );
  context.faults.add('NJ-CONFIG-SQL-COLUMN', { name, place: where, nearest }, context.sql.atByte(place));
}

/** `join … using (id) as j`: a name for the columns that were made one. */
function mergedRelation(
  alias: string,
  names: readonly string[],
  merged: ReadonlyMap<string, Column>,
  context: Context,
): Relation {
  const columns = names.flatMap((name) => merged.get(name) ?? []);
  return {
    id: context.nextRelation(),
    alias,
    columns,
    keys: now([columns.map((column) => column.id)]),
    keysAreFilled: false,
  };
}
