import type { JsonArrayQueryConstructor, Node, SubLink } from 'libpg-query';
import { textOf } from './ast.ts';
import { checkClockLiteral } from './clock-literal.ts';
import { checkTextEquality, sideOf } from './compare-text.ts';
import type { Block, Context } from './context.ts';
import { arrayOf } from './kind.ts';
import type { Output } from './relation.ts';
import { computed, constant, type Value } from './value.ts';

export function inferSubLink(node: SubLink, block: Block, context: Context): Value {
  const statement = node.subselect;
  if (statement === undefined || !('SelectStmt' in statement)) return constant('unknown');
  const use = node.subLinkType === 'EXISTS_SUBLINK' ? 'exists' : 'rows';
  const used = new Set<string>();
  const outer = { ...block.scope, used };
  const output = context.select(
    statement.SelectStmt,
    { outer, commonTables: block.commonTables, use },
    context,
  );
  for (const id of used) block.scope.used?.add(id);
  const [column] = output.columns ?? [];
  const inner = context.nextRelation();
  const origin: ReadonlySet<number> = new Set([inner]);
  const none: ReadonlySet<number> = new Set();
  const value: Value = {
    kind: column?.kind ?? 'unknown',
    columns: used,
    origins: column?.origins ?? new Set(),
    unfolded: column?.unfolded === true ? origin : none,
    folded: column?.folded === true ? origin : none,
    literal: undefined,
  };
  switch (node.subLinkType) {
    case 'EXPR_SUBLINK':
      return value;
    case 'ARRAY_SUBLINK':
      checkListOrder('array(select …)', output, node.location ?? 0, context);
      return { ...value, kind: arrayOf(value.kind) };
    case 'ANY_SUBLINK':
    case 'ALL_SUBLINK':
    case 'ROWCOMPARE_SUBLINK': {
      const operator = node.operName === undefined ? '=' : (textOf(node.operName.at(-1)) ?? '=');
      const tested = testedValues(node.testexpr, block, context);
      // A constant takes the type of what it is compared with.
      for (const [index, side] of tested.entries())
        checkClockLiteral(side.value, output.columns?.[index]?.kind ?? 'unknown', side.node, context);
      if (operator === '=' || operator === '<>') {
        for (const [index, side] of tested.entries()) {
          const against = output.columns?.[index];
          if (against === undefined) continue;
          const other: Value = {
            ...value,
            kind: against.kind,
            unfolded: against.unfolded ? origin : none,
            folded: against.folded ? origin : none,
          };
          checkTextEquality(
            sideOf(side.node, side.value),
            { value: other, words: `(select ${against.name} …)` },
            node.location ?? 0,
            context,
          );
        }
      }
      return computed('boolean', [
        { ...value, unfolded: none, folded: none },
        ...tested.map((side) => side.value),
      ]);
    }
    default:
      return { ...constant(node.subLinkType === 'EXISTS_SUBLINK' ? 'boolean' : 'unknown'), columns: used };
  }
}

/** `json_array(select …)` */
export function inferJsonArray(node: JsonArrayQueryConstructor, block: Block, context: Context): Value {
  const { query } = node;
  if (query === undefined || !('SelectStmt' in query)) return constant('other');
  const used = new Set<string>();
  const surroundings = {
    outer: { ...block.scope, used },
    commonTables: block.commonTables,
    use: 'rows',
  } as const;
  const output = context.select(query.SelectStmt, surroundings, context);
  for (const id of used) block.scope.used?.add(id);
  checkListOrder('json_array(select …)', output, node.location ?? 0, context);
  return { ...constant('other'), columns: used };
}

/** A list has its rows in the order in which they came. */
function checkListOrder(found: string, output: Output, place: number, context: Context): void {
  const open = output.open?.();
  if (open !== undefined)
    context.faults.add('NJ-CONFIG-SQL-ORDER', { found, open }, context.sql.atByte(place));
}

function testedValues(
  node: Node | undefined,
  block: Block,
  context: Context,
): readonly { node: Node; value: Value }[] {
  if (node === undefined) return [];
  const nodes = 'RowExpr' in node ? (node.RowExpr.args ?? []) : [node];
  return nodes.map((inner) => ({ node: inner, value: context.infer(inner, block, context) }));
}
