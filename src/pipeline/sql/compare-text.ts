import type { Node } from 'libpg-query';
import { describeNode } from './ast.ts';
import type { Context } from './context.ts';
import { elementOf, isArray, type Kind } from './kind.ts';
import type { Value } from './value.ts';

/** One side of a comparison. */
export interface Side {
  readonly value: Value;
  /** For messages. */
  readonly words: string;
}

export function sideOf(node: Node, value: Value): Side {
  return { value, words: describeNode(node) };
}

/**
 * Reports an equality of texts of two relations in which a side does not say how it compares. Numbers, constants and
 * two columns of one row are not concerned.
 * @param place in bytes.
 */
export function checkTextEquality(left: Side, right: Side, place: number, context: Context): void {
  if (!isText(left.value.kind) || !isText(right.value.kind)) return;
  if (left.value.unfolded.size === 0 && right.value.unfolded.size === 0) return;
  const origins = (value: Value): readonly number[] => [...value.unfolded, ...value.folded];
  const rights = origins(right.value);
  if (!origins(left.value).some((one) => rights.some((other) => other !== one))) return;
  context.faults.add(
    'NJ-CONFIG-SQL-FOLD',
    { left: left.words, right: right.words },
    context.sql.atByte(place),
  );
}

/** Rows are compared by the texts in them. */
function isText(kind: Kind): boolean {
  return kind === 'text' || kind === 'row' || (isArray(kind) && elementOf(kind) === 'text');
}
