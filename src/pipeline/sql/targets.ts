import type { Node, ResTarget } from 'libpg-query';
import { textOf } from './ast.ts';
import type { Block, Context } from './context.ts';
import { outputName } from './output-name.ts';
import type { OutputColumn, Scope } from './relation.ts';

export function readTargets(
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
      if (!anyColumns)
        context.faults.add('NJ-CONFIG-SQL-STAR', { found: star }, context.sql.atByte(target.location ?? 0));
      continue;
    }
    const value = context.infer(node, block, context);
    columns.push({
      name: target.name ?? outputName(node) ?? '?column?',
      // A constant without a type is published as text.
      kind: value.literal === undefined ? value.kind : 'text',
      unfolded: value.unfolded.size > 0,
      folded: value.folded.size > 0,
      origins: value.origins,
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

/**
 * The selected expression that an item of ORDER BY, GROUP BY or DISTINCT ON means: by its number, or by its name. In
 * ORDER BY the selected one wins over a column of the same name, in GROUP BY the column does.
 */
export function targetMeant(
  node: Node,
  targets: readonly ResTarget[],
  scope: Scope,
  selectedFirst: boolean,
): Node | undefined {
  if ('A_Const' in node && node.A_Const.ival !== undefined)
    return targets[(node.A_Const.ival.ival ?? 0) - 1]?.val;
  if (!('ColumnRef' in node) || node.ColumnRef.fields?.length !== 1) return undefined;
  const name = textOf(node.ColumnRef.fields[0]);
  const isColumn =
    scope.merged.has(name ?? '') ||
    scope.relations.some((relation) => relation.columns?.some((column) => column.name === name) === true);
  if (isColumn && !selectedFirst) return undefined;
  return targets.find(
    (target) => (target.name ?? (target.val === undefined ? undefined : outputName(target.val))) === name,
  )?.val;
}
