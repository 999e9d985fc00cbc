import type { Node } from 'libpg-query';
import { placeOf } from './ast.ts';
import type { Context } from './context.ts';
import type { Kind } from './kind.ts';
import { readsClock } from './refused-functions.ts';
import type { Value } from './value.ts';

/** A string constant that becomes a date. */
export function checkClockLiteral(value: Value, becomes: Kind, node: Node, context: Context): void {
  if (becomes === 'date' || becomes === 'date[]') checkClockWord(value, placeOf(node), context);
}

/** @param place in bytes. */
export function checkClockWord({ literal }: Value, place: number, context: Context): void {
  if (literal === undefined || !readsClock(literal)) return;
  context.faults.add('NJ-CONFIG-SQL-CLOCK', { found: `'${literal}' as a date` }, context.sql.atByte(place));
}
