import type { Node, TypeName } from 'libpg-query';
import { describeNode, placeOf, textOf } from './ast.ts';
import { checkClockLiteral } from './clock-literal.ts';
import type { Context } from './context.ts';
import { kindOfTypeName } from './kind.ts';
import type { Value } from './value.ts';

/** Whether a text that is read as this type may say `today`: dates, and rows of tables, which may hold some. */
export function readsDates(type: TypeName | undefined, context: Context): boolean {
  const kind = kindOfTypeName(type);
  return kind === 'date' || kind === 'date[]' || context.stored.has(textOf(type?.names?.at(-1)) ?? '');
}

/**
 * Reports a cast of a text to a date: what PostgreSQL makes of `today` is the clock's, and what a source wrote may say
 * so. A constant is looked at instead.
 * @param from the value of `node`, which becomes a date.
 */
export function checkTextDate(node: Node, from: Value, infer: (node: Node) => Value, context: Context): void {
  if ('A_ArrayExpr' in node) {
    for (const element of node.A_ArrayExpr.elements ?? [])
      checkTextDate(element, infer(element), infer, context);
  } else if (from.literal !== undefined) {
    checkClockLiteral(from, 'date', node, context);
  } else if (mayBeText(node, from)) {
    reportTextDate(describeNode(node), placeOf(node), context);
  }
}

/** @param place in bytes. */
export function reportTextDate(found: string, place: number, context: Context): void {
  context.faults.add('NJ-CONFIG-SQL-TEXT-DATE', { found }, context.sql.atByte(place));
}

/** Of a column of which nothing is known, nothing is said: its table has a fault of its own. */
function mayBeText(node: Node, { kind }: Value): boolean {
  if (kind === 'unknown' || kind === 'unknown[]') return !('ColumnRef' in node);
  return kind === 'text' || kind === 'text[]';
}
