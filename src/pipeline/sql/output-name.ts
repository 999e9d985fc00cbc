import type { Node } from 'libpg-query';
import { textOf, textsOf } from './ast.ts';

/** The name that PostgreSQL gives to a selected expression without one; `undefined` where it would be `?column?`. */
export function outputName(node: Node): string | undefined {
  if ('ColumnRef' in node) return textsOf(node.ColumnRef.fields).at(-1);
  if ('FuncCall' in node) return textOf(node.FuncCall.funcname?.at(-1));
  if ('A_Indirection' in node) {
    const field = textsOf(node.A_Indirection.indirection).at(-1);
    return field ?? (node.A_Indirection.arg === undefined ? undefined : outputName(node.A_Indirection.arg));
  }
  if ('TypeCast' in node) {
    const inner = node.TypeCast.arg === undefined ? undefined : outputName(node.TypeCast.arg);
    return inner ?? textOf(node.TypeCast.typeName?.names?.at(-1));
  }
  if ('CollateClause' in node)
    return node.CollateClause.arg === undefined ? undefined : outputName(node.CollateClause.arg);
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? 'nullif' : undefined;
  if ('CoalesceExpr' in node) return 'coalesce';
  if ('MinMaxExpr' in node) return node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest';
  if ('CaseExpr' in node) {
    const inner = node.CaseExpr.defresult === undefined ? undefined : outputName(node.CaseExpr.defresult);
    return inner ?? 'case';
  }
  if ('A_ArrayExpr' in node) return 'array';
  if ('RowExpr' in node) return 'row';
  if ('GroupingFunc' in node) return 'grouping';
  if ('SubLink' in node) return subLinkName(node.SubLink.subLinkType, node.SubLink.subselect);
  return undefined;
}

function subLinkName(type: string | undefined, statement: Node | undefined): string | undefined {
  if (type === 'EXISTS_SUBLINK') return 'exists';
  if (type === 'ARRAY_SUBLINK') return 'array';
  if (type !== 'EXPR_SUBLINK' || statement === undefined || !('SelectStmt' in statement)) return undefined;
  const [target] = statement.SelectStmt.targetList ?? [];
  if (target === undefined || !('ResTarget' in target)) return undefined;
  return (
    target.ResTarget.name ??
    (target.ResTarget.val === undefined ? undefined : outputName(target.ResTarget.val))
  );
}
