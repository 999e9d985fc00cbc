import type { Node, RawStmt, SelectStmt } from 'libpg-query';
import type { FaultList } from '../fault-list.ts';
import type { SqlText } from './sql-text.ts';

/** A dataset's SELECT. */
export interface SelectStatement {
  readonly tree: SelectStmt;
  /** The text without what stands behind the statement; ends with a line break, so that a comment ends there. */
  readonly text: string;
}

/** The one SELECT that a dataset's file must hold; `undefined`, and a fault, where it holds something else. */
export function oneSelect(
  statements: readonly RawStmt[],
  sql: SqlText,
  faults: FaultList,
): SelectStatement | undefined {
  const [first, second] = statements;
  const expected = 'exactly one SELECT';
  if (first?.stmt === undefined) {
    faults.add('NJ-CONFIG-SQL-STATEMENT', { expected, found: 'no statement' }, sql.atByte(0));
    return undefined;
  }
  if (second !== undefined) {
    const found = `${statements.length} statements`;
    faults.add(
      'NJ-CONFIG-SQL-STATEMENT',
      { expected, found },
      sql.atByte(beginning(sql.text, second.stmt_location ?? 0)),
    );
    return undefined;
  }
  if (!('SelectStmt' in first.stmt)) {
    const position = sql.atByte(beginning(sql.text, first.stmt_location ?? 0));
    faults.add('NJ-CONFIG-SQL-STATEMENT', { expected, found: statementName(first.stmt) }, position);
    return undefined;
  }
  const bytes = Buffer.from(sql.text);
  const end =
    first.stmt_len === undefined || first.stmt_len === 0
      ? bytes.length
      : (first.stmt_location ?? 0) + first.stmt_len;
  return { tree: first.stmt.SelectStmt, text: `${bytes.subarray(0, end).toString().trimEnd()}\n` };
}

/** `CreateTableAsStmt` → `CREATE TABLE AS` */
export function statementName(statement: Node): string {
  const [kind = ''] = Object.keys(statement);
  return kind
    .replace(/Stmt$/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toUpperCase();
}

/** The first byte at or behind `offset` that is neither blank nor part of a comment. */
function beginning(text: string, offset: number): number {
  const rest = Buffer.from(text).subarray(offset).toString();
  const skipped = /^(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)*/.exec(rest)?.[0] ?? '';
  return offset + Buffer.byteLength(skipped);
}
