import type { Node, ResTarget, SelectStmt, WindowDef } from 'libpg-query';
import { childNodes, conjunctsOf, placeOf, textOf } from './ast.ts';
import { bindCommonTables } from './common-tables.ts';
import {
  sortTerms,
  type Block,
  type CommonTables,
  type Context,
  type OrderTerm,
  type Surroundings,
} from './context.ts';
import { factsOf } from './facts.ts';
import { readFrom } from './from.ts';
import { isAggregate } from './function-kinds.ts';
import { frameEnds, partitionOf } from './window.ts';
import { later, now, type Later } from './later.ts';
import { checkLimit, isOneRow, whyOpen } from './limit.ts';
import { orderTerm } from './order-term.ts';
import {
  checkDistinctOn,
  keysOf,
  settledByOrder,
  type Distinct,
  type Numbered,
  type Outcome,
} from './outcome.ts';
import type { Output, Scope } from './relation.ts';
import { readSetOperation, readValues } from './set-operation.ts';
import { readTargets, targetMeant } from './targets.ts';

/** Goes through a query and all in it; reports what may not be there and says what it gives. */
export function readSelect(statement: SelectStmt, surroundings: Surroundings, context: Context): Output {
  refuseClauses(statement, context);
  const commonTables = bindCommonTables(statement.withClause, surroundings, context);
  const inside = { ...surroundings, commonTables };
  if (statement.op !== undefined && statement.op !== 'SETOP_NONE')
    return readSetOperation(statement, inside, context);
  if (statement.valuesLists !== undefined) return readValues(statement, inside, context);
  return readBlock(statement, inside, context);
}

function refuseClauses(statement: SelectStmt, context: Context): void {
  const expected = 'a SELECT that only reads';
  const [locking] = statement.lockingClause ?? [];
  if (locking !== undefined) {
    const [relation] = statement.fromClause ?? [];
    const place = relation === undefined ? 0 : placeOf(relation);
    context.faults.add(
      'NJ-CONFIG-SQL-STATEMENT',
      { expected, found: 'FOR UPDATE or FOR SHARE' },
      context.sql.atByte(place),
    );
  }
  const into = statement.intoClause?.rel;
  if (into !== undefined) {
    context.faults.add(
      'NJ-CONFIG-SQL-STATEMENT',
      { expected, found: 'SELECT INTO' },
      context.sql.atByte(into.location ?? 0),
    );
  }
}

function readBlock(statement: SelectStmt, surroundings: Surroundings, context: Context): Output {
  const { outer, commonTables, use } = surroundings;
  const from = readFrom(statement.fromClause ?? [], outer, commonTables, context);
  const scope: Scope = { relations: from.relations, merged: from.merged, outer };
  const targets = (statement.targetList ?? []).flatMap((node) =>
    'ResTarget' in node ? [node.ResTarget] : [],
  );
  const ground = groundBlock(statement, scope, from.facts, targets, commonTables, context);
  const block: Block = { ...ground, ...groupOf(statement, targets, ground, context) };
  const infer = (node: Node): void => void context.infer(node, block, context);
  const columns = readTargets(targets, block, use === 'exists', context);
  for (const node of (statement.groupClause ?? []).flatMap(groupedBy))
    if (targetMeant(node, targets, scope, false) === undefined) infer(node);
  if (statement.havingClause !== undefined) infer(statement.havingClause);
  for (const window of block.windows.values())
    for (const node of [
      ...(window.partitionClause ?? []),
      ...sortNodes(window.orderClause),
      ...frameEnds(window),
    ])
      infer(node);
  const distinct = readDistinct(statement, targets, block);
  const ordering = sortNodes(statement.sortClause).map(
    (node) => targetMeant(node, targets, scope, true) ?? node,
  );
  for (const node of [...ordering, ...distinct.on]) infer(node);
  for (const node of [statement.limitCount, statement.limitOffset]) if (node !== undefined) infer(node);
  for (const check of block.deferred) check();

  const terms = (nodes: readonly Node[]): Later<readonly OrderTerm[]> =>
    later(() => nodes.map((node) => orderTerm(node, block, context)));
  const outcome: Outcome = {
    selected: terms(block.targets),
    sorted: terms(ordering),
    on: terms(distinct.on),
    distinct,
    numbered: later(() =>
      block.targets.flatMap((target, index) => numberedBy(target, index, block, context)),
    ),
  };
  const open = later(() => settledByOrder(outcome, block));
  if (use === 'rows') {
    if (distinct.on.length > 0) checkDistinctOn(outcome, block, context);
    checkLimit(statement, open, context);
  }
  if (isOneRow(statement)) return { columns, keys: now([[]]), open: now(undefined) };
  return {
    columns,
    keys: later(() => keysOf(columns, outcome, block)),
    open: later(() => whyOpen(statement, open)),
  };
}

/** What a `row_number()` among the targets numbers within. */
function numberedBy(target: Node, index: number, block: Block, context: Context): readonly Numbered[] {
  if (!('FuncCall' in target) || target.FuncCall.over === undefined) return [];
  if (textOf(target.FuncCall.funcname?.at(-1)) !== 'row_number') return [];
  const nodes = partitionOf(target.FuncCall.over, block);
  return [{ index, partition: nodes.map((node) => orderTerm(node, block, context)) }];
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
    known: new Map(),
  };
  if (statement.whereClause !== undefined) context.infer(statement.whereClause, block, context);
  const about = new Set(scope.relations.map((relation) => relation.id));
  return {
    ...block,
    facts: later(() => [...facts(), ...factsOf(conjunctsOf(statement.whereClause), block, about, context)]),
  };
}

function groupOf(
  statement: SelectStmt,
  targets: readonly ResTarget[],
  block: Block,
  context: Context,
): Pick<Block, 'group' | 'groupingSets'> {
  const clause = statement.groupClause ?? [];
  if (clause.length === 0) {
    const searched = [
      ...block.targets,
      ...(statement.havingClause === undefined ? [] : [statement.havingClause]),
    ];
    const aggregates = statement.havingClause !== undefined || searched.some(hasAggregate);
    return { group: aggregates ? now([]) : undefined, groupingSets: false };
  }
  const groupingSets = clause.some((node) => 'GroupingSet' in node);
  const plain = clause.filter((node) => !('GroupingSet' in node));
  const nodes = plain.map((node) => targetMeant(node, targets, block.scope, false) ?? node);
  return {
    group: later(() => (groupingSets ? [] : nodes.map((node) => orderTerm(node, block, context)))),
    groupingSets,
  };
}

/** The expressions of `rollup (a, (b, c))`, each of which may be the name of a selected one. */
function groupedBy(node: Node): readonly Node[] {
  if ('GroupingSet' in node) return (node.GroupingSet.content ?? []).flatMap(groupedBy);
  return 'RowExpr' in node ? (node.RowExpr.args ?? []).flatMap(groupedBy) : [node];
}

function hasAggregate(node: Node): boolean {
  if ('SubLink' in node) return false;
  if (
    'FuncCall' in node &&
    node.FuncCall.over === undefined &&
    isAggregate(textOf(node.FuncCall.funcname?.at(-1)) ?? '')
  )
    return true;
  if ('JsonArrayAgg' in node || 'JsonObjectAgg' in node) return true;
  return childNodes(node).some(hasAggregate);
}

function sortNodes(nodes: readonly Node[] | undefined): readonly Node[] {
  return sortTerms(nodes).flatMap((sort) => sort.node ?? []);
}

/** The grammar writes DISTINCT as a list with nothing in it. */
function readDistinct(statement: SelectStmt, targets: readonly ResTarget[], block: Block): Distinct {
  const clause = statement.distinctClause;
  if (clause === undefined) return { all: false, on: [], place: 0 };
  const on = clause.filter((node) => Object.keys(node).length > 0);
  const [first] = on;
  if (first === undefined) return { all: true, on: [], place: 0 };
  return {
    all: false,
    on: on.map((node) => targetMeant(node, targets, block.scope, true) ?? node),
    place: placeOf(first),
  };
}
