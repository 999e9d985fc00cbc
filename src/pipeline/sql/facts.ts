import type { Node } from 'libpg-query';
import { textOf } from './ast.ts';
import type { Block, Context } from './context.ts';
import { orderTerm } from './order-term.ts';
import type { Fact } from './relation.ts';

/**
 * What the parts of a condition say about what determines what: `a.x = b.y`, `a.x = 3`, `a.x is null`.
 * @param about relations about whose columns the condition holds for all rows that come out.
 */
export function factsOf(
  conditions: readonly Node[],
  block: Block,
  about: ReadonlySet<number>,
  context: Context,
): readonly Fact[] {
  return conditions.flatMap((condition) => {
    if (
      'NullTest' in condition &&
      condition.NullTest.nulltesttype === 'IS_NULL' &&
      condition.NullTest.arg !== undefined
    ) {
      return factOf(condition.NullTest.arg, undefined, block, about, context);
    }
    const sides = equatedBy(condition);
    if (sides === undefined) return [];
    return [
      ...factOf(sides[0], sides[1], block, about, context),
      ...factOf(sides[1], sides[0], block, about, context),
    ];
  });
}

function equatedBy(condition: Node): readonly [Node, Node] | undefined {
  if (!('A_Expr' in condition)) return undefined;
  const { kind, name, lexpr, rexpr } = condition.A_Expr;
  const isEquality = kind === 'AEXPR_NOT_DISTINCT' || (kind === 'AEXPR_OP' && textOf(name?.at(-1)) === '=');
  return isEquality && lexpr !== undefined && rexpr !== undefined ? [lexpr, rexpr] : undefined;
}

function factOf(
  column: Node,
  by: Node | undefined,
  block: Block,
  about: ReadonlySet<number>,
  context: Context,
): readonly Fact[] {
  const term = orderTerm(column, block, context);
  const [id] = term.value.columns;
  // Only of a column alone can it be said that it is determined.
  if (id === undefined || term.text !== JSON.stringify(id) || !about.has(Number.parseInt(id, 10))) return [];
  if (by === undefined) return [{ column: id, by: new Set() }];
  const other = orderTerm(by, block, context);
  return [
    { column: id, by: other.value.columns },
    { column: id, by: other.text },
  ];
}
