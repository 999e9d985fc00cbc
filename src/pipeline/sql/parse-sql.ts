import { loadModule, parseSync, SqlError, type RawStmt } from 'libpg-query';
import type { FaultList } from '../fault-list.ts';
import type { SqlText } from './sql-text.ts';

/** Loads PostgreSQL's parser; to be awaited once before the first `parseSql`. */
export async function loadParser(): Promise<void> {
  await loadModule();
}

/** The statements of a text by PostgreSQL's own grammar; `undefined`, and a fault, where it does not read it. */
export function parseSql(sql: SqlText, faults: FaultList): readonly RawStmt[] | undefined {
  try {
    return parseSync(sql.text).stmts ?? [];
  } catch (error) {
    if (error instanceof SqlError) {
      const reason = error.sqlDetails?.message ?? error.message;
      faults.add('NJ-CONFIG-SQL-SYNTAX', { reason }, sql.atCharacter(error.sqlDetails?.cursorPosition ?? 0));
    } else {
      // A tree that is too deep ends in an error of the WASM machine or of JSON.parse.
      faults.add('NJ-CONFIG-SQL-SYNTAX', { reason: tooDeep }, sql.atByte(0));
    }
    return undefined;
  }
}

const tooDeep = 'it is nested too deeply';

/** Does what goes through a tree; a tree that is too deep for it is a fault. */
export function throughTree<T>(sql: SqlText, faults: FaultList, go: () => T): T | undefined {
  try {
    return go();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    faults.add('NJ-CONFIG-SQL-SYNTAX', { reason: tooDeep }, sql.atByte(0));
    return undefined;
  }
}
