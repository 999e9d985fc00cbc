import type { A_Expr, Node } from 'libpg-query';
import { textsOf } from './ast.ts';
import { checkClockLiteral } from './clock-literal.ts';
import { checkTextEquality, sideOf } from './compare-text.ts';
import type { Block, Context } from './context.ts';
import { kindOfOperator } from './function-kinds.ts';
import type { Kind } from './kind.ts';
import { inferSubLink } from './sub-link.ts';
import { computed, constant, type Value } from './value.ts';

export function inferOperation(node: A_Expr, block: Block, context: Context): Value {
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
  // The grammar leaves the comparison of a row with what a query gives as one of two expressions.
  if (left !== undefined && 'RowExpr' in left && 'SubLink' in right && node.kind === 'AEXPR_OP') {
    const { SubLink: query } = right;
    return inferSubLink(
      {
        ...query,
        subLinkType: 'ROWCOMPARE_SUBLINK',
        testexpr: left,
        operName: node.name ?? [],
        location: place,
      },
      block,
      context,
    );
  }
  const items = itemsOf(right);
  const leftValue = left === undefined ? undefined : context.infer(left, block, context);
  const values = items.map((item) => context.infer(item, block, context));
  if (left !== undefined && leftValue !== undefined) {
    for (const [index, item] of items.entries()) {
      const value = values[index] ?? constant('unknown');
      const pairs = pairsOf({ node: left, value: leftValue }, { node: item, value }, block, context);
      for (const [one, other] of pairs) {
        checkClockLiteral(other.value, one.value.kind, other.node, context);
        checkClockLiteral(one.value, other.value.kind, one.node, context);
        if (isEquality(node.kind, operator))
          checkTextEquality(sideOf(one.node, one.value), sideOf(other.node, other.value), place, context);
      }
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

interface Operand {
  readonly node: Node;
  readonly value: Value;
}

/** Rows are compared column by column. */
function pairsOf(
  left: Operand,
  right: Operand,
  block: Block,
  context: Context,
): readonly (readonly [Operand, Operand])[] {
  if (!('RowExpr' in left.node) || !('RowExpr' in right.node)) return [[left, right]];
  const operand = (node: Node): Operand => ({ node, value: context.infer(node, block, context) });
  const others = right.node.RowExpr.args ?? [];
  return (left.node.RowExpr.args ?? []).flatMap((one, index): readonly (readonly [Operand, Operand])[] => {
    const other = others[index];
    return other === undefined ? [] : [[operand(one), operand(other)]];
  });
}
