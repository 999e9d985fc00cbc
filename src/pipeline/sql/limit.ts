import type { SelectStmt } from 'libpg-query';
import { placeOf } from './ast.ts';
import type { Context } from './context.ts';
import type { Later } from './later.ts';

/** Reports a LIMIT or OFFSET that cuts an order which is not total. */
export function checkLimit(statement: SelectStmt, open: Later<string | undefined>, context: Context): void {
  const { limitCount, limitOffset, limitOption } = statement;
  const cut = cuts(limitCount) ? limitCount : cuts(limitOffset) ? limitOffset : undefined;
  if (cut === undefined) return;
  // WITH TIES takes all that tie with the last.
  if (limitOption === 'LIMIT_OPTION_WITH_TIES' && !cuts(limitOffset)) return;
  const why = whyOpen(statement, open);
  if (why === undefined) return;
  const found = cut === limitCount ? 'LIMIT' : 'OFFSET';
  context.faults.add('NJ-CONFIG-SQL-ORDER', { found, open: why }, context.sql.atByte(placeOf(cut)));
}

/** In words what the order of a query leaves open; `undefined` where it is total. */
export function whyOpen(statement: SelectStmt, open: Later<string | undefined>): string | undefined {
  const why = open();
  return why !== undefined && statement.sortClause === undefined ? 'there is no ORDER BY' : why;
}

/** LIMIT ALL and LIMIT NULL cut nothing. */
function cuts(node: SelectStmt['limitCount']): boolean {
  return node !== undefined && !('A_Const' in node && node.A_Const.isnull === true);
}

/** `limit 1` */
export function isOneRow(statement: SelectStmt): boolean {
  const count = statement.limitCount;
  if (count === undefined || !('A_Const' in count) || statement.limitOption === 'LIMIT_OPTION_WITH_TIES')
    return false;
  return count.A_Const.ival?.ival === 1;
}
