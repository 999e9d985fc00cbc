import type { CaseExpr, Node } from 'libpg-query';
import { placeOf } from './ast.ts';
import { checkClockLiteral } from './clock-literal.ts';
import { checkTextEquality, sideOf } from './compare-text.ts';
import type { Context } from './context.ts';
import { commonKind } from './kind.ts';
import { computed, constant, type Value } from './value.ts';

/** COALESCE, CASE, GREATEST, an array: one of several values of one kind. */
export function oneOf(nodes: readonly Node[], infer: (node: Node) => Value, context: Context): Value {
  const values = nodes.map(infer);
  const typed = values.filter((value) => value.literal === undefined);
  const [first, ...rest] = typed.map((value) => value.kind);
  const kind =
    first === undefined ? (values.length === 0 ? 'unknown' : 'text') : rest.reduce(commonKind, first);
  for (const [index, node] of nodes.entries())
    checkClockLiteral(values[index] ?? constant('unknown'), kind, node, context);
  const result = computed(kind, values);
  // Constants alone stay open: coalesce('a', 'b') = d may still become a date.
  const only = values.length === 1 ? values[0] : undefined;
  return only?.literal === undefined ? result : { ...result, literal: only.literal };
}

export function inferCase(node: CaseExpr, infer: (node: Node) => Value, context: Context): Value {
  const branches = (node.args ?? []).flatMap((branch) => ('CaseWhen' in branch ? [branch.CaseWhen] : []));
  const conditions: Value[] = [];
  for (const branch of branches) {
    if (branch.expr === undefined) continue;
    const condition = infer(branch.expr);
    conditions.push(condition);
    if (node.arg === undefined) continue;
    const compared = infer(node.arg);
    conditions.push(compared);
    checkTextEquality(
      sideOf(node.arg, compared),
      sideOf(branch.expr, condition),
      placeOf(branch.expr),
      context,
    );
    checkClockLiteral(condition, compared.kind, branch.expr, context);
  }
  const results = [
    ...branches.flatMap((branch) => branch.result ?? []),
    ...(node.defresult === undefined ? [] : [node.defresult]),
  ];
  const result = oneOf(results, infer, context);
  // Conditions choose the value, but no text of theirs is in it.
  const columns = computed('other', [result, ...conditions]).columns;
  return { ...result, columns };
}
