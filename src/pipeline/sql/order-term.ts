import type { Node } from 'libpg-query';
import { FaultList } from '../fault-list.ts';
import { isNode, textOf } from './ast.ts';
import type { Block, Context, OrderTerm } from './context.ts';
import type { Scope } from './relation.ts';
import { resolveColumn } from './resolve-column.ts';

/** An expression as a term; what is wrong in it is reported where it is gone through. */
export function orderTerm(node: Node, block: Block, context: Context): OrderTerm {
  const quiet: Context = { ...context, faults: new FaultList(), loudly: false };
  return {
    text: termText(node, block.scope, quiet),
    value: context.infer(node, { ...block, deferred: [] }, quiet),
  };
}

/** Equal texts are equal expressions; a column's is its id. What does not change identity (a collation) is left out. */
function termText(node: Node, scope: Scope, context: Context): string {
  return JSON.stringify(unwrap(node), (key, value: unknown) => {
    if (key === 'location') return undefined;
    if (!isNode(value) || !('ColumnRef' in value)) return value;
    const resolved = resolveColumn(value.ColumnRef, scope, context);
    return resolved !== undefined && 'column' in resolved ? resolved.column.id : value;
  });
}

/** The text that the term of a column alone has. */
export function columnTerm(id: string): string {
  return JSON.stringify(id);
}

function unwrap(node: Node): Node {
  if ('CollateClause' in node && node.CollateClause.arg !== undefined) return unwrap(node.CollateClause.arg);
  if ('FuncCall' in node && textOf(node.FuncCall.funcname?.at(-1)) === 'exact') {
    const [argument] = node.FuncCall.args ?? [];
    if (argument !== undefined) return unwrap(argument);
  }
  return node;
}
