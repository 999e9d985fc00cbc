import type { Node } from 'libpg-query';
import type { FilePosition } from '../../error/nightjar-error.ts';
import { FaultList } from '../fault-list.ts';
import { childNodes, placeOf, textOf } from './ast.ts';
import { newContext, type KnownTables } from './check-select.ts';
import { plainBlock } from './context.ts';
import { isAggregate, setFunctions } from './function-kinds.ts';
import { parseSql } from './parse-sql.ts';
import { relationOf, type Output } from './relation.ts';
import { sqlText, type SqlText } from './sql-text.ts';

const expected = 'one condition over the columns of one row';
const before = 'select ';

/** A condition over one table's columns. */
export interface Condition {
  readonly text: string;
  readonly table: string;
  readonly columns: Output;
  /** What a subquery in it may name; `undefined` where it may have none. */
  readonly others: KnownTables | undefined;
  /** The place of an offset (UTF-16 units) in the text. */
  readonly at: (offset: number) => FilePosition;
}

/** Reports what keeps a text from being one condition: a rule, or which rows of a driving table count. */
export function checkCondition({ text, table, columns, others, at }: Condition, faults: FaultList): void {
  const sql = sqlText(before + text, (unit) => at(Math.max(0, unit - before.length)));
  const statements = parseSql(sql, faults);
  if (statements === undefined) return;
  const refuse = (found: string, place: number): void =>
    faults.add('NJ-CONFIG-SQL-STATEMENT', { expected, found }, sql.atByte(place));
  const statement = statements[0]?.stmt;
  if (statements.length !== 1 || statement === undefined || !('SelectStmt' in statement)) {
    refuse(`${statements.length} statements`, statements[1]?.stmt_location ?? 0);
    return;
  }
  const { targetList, limitOption, op, ...rest } = statement.SelectStmt;
  const [target, another] = targetList ?? [];
  const [clause] = Object.keys(rest);
  if (clause !== undefined || op !== 'SETOP_NONE' || statements[0]?.stmt_len !== undefined) {
    refuse('more than an expression', before.length);
    return;
  }
  const node = target !== undefined && 'ResTarget' in target ? target.ResTarget.val : undefined;
  if (another !== undefined || node === undefined || (target !== undefined && 'ResTarget' in target && target.ResTarget.name !== undefined)) {
    refuse('more than an expression', another === undefined ? before.length : placeOf(another));
    return;
  }
  if (hidesWhatFollows(text)) {
    refuse('a comment up to the end of the line', before.length);
    return;
  }
  refuseMany(node, others === undefined, refuse);
  const context = newContext(sql, others ?? { stored: new Map(), doubtfulPrefixes: [] }, faults);
  const relation = relationOf(context.nextRelation(), table, columns);
  const value = context.infer(node, plainBlock({ relations: [relation], merged: new Map(), outer: undefined }, undefined), context);
  if (value.kind !== 'boolean' && value.kind !== 'unknown') refuse(`a value (${value.kind})`, placeOf(node));
  else if (value.literal !== undefined) refuse('a constant', placeOf(node));
}

/** The condition is set into parentheses in a statement of ours, and a comment would swallow them. */
function hidesWhatFollows(text: string): boolean {
  if (!text.includes('--') && !text.includes('/*')) return false;
  const faults = new FaultList();
  const nowhere: SqlText = sqlText(`${before}(${text})`, (column) => ({ file: '', line: 1, column }));
  return parseSql(nowhere, faults) === undefined;
}

/** What looks at more than one row. */
function refuseMany(node: Node, subqueries: boolean, refuse: (found: string, place: number) => void): void {
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
