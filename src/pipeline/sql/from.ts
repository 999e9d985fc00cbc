import type { Alias, JoinExpr, Node, RangeSubselect, RangeVar } from 'libpg-query';
import { nearestName } from '../nearest-name.ts';
import { conjunctsOf, placeOf, textsOf } from './ast.ts';
import { plainBlock, type CommonTables, type Context } from './context.ts';
import { readDocumentTable } from './from-document.ts';
import { factsOf } from './facts.ts';
import { readFunction } from './from-function.ts';
import { afterJoin, settledSides } from './after-join.ts';
import { single, together, visible, type FromItem, type Place } from './from-item.ts';
import { later, now } from './later.ts';
import { relationOf, type OutputColumn, type Relation, type Scope } from './relation.ts';
import { mergeColumns, usingNames } from './using.ts';

/** Goes through a FROM, item by item. */
export function readFrom(
  nodes: readonly Node[],
  outer: Scope | undefined,
  commonTables: CommonTables | undefined,
  context: Context,
): FromItem {
  let whole: FromItem = { relations: [], merged: new Map(), facts: now([]) };
  for (const node of nodes) {
    const lateral = { relations: whole.relations, merged: whole.merged, outer };
    whole = together(whole, readItem(node, { lateral, outer, commonTables, context }));
  }
  return whole;
}

function readItem(node: Node, place: Place): FromItem {
  if ('RangeVar' in node) return single(readTable(node.RangeVar, place));
  if ('RangeSubselect' in node) return single(readSubselect(node.RangeSubselect, place));
  if ('RangeFunction' in node) return single(readFunction(node.RangeFunction, place));
  if ('JoinExpr' in node) return readJoin(node.JoinExpr, place);
  const { context } = place;
  if ('RangeTableSample' in node) {
    context.faults.add('NJ-CONFIG-SQL-RANDOM', { found: 'TABLESAMPLE' }, context.sql.atByte(placeOf(node)));
    return node.RangeTableSample.relation === undefined
      ? single(unknownRelation(undefined, context))
      : readItem(node.RangeTableSample.relation, place);
  }
  if ('JsonTable' in node || 'RangeTableFunc' in node) return single(readDocumentTable(node, place));
  return single(unknownRelation(undefined, context));
}

function unknownRelation(alias: Alias | undefined, context: Context): Relation {
  return {
    id: context.nextRelation(),
    alias: alias?.aliasname ?? '',
    columns: undefined,
    keys: now([]),
    keysAreFilled: false,
  };
}

function readTable(table: RangeVar, { commonTables, context }: Place): Relation {
  const name = table.relname ?? '';
  const alias = table.alias?.aliasname ?? name;
  const names = textsOf(table.alias?.colnames);
  const position = context.sql.atByte(table.location ?? 0);
  if (table.schemaname !== undefined) {
    context.faults.add('NJ-CONFIG-SQL-SCHEMA', { name, schema: table.schemaname }, position);
    return { id: context.nextRelation(), alias, columns: undefined, keys: now([]), keysAreFilled: false };
  }
  for (let common = commonTables; common !== undefined; common = common.next) {
    if (common.name === name) return relationOf(context.nextRelation(), alias, common.output, names);
  }
  const stored = context.stored.get(name);
  if (stored !== undefined) {
    if (!context.tables.has(name)) context.tables.set(name, table.location ?? 0);
    return { ...relationOf(context.nextRelation(), alias, stored, names), keysAreFilled: true };
  }
  if (!context.doubtfulPrefixes.some((prefix) => name.startsWith(prefix))) {
    context.faults.add(
      'NJ-CONFIG-SQL-TABLE',
      { name, nearest: nearestName(name, context.stored.keys()) },
      position,
    );
  }
  return { id: context.nextRelation(), alias, columns: undefined, keys: now([]), keysAreFilled: false };
}

function readSubselect(item: RangeSubselect, { lateral, outer, commonTables, context }: Place): Relation {
  const id = context.nextRelation();
  const alias = item.alias?.aliasname ?? '';
  const statement = item.subquery;
  if (statement === undefined || !('SelectStmt' in statement))
    return { id, alias, columns: undefined, keys: now([]), keysAreFilled: false };
  const used = new Set<string>();
  const around = item.lateral === true ? { ...lateral, used } : outer;
  const output = context.select(statement.SelectStmt, { outer: around, commonTables, use: 'rows' }, context);
  const relation = relationOf(id, alias, output, textsOf(item.alias?.colnames));
  // A lateral query's rows are its own only together with the row it was asked for.
  return { ...relation, keys: later(() => relation.keys().map((key) => [...key, ...used])) };
}

function readJoin(join: JoinExpr, place: Place): FromItem {
  const { context, lateral, commonTables } = place;
  if (join.larg === undefined || join.rarg === undefined)
    return { relations: [], merged: new Map(), facts: now([]) };
  const left = readItem(join.larg, place);
  const seen = {
    relations: [...lateral.relations, ...left.relations],
    merged: new Map([...lateral.merged, ...left.merged]),
    outer: lateral.outer,
  };
  const right = readItem(join.rarg, { ...place, lateral: seen });
  const used = usingNames(join, left, right);
  const merging = mergeColumns(join, used, left, right, context);
  const relations = [...left.relations, ...right.relations, ...merging.relations];
  const merged = new Map([...left.merged, ...right.merged, ...merging.merged]);
  const block = plainBlock({ relations, merged, outer: place.outer }, commonTables);
  const { quals } = join;
  const condition = quals === undefined ? undefined : context.infer(quals, block, context);
  const sides = afterJoin(join, left, right, new Set([...(condition?.columns ?? []), ...merging.compared]));
  const item: FromItem = {
    relations: [...sides.left.relations, ...sides.right.relations, ...merging.relations],
    merged,
    facts: later(() => [
      ...sides.left.facts(),
      ...sides.right.facts(),
      ...merging.facts,
      ...sides.withMatch(factsOf(conjunctsOf(quals), block, settledSides(join, left, right), context)),
    ]),
  };
  return join.alias === undefined ? item : aliasJoin(join.alias, item, context);
}

/** `(a join b on …) as j`: the tables inside are hidden, their columns are those of `j`. */
function aliasJoin(alias: Alias, item: FromItem, context: Context): FromItem {
  const isKnown = item.relations.every((relation) => relation.columns !== undefined);
  const columns = visible(item).map((column): OutputColumn => ({ ...column, place: 0 }));
  const output = { columns: isKnown ? columns : undefined, keys: now([]) };
  return single(relationOf(context.nextRelation(), alias.aliasname ?? '', output, textsOf(alias.colnames)));
}
