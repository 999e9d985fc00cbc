import type { A_Const, Node, TypeCast } from 'libpg-query';
import { childNodes, placeOf, textsOf } from './ast.ts';
import type { Block, Context } from './context.ts';
import { inferCall, inferJsonAggregate } from './function-call.ts';
import { arrayOf, elementOf, isArray, kindOfTypeName } from './kind.ts';
import { inferCase, oneOf } from './one-of.ts';
import { inferOperation } from './operation.ts';
import { resolveColumn, valueOfReference } from './resolve-column.ts';
import { inferJsonArray, inferSubLink } from './sub-link.ts';
import { checkTextDate, readsDates, reportTextDate } from './text-date.ts';
import { computed, constant, type Value } from './value.ts';

/** Goes through an expression, once: reports what may not be in it and says what is known of its value. */
export function inferExpression(node: Node, block: Block, context: Context): Value {
  const known = block.known.get(node);
  if (known !== undefined && (known.loudly || !context.loudly)) return known.value;
  const value = inferAnew(node, block, context);
  block.known.set(node, { value, loudly: context.loudly });
  return value;
}

function inferAnew(node: Node, block: Block, context: Context): Value {
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
  if ('CollateClause' in node)
    return node.CollateClause.arg === undefined ? constant('text') : infer(node.CollateClause.arg);
  if ('A_ArrayExpr' in node) {
    const element = oneOf(node.A_ArrayExpr.elements ?? [], infer, context);
    return { ...element, kind: arrayOf(element.kind), literal: undefined };
  }
  if ('BoolExpr' in node || 'NullTest' in node || 'BooleanTest' in node)
    return computed('boolean', childNodes(node).map(infer));
  if ('SQLValueFunction' in node)
    return inferSqlValue(node.SQLValueFunction.op ?? '', placeOf(node), context);
  if ('A_Indirection' in node) {
    const values = childNodes(node).map(infer);
    const kind = values[0]?.kind ?? 'unknown';
    return computed(isArray(kind) ? elementOf(kind) : 'unknown', values);
  }
  if ('JsonArrayAgg' in node || 'JsonObjectAgg' in node) return inferJsonAggregate(node, block, context);
  if ('JsonFuncExpr' in node && readsDates(node.JsonFuncExpr.output?.typeName, context))
    reportTextDate('a value of a JSON document', placeOf(node), context);
  if ('JsonArrayQueryConstructor' in node)
    return inferJsonArray(node.JsonArrayQueryConstructor, block, context);
  if ('SelectStmt' in node) {
    context.select(
      node.SelectStmt,
      { outer: block.scope, commonTables: block.commonTables, use: 'rows' },
      context,
    );
    return constant('unknown');
  }
  if ('ParamRef' in node) {
    const found = `the parameter $${node.ParamRef.number ?? 0}`;
    context.faults.add(
      'NJ-CONFIG-SQL-STATEMENT',
      { expected: 'a value', found },
      context.sql.atByte(placeOf(node)),
    );
    return constant('unknown');
  }
  if ('RowExpr' in node) return computed('row', childNodes(node).map(infer));
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
  if (readsDates(node.typeName, context)) checkTextDate(node.arg, from, infer, context);
  if (names.at(-1) === 'timetz')
    context.faults.add('NJ-CONFIG-SQL-CLOCK', { found: 'a time with a zone' }, place);
  return computed(kind, [from]);
}

function inferSqlValue(operation: string, place: number, context: Context): Value {
  const found = operation
    .replace(/^SVFOP_/, '')
    .replace(/_N$/, '')
    .toLowerCase();
  const isClock = /^(current_date|current_time|current_timestamp|localtime|localtimestamp)$/.test(found);
  context.faults.add(
    isClock ? 'NJ-CONFIG-SQL-CLOCK' : 'NJ-CONFIG-SQL-SERVER',
    { found },
    context.sql.atByte(place),
  );
  return constant(isClock ? 'date' : 'text');
}
