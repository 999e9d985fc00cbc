import type { Node } from 'libpg-query';

/** The text of a name in the tree: `{ String: { sval: 'person' } }` → `person`. */
export function textOf(node: Node | undefined): string | undefined {
  return node !== undefined && 'String' in node ? (node.String.sval ?? '') : undefined;
}

/** The texts of a list of names, stars left out. */
export function textsOf(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => textOf(node) ?? []);
}

/** A node is an object whose only key names its type. */
export function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && /^[A-Z]/.test(keys[0] ?? '');
}

/** The nodes next below, whatever the node is. */
export function childNodes(node: object): readonly Node[] {
  const found: Node[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isNode(value)) found.push(value);
    else for (const child of Object.values(value)) look(child);
  };
  const insides: readonly unknown[] = Object.values(node);
  for (const inside of insides) {
    if (typeof inside === 'object' && inside !== null) Object.values(inside).forEach(look);
  }
  return found;
}

/** The parts of a condition that all must hold. */
export function conjunctsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  if ('BoolExpr' in node && node.BoolExpr.boolop === 'AND_EXPR')
    return (node.BoolExpr.args ?? []).flatMap(conjunctsOf);
  return [node];
}

/** The first place (byte) that the node or one below it knows. */
export function placeOf(node: Node): number {
  const insides: readonly unknown[] = Object.values(node);
  for (const inner of insides) {
    if (typeof inner !== 'object' || inner === null) continue;
    const location: unknown = Reflect.get(inner, 'location');
    if (typeof location === 'number' && location >= 0) return location;
  }
  const places = childNodes(node)
    .map(placeOf)
    .filter((place) => place > 0);
  return places.length === 0 ? 0 : Math.min(...places);
}

/** An expression in a few words, for messages; never a literal, which may be long or personal. */
export function describeNode(node: Node): string {
  if ('ColumnRef' in node) return textsOf(node.ColumnRef.fields).join('.');
  if ('FuncCall' in node) return `${textOf(node.FuncCall.funcname?.at(-1)) ?? ''}(…)`;
  if ('TypeCast' in node && node.TypeCast.arg !== undefined) return describeNode(node.TypeCast.arg);
  if ('CollateClause' in node && node.CollateClause.arg !== undefined)
    return describeNode(node.CollateClause.arg);
  if ('CoalesceExpr' in node) return 'coalesce(…)';
  if ('CaseExpr' in node) return 'case …';
  if ('SubLink' in node) return '(select …)';
  return 'an expression';
}
