import type { FaultList } from '../fault-list.ts';
import type { Context, StoredTables } from './context.ts';
import { inferExpression } from './expression.ts';
import type { Output } from './relation.ts';
import { readSelect } from './select.ts';
import type { SelectStatement } from './select-statement.ts';
import type { SqlText } from './sql-text.ts';

/** What checking a SELECT found out. */
export interface CheckedSelect {
  readonly output: Output;
  /** Raw tables, seeds and datasets that it names, and where it first does (bytes). */
  readonly tables: ReadonlyMap<string, number>;
}

/** All that a statement may name. */
export interface KnownTables {
  readonly stored: StoredTables;
  /** Beginnings of names that may belong to a table of a source that could not be read. */
  readonly doubtfulPrefixes: readonly string[];
}

/** Reports all that a dataset's SELECT may not do, and says what it reads and gives. */
export function checkSelect(
  statement: SelectStatement,
  sql: SqlText,
  known: KnownTables,
  faults: FaultList,
): CheckedSelect {
  const context = newContext(sql, known, faults);
  const output = readSelect(
    statement.tree,
    { outer: undefined, commonTables: undefined, use: 'rows' },
    context,
  );
  return { output, tables: context.tables };
}

export function newContext(sql: SqlText, known: KnownTables, faults: FaultList): Context {
  let relations = 0;
  return {
    sql,
    faults,
    loudly: true,
    ...known,
    tables: new Map(),
    nextRelation: () => (relations += 1),
    infer: inferExpression,
    select: readSelect,
  };
}
