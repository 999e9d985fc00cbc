import type { Node, SelectStmt } from 'libpg-query';
import type { FilePosition } from '../../error/nightjar-error.ts';
import { FaultList } from '../fault-list.ts';
import { childNodes, placeOf, textOf } from './ast.ts';
import { newContext, type KnownTables } from './check-select.ts';
import { plainBlock } from './context.ts';
import { isAggregate, setFunctions } from './function-kinds.ts';
import { parseSql, throughTree } from './parse-sql.ts';
import { relationOf, type Output } from './relation.ts';
import { sqlText, type SqlText } from './sql-text.ts';
import type { Value } from './value.ts';

const before = 'select ';

/** An expression over one table's columns. */
export interface Expression {
  readonly text: string;
  readonly table: string;
  readonly columns: Output;
  /** What a subquery in it may name; `undefined` where it may have none. */
  readonly others: KnownTables | undefined;
  /** The place of an offset (UTF-16 units) in the text. */
  readonly at: (offset: number) => FilePosition;
}

/** Reports what keeps a text from being one condition: a rule, or which rows of a driving table count. */
export function checkCondition(condition: Expression, faults: FaultList): void {
  check(condition, 'condition', faults);
}

/** Reports what keeps a text from being one value of whatever type. */
export function checkExpression(expression: Expression, faults: FaultList): void {
  check(expression, 'expression', faults);
}

function check(expression: Expression, what: 'condition' | 'expression', faults: FaultList): void {
  const { text, at } = expression;
  const expected = `one ${what} over the columns of one row`;
  const sql = sqlText(before + text, (unit) => at(Math.max(0, unit - before.length)));
  const statements = parseSql(sql, faults);
  if (statements === undefined) return;
  const refuse: Refuse = (found, place) =>
    faults.add('NJ-CONFIG-SQL-STATEMENT', { expected, found }, sql.atByte(place));
  const statement = statements[0]?.stmt;
  if (statements.length !== 1 || statement === undefined || !('SelectStmt' in statement)) {
    refuse(`${statements.length} statements`, statements[1]?.stmt_location ?? 0);
    return;
  }
  const node = onlyExpression(statement.SelectStmt);
  if (node === undefined || statements[0]?.stmt_len !== undefined) {
    const another = statement.SelectStmt.targetList?.[1];
    refuse('more than an expression', another === undefined ? before.length : placeOf(another));
    return;
  }
  if (hidesWhatFollows(text)) {
    refuse('a comment up to the end of the line', before.length);
    return;
  }
  throughTree(sql, faults, () => {
    const value = infer(node, expression, sql, refuse, faults);
    if (what === 'expression') return;
    if (value.kind !== 'boolean' && value.kind !== 'unknown')
      refuse(`a value (${value.kind})`, placeOf(node));
    else if (value.literal !== undefined) refuse('a constant', placeOf(node));
  });
}

function infer(
  node: Node,
  { table, columns, others }: Expression,
  sql: SqlText,
  refuse: Refuse,
  faults: FaultList,
): Value {
  refuseMany(node, others === undefined, refuse);
  // Where a subquery is refused, what it names is not looked for.
  const context = newContext(sql, others ?? { stored: new Map(), doubtfulPrefixes: [''] }, faults);
  const relation = relationOf(context.nextRelation(), table, columns);
  return context.infer(
    node,
    plainBlock({ relations: [relation], merged: new Map(), outer: undefined }, undefined),
    context,
  );
}

type Refuse = (found: string, place: number) => void;

/** The expression of a SELECT that has one, without a name, and nothing else. */
function onlyExpression(statement: SelectStmt): Node | undefined {
  const clauses = Object.keys(statement).filter((key) => !['targetList', 'limitOption', 'op'].includes(key));
  const [target, another] = statement.targetList ?? [];
  if (clauses.length > 0 || another !== undefined || target === undefined) return undefined;
  return 'ResTarget' in target && target.ResTarget.name === undefined ? target.ResTarget.val : undefined;
}

/** The condition is set into parentheses in a statement of ours, and a comment would swallow them. */
function hidesWhatFollows(text: string): boolean {
  if (!text.includes('--') && !text.includes('/*')) return false;
  const faults = new FaultList();
  const nowhere: SqlText = sqlText(`${before}(${text})`, (column) => ({ file: '', line: 1, column }));
  return parseSql(nowhere, faults) === undefined;
}

/** What looks at more than one row. */
function refuseMany(node: Node, subqueries: boolean, refuse: Refuse): void {
  if ('SubLink' in node) {
    if (subqueries) refuse('a subquery', placeOf(node));
    return;
  }
  if ('FuncCall' in node) {
    const name = textOf(node.FuncCall.funcname?.at(-1)) ?? '';
    if (node.FuncCall.over !== undefined) refuse(`a window function (${name})`, placeOf(node));
    else if (isAggregate(name)) refuse(`an aggregate (${name})`, placeOf(node));
    else if (setFunctions.has(name)) refuse(`a function that gives several rows (${name})`, placeOf(node));
  }
  for (const child of childNodes(node)) refuseMany(child, subqueries, refuse);
}
