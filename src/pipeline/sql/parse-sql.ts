import { setFlagsFromString } from 'node:v8';
import { loadModule, parseSync, SqlError, type RawStmt } from 'libpg-query';
import type { FaultList } from '../fault-list.ts';
import type { SqlText } from './sql-text.ts';

/**
 * Loads PostgreSQL's parser; to be awaited once before the first `parseSql`.
 *
 * V8 compiles WebAssembly anew, optimised, while it runs. For this grammar's few large functions that takes 500 MB and a
 * quarter of a second, and all SQL of a pipeline is parsed before it is done. The filter leaves it to function 0 alone,
 * which is imported and so never compiled. (Of V8's flags for this, the one that still works in a running process.)
 */
export async function loadParser(): Promise<void> {
  setFlagsFromString('--wasm-tier-up-filter=0');
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
