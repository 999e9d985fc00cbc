import type { Node, SelectStmt } from 'libpg-query';
import { textOf } from './ast.ts';
import { checkClockLiteral } from './clock-literal.ts';
import { plainBlock, sortTerms, type Context, type Surroundings } from './context.ts';
import { commonKind, type Kind } from './kind.ts';
import { checkLimit, isOneRow, whyOpen } from './limit.ts';
import { later, now } from './later.ts';
import { relationOf, unknownOutput, type Output, type OutputColumn } from './relation.ts';
import { constant, union, type Value } from './value.ts';

/** UNION, INTERSECT, EXCEPT. */
export function readSetOperation(
  statement: SelectStmt,
  surroundings: Surroundings,
  context: Context,
): Output {
  const arm = (side: SelectStmt | undefined): Output =>
    side === undefined ? unknownOutput : context.select(side, surroundings, context);
  inferLimits(statement, surroundings, context);
  const left = arm(statement.larg);
  const right = arm(statement.rarg);
  const columns = left.columns?.map((column, index): OutputColumn => {
    const other = right.columns?.[index];
    if (other === undefined) return { ...column, kind: 'unknown' };
    return {
      ...column,
      kind: kindOf(
        { kind: column.kind, isOpen: isOpen(statement.larg, index) },
        { kind: other.kind, isOpen: isOpen(statement.rarg, index) },
      ),
      unfolded: column.unfolded || other.unfolded,
      folded: column.folded || other.folded,
      origins: union([column.origins, other.origins]),
    };
  });
  for (const [one, other] of [
    [statement.larg, right],
    [statement.rarg, left],
  ] as const)
    checkConstants(one, other, context);
  const names = columns?.map((column) => column.name);
  const isUnion = statement.op === 'SETOP_UNION';
  const distinct = statement.all === true || names === undefined ? [] : [names];
  // What remains of the left side is still told apart by its keys.
  const keys = later(() => (isUnion ? distinct : [...left.keys(), ...distinct]));
  const sorted = sortTerms(statement.sortClause)
    .flatMap((sort) => sort.node ?? [])
    .map((node) => sortedName(node, names));
  const open = later(() =>
    names === undefined || [...keys(), names].some((key) => key.every((name) => sorted.includes(name)))
      ? undefined
      : 'it does not hold all columns',
  );
  if (surroundings.use === 'rows') checkLimit(statement, open, context);
  if (isOneRow(statement)) return { columns, keys: now([[]]), open: now(undefined) };
  return { columns, keys, open: later(() => whyOpen(statement, open)) };
}

interface Side {
  readonly kind: Kind;
  /** A string or NULL, whose type the other side decides. */
  readonly isOpen: boolean;
}

function kindOf(one: Side, other: Side): Kind {
  if (one.isOpen !== other.isOpen) return one.isOpen ? other.kind : one.kind;
  return commonKind(one.kind, other.kind);
}

function isOpen(side: SelectStmt | undefined, index: number): boolean {
  const target = side?.targetList?.[index];
  const node = target !== undefined && 'ResTarget' in target ? target.ResTarget.val : undefined;
  return (
    node !== undefined &&
    'A_Const' in node &&
    (node.A_Const.isnull === true || node.A_Const.sval !== undefined)
  );
}

/** LIMIT and OFFSET may be any expression over no column of theirs. */
function inferLimits(statement: SelectStmt, { outer, commonTables }: Surroundings, context: Context): void {
  const block = plainBlock({ relations: [], merged: new Map(), outer }, commonTables);
  for (const node of [statement.limitCount, statement.limitOffset])
    if (node !== undefined) context.infer(node, block, context);
}

/** A constant of one side takes the type of the other. */
function checkConstants(side: SelectStmt | undefined, other: Output, context: Context): void {
  const rows = side === undefined ? [] : rowsOf(side);
  const targets = (side?.targetList ?? []).map((node) =>
    'ResTarget' in node ? node.ResTarget.val : undefined,
  );
  for (const row of [targets, ...rows]) {
    for (const [index, node] of row.entries()) {
      if (node === undefined || !('A_Const' in node)) continue;
      const value = constant('unknown', node.A_Const.sval?.sval);
      checkClockLiteral(value, other.columns?.[index]?.kind ?? 'unknown', node, context);
    }
  }
}

function sortedName(node: Node, names: readonly string[] | undefined): string | undefined {
  if ('A_Const' in node) return names?.[(node.A_Const.ival?.ival ?? 0) - 1];
  if ('CollateClause' in node && node.CollateClause.arg !== undefined)
    return sortedName(node.CollateClause.arg, names);
  return 'ColumnRef' in node ? textOf(node.ColumnRef.fields?.[0]) : undefined;
}

function rowsOf(statement: SelectStmt): readonly (readonly Node[])[] {
  return (statement.valuesLists ?? []).map((row) => ('List' in row ? (row.List.items ?? []) : []));
}

/** `values (1, 'a'), (2, 'b')` */
export function readValues(statement: SelectStmt, surroundings: Surroundings, context: Context): Output {
  const scope = { relations: [], merged: new Map(), outer: surroundings.outer };
  const block = plainBlock(scope, surroundings.commonTables);
  inferLimits(statement, surroundings, context);
  const nodes = rowsOf(statement);
  const rows = nodes.map((row) => row.map((item) => context.infer(item, block, context)));
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, index): OutputColumn => {
    const values = rows.map((row): Value => row[index] ?? constant('unknown'));
    const typed = values.filter((value) => value.literal === undefined).map((value) => value.kind);
    const [first, ...rest] = typed;
    for (const [at, row] of nodes.entries()) {
      const node = row[index];
      if (node !== undefined)
        checkClockLiteral(values[at] ?? constant('unknown'), first ?? 'text', node, context);
    }
    return {
      name: `column${index + 1}`,
      kind: first === undefined ? 'text' : rest.reduce(commonKind, first),
      unfolded: values.some((value) => value.unfolded.size > 0),
      folded: values.some((value) => value.folded.size > 0),
      origins: union(values.map((value) => value.origins)),
      place: 0,
    };
  });
  const output: Output = { columns, keys: now(rows.length === 1 ? [[]] : []) };
  const relation = relationOf(context.nextRelation(), '*VALUES*', output);
  const ordered = plainBlock({ ...scope, relations: [relation] }, surroundings.commonTables);
  for (const { node } of sortTerms(statement.sortClause))
    if (node !== undefined) context.infer(node, ordered, context);
  return output;
}
