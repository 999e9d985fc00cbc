import type { Node, ResTarget, SelectStmt, WindowDef } from 'libpg-query';
import { childNodes, conjunctsOf, placeOf, textOf } from './ast.ts';
import { bindCommonTables } from './common-tables.ts';
import { sortTerms, type Block, type CommonTables, type Context, type OrderTerm, type Surroundings } from './context.ts';
import { determine, withoutNeedless } from './determined.ts';
import { factsOf } from './facts.ts';
import { readFrom } from './from.ts';
import { isAggregate, setFunctions } from './function-kinds.ts';
import { checkLimit, isOneRow } from './limit.ts';
import { columnTerm, orderTerm } from './order-term.ts';
import { outputName } from './output-name.ts';
import type { Output, OutputColumn, Scope } from './relation.ts';
import { readSetOperation, readValues } from './set-operation.ts';

/** Goes through a query and all in it; reports what may not be there and says what it gives. */
export function readSelect(statement: SelectStmt, surroundings: Surroundings, context: Context): Output {
  refuseClauses(statement, context);
  const commonTables = bindCommonTables(statement.withClause, surroundings, context);
  const inside = { ...surroundings, commonTables };
  if (statement.op !== undefined && statement.op !== 'SETOP_NONE') return readSetOperation(statement, inside, context);
  if (statement.valuesLists !== undefined) return readValues(statement, inside, context);
  return readBlock(statement, inside, context);
}

function refuseClauses(statement: SelectStmt, context: Context): void {
  const expected = 'a SELECT that only reads';
  const [locking] = statement.lockingClause ?? [];
  if (locking !== undefined) {
    const [relation] = statement.fromClause ?? [];
    const place = relation === undefined ? 0 : placeOf(relation);
    context.faults.add('NJ-CONFIG-SQL-STATEMENT', { expected, found: 'FOR UPDATE or FOR SHARE' }, context.sql.atByte(place));
  }
  const into = statement.intoClause?.rel;
  if (into !== undefined) {
    context.faults.add('NJ-CONFIG-SQL-STATEMENT', { expected, found: 'SELECT INTO' }, context.sql.atByte(into.location ?? 0));
  }
}

function readBlock(statement: SelectStmt, surroundings: Surroundings, context: Context): Output {
  const { outer, commonTables, use } = surroundings;
  const from = readFrom(statement.fromClause ?? [], outer, commonTables, context);
  const scope: Scope = { relations: from.relations, merged: from.merged, outer };
  const targets = (statement.targetList ?? []).flatMap((node) => ('ResTarget' in node ? [node.ResTarget] : []));
  const ground = groundBlock(statement, scope, from.facts, targets, commonTables, context);
  const block: Block = { ...ground, ...groupOf(statement, targets, ground, context) };
  const infer = (node: Node): void => void context.infer(node, block, context);
  if (statement.whereClause !== undefined) infer(statement.whereClause);
  const columns = readTargets(targets, block, use === 'exists', context);
  for (const node of statement.groupClause ?? []) if (!namesTarget(node, targets, scope)) infer(node);
  if (statement.havingClause !== undefined) infer(statement.havingClause);
  for (const window of block.windows.values()) for (const node of [...(window.partitionClause ?? []), ...sortNodes(window.orderClause)]) infer(node);
  const distinct = readDistinct(statement, targets, block);
  const ordering = sortNodes(statement.sortClause).map((node) => targetMeant(node, targets, scope, true) ?? node);
  for (const node of [...ordering, ...distinct.on]) infer(node);
  for (const node of [statement.limitCount, statement.limitOffset]) if (node !== undefined) infer(node);
  for (const check of block.deferred) check();

  const selected = block.targets.map((target) => orderTerm(target, block, context));
  const sorted = ordering.map((node) => orderTerm(node, block, context));
  const on = distinct.on.map((node) => orderTerm(node, block, context));
  if (use === 'rows') {
    if (on.length > 0) checkDistinctOn(distinct.place, on, sorted, selected, block, context);
    // After DISTINCT, rows are told apart by what is selected and nothing else.
    const identity: Block = distinct.all ? { ...block, group: selected } : block;
    const oneForEach = on.length > 0 ? determine(block, sorted).hasTerm : undefined;
    const settled = oneForEach === undefined ? determine(identity, sorted) : undefined;
    const isTotal = settled === undefined ? on.every((term) => oneForEach?.(term) === true) : settled.open === undefined || selected.every(settled.hasTerm);
    checkLimit(statement, isTotal, settled?.open ?? 'it does not hold all of the DISTINCT ON', context);
  }
  return { columns, keys: isOneRow(statement) ? [[]] : keysOf(columns, selected, distinct.all ? selected : on, block) };
}

/** Everything of a block but its grouping. */
function groundBlock(
  statement: SelectStmt,
  scope: Scope,
  facts: Block['facts'],
  targets: readonly ResTarget[],
  commonTables: CommonTables | undefined,
  context: Context,
): Block {
  const windows = new Map<string, WindowDef>();
  for (const node of statement.windowClause ?? []) {
    if ('WindowDef' in node) windows.set(node.WindowDef.name ?? '', node.WindowDef);
  }
  const block: Block = {
    relations: scope.relations,
    facts,
    scope,
    group: undefined,
    groupingSets: false,
    windows,
    targets: targets.flatMap((target) => target.val ?? []),
    commonTables,
    deferred: [],
  };
  const about = new Set(scope.relations.map((relation) => relation.id));
  return { ...block, facts: [...facts, ...factsOf(conjunctsOf(statement.whereClause), block, about, context)] };
}

function groupOf(
  statement: SelectStmt,
  targets: readonly ResTarget[],
  block: Block,
  context: Context,
): Pick<Block, 'group' | 'groupingSets'> {
  const clause = statement.groupClause ?? [];
  if (clause.length === 0) {
    const searched = [...block.targets, ...(statement.havingClause === undefined ? [] : [statement.havingClause])];
    const aggregates = statement.havingClause !== undefined || searched.some(hasAggregate);
    return { group: aggregates ? [] : undefined, groupingSets: false };
  }
  const groupingSets = clause.some((node) => 'GroupingSet' in node);
  const plain = clause.filter((node) => !('GroupingSet' in node));
  const nodes = plain.map((node) => targetMeant(node, targets, block.scope, false) ?? node);
  return { group: groupingSets ? [] : nodes.map((node) => orderTerm(node, block, context)), groupingSets };
}

function hasAggregate(node: Node): boolean {
  if ('SubLink' in node) return false;
  if ('FuncCall' in node && node.FuncCall.over === undefined && isAggregate(textOf(node.FuncCall.funcname?.at(-1)) ?? '')) return true;
  if ('JsonArrayAgg' in node || 'JsonObjectAgg' in node) return true;
  return childNodes(node).some(hasAggregate);
}

function readTargets(
  targets: readonly ResTarget[],
  block: Block,
  anyColumns: boolean,
  context: Context,
): readonly OutputColumn[] | undefined {
  let known = true;
  const columns: OutputColumn[] = [];
  for (const target of targets) {
    const node = target.val;
    if (node === undefined) continue;
    const star = starOf(node);
    if (star !== undefined) {
      known = false;
      if (!anyColumns) context.faults.add('NJ-CONFIG-SQL-STAR', { found: star }, context.sql.atByte(target.location ?? 0));
      continue;
    }
    const value = context.infer(node, block, context);
    columns.push({
      name: target.name ?? outputName(node) ?? '?column?',
      // A constant without a type is published as text.
      kind: value.literal === undefined ? value.kind : 'text',
      unfolded: value.unfolded.size > 0,
      folded: value.folded.size > 0,
      place: target.location ?? 0,
    });
  }
  return known ? columns : undefined;
}

function starOf(node: Node): string | undefined {
  if (!('ColumnRef' in node)) return undefined;
  const fields = node.ColumnRef.fields ?? [];
  if (!fields.some((field) => 'A_Star' in field)) return undefined;
  return fields.map((field) => textOf(field) ?? '*').join('.');
}

function sortNodes(nodes: readonly Node[] | undefined): readonly Node[] {
  return sortTerms(nodes).flatMap((sort) => sort.node ?? []);
}

function namesTarget(node: Node, targets: readonly ResTarget[], scope: Scope): boolean {
  return targetMeant(node, targets, scope, false) !== undefined;
}

/**
 * The selected expression that an item of ORDER BY, GROUP BY or DISTINCT ON means: by its number, or by its name. In
 * ORDER BY the selected one wins over a column of the same name, in GROUP BY the column does.
 */
function targetMeant(node: Node, targets: readonly ResTarget[], scope: Scope, selectedFirst: boolean): Node | undefined {
  if ('A_Const' in node && node.A_Const.ival !== undefined) return targets[(node.A_Const.ival.ival ?? 0) - 1]?.val;
  if (!('ColumnRef' in node) || node.ColumnRef.fields?.length !== 1) return undefined;
  const name = textOf(node.ColumnRef.fields[0]);
  const isColumn = scope.merged.has(name ?? '') || scope.relations.some((relation) => relation.columns?.some((column) => column.name === name) === true);
  if (isColumn && !selectedFirst) return undefined;
  return targets.find((target) => (target.name ?? (target.val === undefined ? undefined : outputName(target.val))) === name)?.val;
}

interface Distinct {
  readonly all: boolean;
  readonly on: readonly Node[];
  readonly place: number;
}

/** The grammar writes DISTINCT as a list with nothing in it. */
function readDistinct(statement: SelectStmt, targets: readonly ResTarget[], block: Block): Distinct {
  const clause = statement.distinctClause;
  if (clause === undefined) return { all: false, on: [], place: 0 };
  const on = clause.filter((node) => Object.keys(node).length > 0);
  const [first] = on;
  if (first === undefined) return { all: true, on: [], place: 0 };
  return { all: false, on: on.map((node) => targetMeant(node, targets, block.scope, true) ?? node), place: placeOf(first) };
}

function checkDistinctOn(
  place: number,
  on: readonly OrderTerm[],
  sorted: readonly OrderTerm[],
  selected: readonly OrderTerm[],
  block: Block,
  context: Context,
): void {
  const settled = determine(block, [...on, ...sorted]);
  if (settled.open === undefined || selected.every(settled.hasTerm)) return;
  const open = sorted.length === 0 ? 'there is no ORDER BY' : settled.open;
  context.faults.add('NJ-CONFIG-SQL-ORDER', { found: 'DISTINCT ON', open }, context.sql.atByte(place));
}

/** Lists of output columns that tell the rows apart, as far as can be shown. */
function keysOf(
  columns: readonly OutputColumn[] | undefined,
  selected: readonly OrderTerm[],
  distinct: readonly OrderTerm[],
  block: Block,
): readonly (readonly string[])[] {
  if (columns === undefined || block.targets.some(givesSets)) return [];
  const nameOf = (term: OrderTerm): string | undefined => columns[selected.findIndex((one) => one.text === term.text)]?.name;
  const named = (terms: readonly OrderTerm[]): readonly (readonly string[])[] => {
    const names = terms.map(nameOf).filter((name) => name !== undefined);
    return names.length === terms.length ? [names] : [];
  };
  if (distinct.length > 0) return named(withoutNeedless(block, distinct));
  if (block.groupingSets) return [];
  if (block.group !== undefined) return named(withoutNeedless(block, block.group));
  const bare = selected.filter((term) => [...term.value.columns].some((id) => columnTerm(id) === term.text));
  return [bare, bare.toReversed()].flatMap((terms) => {
    const key = minimalKey(terms, block);
    return key === undefined ? [] : named(key);
  });
}

/** The terms without those that are not needed to settle a row; `undefined` where all of them do not. */
function minimalKey(terms: readonly OrderTerm[], block: Block): readonly OrderTerm[] | undefined {
  if (determine(block, terms).open !== undefined) return undefined;
  let kept = terms;
  for (const term of terms.toReversed()) {
    const rest = kept.filter((other) => other !== term);
    if (determine(block, rest).open === undefined) kept = rest;
  }
  return kept;
}

function givesSets(node: Node): boolean {
  if ('SubLink' in node) return false;
  if ('FuncCall' in node && setFunctions.has(textOf(node.FuncCall.funcname?.at(-1)) ?? '')) return true;
  return childNodes(node).some(givesSets);
}
