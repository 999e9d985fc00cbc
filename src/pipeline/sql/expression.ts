import type { A_Const, A_Expr, CaseExpr, Node, SubLink, TypeCast } from 'libpg-query';
import { childNodes, placeOf, textOf, textsOf } from './ast.ts';
import { checkTextEquality, sideOf } from './compare-text.ts';
import type { Block, Context } from './context.ts';
import { inferCall, inferJsonAggregate } from './function-call.ts';
import { kindOfOperator } from './function-kinds.ts';
import { arrayOf, commonKind, elementOf, isArray, kindOfTypeName, type Kind } from './kind.ts';
import { readsClock } from './refused-functions.ts';
import { resolveColumn, valueOfReference } from './resolve-column.ts';
import { computed, constant, type Value } from './value.ts';

/** Goes through an expression: reports what may not be in it and says what is known of its value. */
export function inferExpression(node: Node, block: Block, context: Context): Value {
  const infer = (inner: Node): Value => context.infer(inner, block, context);
  if ('ColumnRef' in node) return valueOfReference(resolveColumn(node.ColumnRef, block.scope, context));
  if ('A_Const' in node) return inferConstant(node.A_Const);
  if ('FuncCall' in node) return inferCall(node.FuncCall, block, context);
  if ('A_Expr' in node) return inferOperation(node.A_Expr, block, context);
  if ('TypeCast' in node) return inferCast(node.TypeCast, infer, context);
  if ('SubLink' in node) return inferSubLink(node.SubLink, block, context);
  if ('CaseExpr' in node) return inferCase(node.CaseExpr, infer, context);
  if ('CoalesceExpr' in node) return oneOf(node.CoalesceExpr.args ?? [], infer, context);
  if ('MinMaxExpr' in node) return oneOf(node.MinMaxExpr.args ?? [], infer, context);
  if ('CollateClause' in node) return node.CollateClause.arg === undefined ? constant('text') : infer(node.CollateClause.arg);
  if ('A_ArrayExpr' in node) {
    const element = oneOf(node.A_ArrayExpr.elements ?? [], infer, context);
    return { ...element, kind: arrayOf(element.kind), literal: undefined };
  }
  if ('BoolExpr' in node || 'NullTest' in node || 'BooleanTest' in node) return computed('boolean', childNodes(node).map(infer));
  if ('SQLValueFunction' in node) return inferSqlValue(node.SQLValueFunction.op ?? '', placeOf(node), context);
  if ('A_Indirection' in node) {
    const values = childNodes(node).map(infer);
    const kind = values[0]?.kind ?? 'unknown';
    return computed(isArray(kind) ? elementOf(kind) : 'unknown', values);
  }
  if ('JsonArrayAgg' in node || 'JsonObjectAgg' in node) return inferJsonAggregate(node, block, context);
  if ('SelectStmt' in node) {
    context.select(node.SelectStmt, { outer: block.scope, commonTables: block.commonTables, use: 'rows' }, context);
    return constant('unknown');
  }
  if ('ParamRef' in node) {
    const found = `the parameter $${node.ParamRef.number ?? 0}`;
    context.faults.add('NJ-CONFIG-SQL-STATEMENT', { expected: 'a value', found }, context.sql.atByte(placeOf(node)));
    return constant('unknown');
  }
  if ('A_Star' in node || 'String' in node || 'TypeName' in node) return constant('unknown');
  return computed('unknown', childNodes(node).map(infer));
}

function inferConstant(node: A_Const): Value {
  if (node.isnull === true) return constant('unknown', '');
  if (node.sval !== undefined) return constant('unknown', node.sval.sval ?? '');
  if (node.boolval !== undefined) return constant('boolean');
  if (node.ival !== undefined) return constant('integer');
  return constant(node.fval === undefined ? 'other' : 'numeric');
}

function inferCast(node: TypeCast, infer: (node: Node) => Value, context: Context): Value {
  if (node.arg === undefined) return constant('unknown');
  const from = infer(node.arg);
  const kind = kindOfTypeName(node.typeName);
  const place = context.sql.atByte(Math.max(0, placeOf(node.arg)));
  const names = textsOf(node.typeName?.names);
  const [schema = ''] = names;
  if (names.length > 1 && schema !== 'pg_catalog') {
    context.faults.add('NJ-CONFIG-SQL-SCHEMA', { name: names.slice(1).join('.'), schema }, place);
  }
  // An oid alias asks the server's catalogue.
  if (/^reg[a-z]+$/.test(names.at(-1) ?? '')) {
    context.faults.add('NJ-CONFIG-SQL-SERVER', { found: `a cast to ${names.at(-1) ?? ''}` }, place);
  }
  checkClockLiteral(from, kind, node.arg, context);
  return computed(kind, [from]);
}

/** A string constant that becomes a date. */
function checkClockLiteral(value: Value, becomes: Kind, node: Node, context: Context): void {
  if (value.literal === undefined || (becomes !== 'date' && becomes !== 'date[]') || !readsClock(value.literal)) return;
  context.faults.add('NJ-CONFIG-SQL-CLOCK', { found: `'${value.literal}' as a date` }, context.sql.atByte(placeOf(node)));
}

function inferOperation(node: A_Expr, block: Block, context: Context): Value {
  const names = textsOf(node.name);
  const operator = names.at(-1) ?? '';
  const place = node.location ?? 0;
  const [schema = ''] = names;
  if (names.length > 1 && schema !== 'pg_catalog') {
    context.faults.add('NJ-CONFIG-SQL-SCHEMA', { name: operator, schema }, context.sql.atByte(place));
  }
  const right = node.rexpr;
  if (right === undefined) return constant('unknown');
  const left = node.lexpr;
  const items = itemsOf(right);
  const leftValue = left === undefined ? undefined : context.infer(left, block, context);
  const values = items.map((item) => context.infer(item, block, context));
  if (left !== undefined && leftValue !== undefined) {
    for (const [index, item] of items.entries()) {
      const value = values[index] ?? constant('unknown');
      checkClockLiteral(value, leftValue.kind, item, context);
      checkClockLiteral(leftValue, value.kind, left, context);
      if (isEquality(node.kind, operator)) checkEquality(left, leftValue, item, value, place, block, context);
    }
  }
  const all = leftValue === undefined ? values : [leftValue, ...values];
  return computed(resultKind(node, operator, leftValue, values), all);
}

/** `in (…)` and `between … and …` have a list on the right; it is not a list of its own. */
function itemsOf(node: Node): readonly Node[] {
  return 'List' in node ? (node.List.items ?? []) : [node];
}

function resultKind(node: A_Expr, operator: string, left: Value | undefined, values: readonly Value[]): Kind {
  if (node.kind === 'AEXPR_NULLIF') return left?.kind ?? 'unknown';
  if (node.kind !== 'AEXPR_OP') return 'boolean';
  const right = values[0];
  // A constant without a type takes the other side's.
  const rightKind = right?.literal === undefined ? (right?.kind ?? 'unknown') : (left?.kind ?? 'unknown');
  const leftKind = left?.literal === undefined ? left?.kind : rightKind;
  return kindOfOperator(operator, leftKind, rightKind);
}

function isEquality(kind: A_Expr['kind'], operator: string): boolean {
  switch (kind) {
    case 'AEXPR_DISTINCT':
    case 'AEXPR_NOT_DISTINCT':
    case 'AEXPR_NULLIF':
    case 'AEXPR_IN':
      return true;
    case 'AEXPR_OP':
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL':
      return ['=', '<>', '@>', '<@', '&&'].includes(operator);
    default:
      return false;
  }
}

/** Rows are compared column by column. */
function checkEquality(
  left: Node,
  leftValue: Value,
  right: Node,
  rightValue: Value,
  place: number,
  block: Block,
  context: Context,
): void {
  if (!('RowExpr' in left) || !('RowExpr' in right)) {
    checkTextEquality(sideOf(left, leftValue), sideOf(right, rightValue), place, context);
    return;
  }
  const others = right.RowExpr.args ?? [];
  for (const [index, one] of (left.RowExpr.args ?? []).entries()) {
    const other = others[index];
    if (other === undefined) continue;
    const values = [one, other].map((node) => context.infer(node, block, context));
    const [oneValue, otherValue] = values;
    if (oneValue !== undefined && otherValue !== undefined) {
      checkTextEquality(sideOf(one, oneValue), sideOf(other, otherValue), place, context);
    }
  }
}

/** COALESCE, CASE, GREATEST, an array: one of several values of one kind. */
function oneOf(nodes: readonly Node[], infer: (node: Node) => Value, context: Context): Value {
  const values = nodes.map(infer);
  const typed = values.filter((value) => value.literal === undefined);
  const [first, ...rest] = typed.map((value) => value.kind);
  const kind = first === undefined ? (values.length === 0 ? 'unknown' : 'text') : rest.reduce(commonKind, first);
  for (const [index, node] of nodes.entries()) checkClockLiteral(values[index] ?? constant('unknown'), kind, node, context);
  const result = computed(kind, values);
  // Constants alone stay open: coalesce('a', 'b') = d may still become a date.
  const only = values.length === 1 ? values[0] : undefined;
  return only?.literal === undefined ? result : { ...result, literal: only.literal };
}

function inferCase(node: CaseExpr, infer: (node: Node) => Value, context: Context): Value {
  const branches = (node.args ?? []).flatMap((branch) => ('CaseWhen' in branch ? [branch.CaseWhen] : []));
  const conditions: Value[] = [];
  for (const branch of branches) {
    if (branch.expr === undefined) continue;
    const condition = infer(branch.expr);
    conditions.push(condition);
    if (node.arg === undefined) continue;
    const compared = infer(node.arg);
    conditions.push(compared);
    checkTextEquality(sideOf(node.arg, compared), sideOf(branch.expr, condition), placeOf(branch.expr), context);
    checkClockLiteral(condition, compared.kind, branch.expr, context);
  }
  const results = [...branches.flatMap((branch) => branch.result ?? []), ...(node.defresult === undefined ? [] : [node.defresult])];
  const result = oneOf(results, infer, context);
  // Conditions choose the value, but no text of theirs is in it.
  const columns = computed('other', [result, ...conditions]).columns;
  return { ...result, columns };
}

function inferSubLink(node: SubLink, block: Block, context: Context): Value {
  const statement = node.subselect;
  if (statement === undefined || !('SelectStmt' in statement)) return constant('unknown');
  const use = node.subLinkType === 'EXISTS_SUBLINK' ? 'exists' : 'rows';
  const used = new Set<string>();
  const outer = { ...block.scope, used };
  const output = context.select(statement.SelectStmt, { outer, commonTables: block.commonTables, use }, context);
  for (const id of used) block.scope.used?.add(id);
  const [column] = output.columns ?? [];
  const inner = context.nextRelation();
  const origin: ReadonlySet<number> = new Set([inner]);
  const none: ReadonlySet<number> = new Set();
  const value: Value = {
    kind: column?.kind ?? 'unknown',
    columns: used,
    unfolded: column?.unfolded === true ? origin : none,
    folded: column?.folded === true ? origin : none,
    literal: undefined,
  };
  switch (node.subLinkType) {
    case 'EXPR_SUBLINK':
      return value;
    case 'ARRAY_SUBLINK':
      return { ...value, kind: arrayOf(value.kind) };
    case 'ANY_SUBLINK':
    case 'ALL_SUBLINK': {
      const operator = node.operName === undefined ? '=' : (textOf(node.operName.at(-1)) ?? '=');
      const tested = testedValues(node.testexpr, block, context);
      if (operator === '=' || operator === '<>') {
        for (const [index, side] of tested.entries()) {
          const against = output.columns?.[index];
          if (against === undefined) continue;
          const other: Value = { ...value, kind: against.kind, unfolded: against.unfolded ? origin : none, folded: against.folded ? origin : none };
          checkTextEquality(sideOf(side.node, side.value), { value: other, words: `(select ${against.name} …)` }, node.location ?? 0, context);
        }
      }
      return computed('boolean', [{ ...value, unfolded: none, folded: none }, ...tested.map((side) => side.value)]);
    }
    default:
      return { ...constant(node.subLinkType === 'EXISTS_SUBLINK' ? 'boolean' : 'unknown'), columns: used };
  }
}

function testedValues(node: Node | undefined, block: Block, context: Context): readonly { node: Node; value: Value }[] {
  if (node === undefined) return [];
  const nodes = 'RowExpr' in node ? (node.RowExpr.args ?? []) : [node];
  return nodes.map((inner) => ({ node: inner, value: context.infer(inner, block, context) }));
}

function inferSqlValue(operation: string, place: number, context: Context): Value {
  const found = operation.replace(/^SVFOP_/, '').replace(/_N$/, '').toLowerCase();
  const isClock = /^(current_date|current_time|current_timestamp|localtime|localtimestamp)$/.test(found);
  context.faults.add(isClock ? 'NJ-CONFIG-SQL-CLOCK' : 'NJ-CONFIG-SQL-SERVER', { found }, context.sql.atByte(place));
  return constant(isClock ? 'date' : 'text');
}
