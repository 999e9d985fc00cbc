import type { Alias, JoinExpr, Node, RangeFunction, RangeSubselect, RangeVar } from 'libpg-query';
import { nearestName } from '../nearest-name.ts';
import { childNodes, conjunctsOf, placeOf, textOf, textsOf } from './ast.ts';
import { checkTextEquality } from './compare-text.ts';
import { plainBlock, type CommonTables, type Context } from './context.ts';
import { factsOf } from './facts.ts';
import { kindOfFunction, setFunctions } from './function-kinds.ts';
import { commonKind, kindOfTypeName } from './kind.ts';
import { columnId, relationOf, type Column, type Fact, type OutputColumn, type Relation, type Scope } from './relation.ts';
import { valueOfReference } from './resolve-column.ts';
import type { Value } from './value.ts';

/** What a FROM, or a part of it, brings into scope. */
export interface FromItem {
  readonly relations: readonly Relation[];
  readonly merged: ReadonlyMap<string, Column>;
  readonly facts: readonly Fact[];
}

/** Where an item of FROM stands. */
interface Place {
  /** What stands before it in the same FROM, and the queries around: for what is lateral. */
  readonly lateral: Scope;
  readonly outer: Scope | undefined;
  readonly commonTables: CommonTables | undefined;
  readonly context: Context;
}

/** Goes through a FROM, item by item. */
export function readFrom(
  nodes: readonly Node[],
  outer: Scope | undefined,
  commonTables: CommonTables | undefined,
  context: Context,
): FromItem {
  let whole: FromItem = { relations: [], merged: new Map(), facts: [] };
  for (const node of nodes) {
    const lateral = { relations: whole.relations, merged: whole.merged, outer };
    whole = together(whole, readItem(node, { lateral, outer, commonTables, context }));
  }
  return whole;
}

function together(one: FromItem, other: FromItem): FromItem {
  return {
    relations: [...one.relations, ...other.relations],
    merged: new Map([...one.merged, ...other.merged]),
    facts: [...one.facts, ...other.facts],
  };
}

function single(relation: Relation): FromItem {
  return { relations: [relation], merged: new Map(), facts: [] };
}

function readItem(node: Node, place: Place): FromItem {
  if ('RangeVar' in node) return single(readTable(node.RangeVar, place));
  if ('RangeSubselect' in node) return single(readSubselect(node.RangeSubselect, place));
  if ('RangeFunction' in node) return single(readFunction(node.RangeFunction, place));
  if ('JoinExpr' in node) return readJoin(node.JoinExpr, place);
  const { context } = place;
  if ('RangeTableSample' in node) {
    context.faults.add('NJ-CONFIG-SQL-RANDOM', { found: 'TABLESAMPLE' }, context.sql.atByte(placeOf(node)));
    return node.RangeTableSample.relation === undefined ? single(unknownRelation(undefined, context)) : readItem(node.RangeTableSample.relation, place);
  }
  // XMLTABLE and JSON_TABLE: what they read is gone through, what they give is not known.
  const block = plainBlock(place.lateral, place.commonTables);
  for (const child of childNodes(node)) context.infer(child, block, context);
  const alias = 'JsonTable' in node ? node.JsonTable.alias : 'RangeTableFunc' in node ? node.RangeTableFunc.alias : undefined;
  return single(unknownRelation(alias, context));
}

function unknownRelation(alias: Alias | undefined, context: Context): Relation {
  return { id: context.nextRelation(), alias: alias?.aliasname ?? '', columns: undefined, keys: [] };
}

function readTable(table: RangeVar, { commonTables, context }: Place): Relation {
  const name = table.relname ?? '';
  const alias = table.alias?.aliasname ?? name;
  const names = textsOf(table.alias?.colnames);
  const position = context.sql.atByte(table.location ?? 0);
  if (table.schemaname !== undefined) {
    context.faults.add('NJ-CONFIG-SQL-SCHEMA', { name, schema: table.schemaname }, position);
    return { id: context.nextRelation(), alias, columns: undefined, keys: [] };
  }
  for (let common = commonTables; common !== undefined; common = common.next) {
    if (common.name === name) return relationOf(context.nextRelation(), alias, common.output, names);
  }
  const stored = context.stored.get(name);
  if (stored !== undefined) {
    if (!context.tables.has(name)) context.tables.set(name, table.location ?? 0);
    return relationOf(context.nextRelation(), alias, stored, names);
  }
  if (!context.doubtfulPrefixes.some((prefix) => name.startsWith(prefix))) {
    context.faults.add('NJ-CONFIG-SQL-TABLE', { name, nearest: nearestName(name, context.stored.keys()) }, position);
  }
  return { id: context.nextRelation(), alias, columns: undefined, keys: [] };
}

function readSubselect(item: RangeSubselect, { lateral, outer, commonTables, context }: Place): Relation {
  const id = context.nextRelation();
  const alias = item.alias?.aliasname ?? '';
  const statement = item.subquery;
  if (statement === undefined || !('SelectStmt' in statement)) return { id, alias, columns: undefined, keys: [] };
  const used = new Set<string>();
  const around = item.lateral === true ? { ...lateral, used } : outer;
  const output = context.select(statement.SelectStmt, { outer: around, commonTables, use: 'rows' }, context);
  const relation = relationOf(id, alias, output, textsOf(item.alias?.colnames));
  // A lateral query's rows are its own only together with the row it was asked for.
  return { ...relation, keys: relation.keys.map((key) => [...key, ...used]) };
}

function readFunction(item: RangeFunction, { lateral, commonTables, context }: Place): Relation {
  const id = context.nextRelation();
  const block = plainBlock(lateral, commonTables);
  const alias = item.alias?.aliasname;
  const names = textsOf(item.alias?.colnames);
  const calls = (item.functions ?? []).map((entry) => ('List' in entry ? entry.List.items?.[0] : undefined)).filter((node) => node !== undefined);
  const outputs = calls.map((call) => ({ call, value: context.infer(call, block, context), name: functionName(call) }));
  const relationName = alias ?? outputs[0]?.name ?? '';
  const dependsOn = outputs.flatMap((output) => [...output.value.columns]);
  const declared = (item.coldeflist ?? []).flatMap((node) => ('ColumnDef' in node ? [node.ColumnDef] : []));
  const columns: Column[] = [];
  const add = (name: string, like: Pick<Value, 'kind'> & { unfolded: boolean; folded: boolean }): void => {
    const given = names[columns.length] ?? name;
    columns.push({ name: given, id: columnId(id, given), kind: like.kind, unfolded: like.unfolded, folded: like.folded });
  };
  for (const { call, value, name } of outputs) {
    const text = { unfolded: value.unfolded.size > 0, folded: value.folded.size > 0 };
    if (declared.length > 0) {
      for (const column of declared) add(column.colname ?? '', { kind: kindOfTypeName(column.typeName), ...text });
    } else if (givesOneColumn(call, value)) {
      add(outputs.length === 1 ? (alias ?? name) : name, { kind: value.kind, ...text });
    } else {
      return { id, alias: relationName, columns: undefined, keys: [] };
    }
  }
  let keys: string[][] = outputs.every((output) => !setFunctions.has(output.name)) ? [[...dependsOn]] : [];
  const [only] = columns;
  if (outputs.length === 1 && outputs[0]?.name === 'generate_series' && only !== undefined) keys = [[...dependsOn, only.id]];
  if (item.ordinality === true) {
    add('ordinality', { kind: 'integer', unfolded: false, folded: false });
    keys = [[...dependsOn, columns.at(-1)?.id ?? '']];
  }
  return { id, alias: relationName, columns, keys };
}

function functionName(call: Node): string {
  return 'FuncCall' in call ? (textOf(call.FuncCall.funcname?.at(-1)) ?? '') : '';
}

/** Whether a function in FROM gives one column is known of those whose kind is, and of arrays taken apart. */
function givesOneColumn(call: Node, value: Value): boolean {
  const name = functionName(call);
  return name === 'unnest' || name === 'generate_series' || value.kind !== 'unknown' || kindOfFunction(name, []) !== 'unknown';
}

function readJoin(join: JoinExpr, place: Place): FromItem {
  const { context, lateral, commonTables } = place;
  if (join.larg === undefined || join.rarg === undefined) return { relations: [], merged: new Map(), facts: [] };
  const left = readItem(join.larg, place);
  const seen = {
    relations: [...lateral.relations, ...left.relations],
    merged: new Map([...lateral.merged, ...left.merged]),
    outer: lateral.outer,
  };
  const right = readItem(join.rarg, { ...place, lateral: seen });
  let item = together(left, right);
  const used = usingNames(join, left, right);
  if (used.length > 0) item = mergeColumns(join, used, left, right, item, context);
  const scope: Scope = { relations: item.relations, merged: item.merged, outer: place.outer };
  if (join.quals !== undefined) {
    const block = plainBlock(scope, commonTables);
    context.infer(join.quals, block, context);
    const targets = settledSides(join, left, right);
    item = { ...item, facts: [...item.facts, ...factsOf(conjunctsOf(join.quals), block, targets, context)] };
  }
  return join.alias === undefined ? item : aliasJoin(join.alias, item, context);
}

/** Relations of which a row, once the other side's row is known, is either the one that matches or absent. */
function settledSides(join: JoinExpr, left: FromItem, right: FromItem): ReadonlySet<number> {
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

function visible(item: FromItem): readonly Column[] {
  const merged = [...item.merged.values()];
  const others = item.relations.flatMap((relation) => (relation.columns ?? []).filter((column) => !item.merged.has(column.name)));
  return [...merged, ...others];
}

function usingNames(join: JoinExpr, left: FromItem, right: FromItem): readonly string[] {
  if (join.isNatural !== true) return textsOf(join.usingClause);
  const rights = new Set(visible(right).map((column) => column.name));
  return visible(left).map((column) => column.name).filter((name) => rights.has(name));
}

/** USING and NATURAL compare like `=` and make one column of two. */
function mergeColumns(
  join: JoinExpr,
  names: readonly string[],
  left: FromItem,
  right: FromItem,
  item: FromItem,
  context: Context,
): FromItem {
  const merged = new Map(item.merged);
  const facts: Fact[] = [];
  const settled = settledSides(join, left, right);
  const place = join.larg === undefined ? 0 : placeOf(join.rarg ?? join.larg);
  for (const name of names) {
    const one = visible(left).find((column) => column.name === name);
    const other = visible(right).find((column) => column.name === name);
    if (one === undefined || other === undefined) {
      reportMissing(name, one === undefined ? left : right, place, context);
      continue;
    }
    const words = (side: string): string => `"${name}" of the ${side} side (${join.isNatural === true ? 'NATURAL' : 'USING'})`;
    checkTextEquality(
      { value: valueOfReference({ column: one }), words: words('left') },
      { value: valueOfReference({ column: other }), words: words('right') },
      place,
      context,
    );
    if (join.jointype === 'JOIN_FULL') {
      const id = columnId(context.nextRelation(), name);
      const unfolded = one.unfolded || other.unfolded;
      merged.set(name, { name, id, kind: commonKind(one.kind, other.kind), unfolded, folded: one.folded || other.folded });
      facts.push({ column: one.id, by: new Set([id]) }, { column: other.id, by: new Set([id]) });
      continue;
    }
    merged.set(name, join.jointype === 'JOIN_RIGHT' ? other : one);
    if (settled.has(Number.parseInt(other.id, 10))) facts.push({ column: other.id, by: new Set([one.id]) });
    if (settled.has(Number.parseInt(one.id, 10))) facts.push({ column: one.id, by: new Set([other.id]) });
  }
  return { relations: item.relations, merged, facts: [...item.facts, ...facts] };
}

function reportMissing(name: string, side: FromItem, place: number, context: Context): void {
  if (side.relations.some((relation) => relation.columns === undefined)) return;
  const where = side.relations.map((relation) => `"${relation.alias}"`).join(', ');
  const nearest = nearestName(name, visible(side).map((column) => column.name));
  context.faults.add('NJ-CONFIG-SQL-COLUMN', { name, place: where, nearest }, context.sql.atByte(place));
}

/** `(a join b on …) as j`: the tables inside are hidden, their columns are those of `j`. */
function aliasJoin(alias: Alias, item: FromItem, context: Context): FromItem {
  const isKnown = item.relations.every((relation) => relation.columns !== undefined);
  const columns = visible(item).map((column): OutputColumn => ({ ...column, place: 0 }));
  const output = { columns: isKnown ? columns : undefined, keys: [] };
  return single(relationOf(context.nextRelation(), alias.aliasname ?? '', output, textsOf(alias.colnames)));
}
