import { NightjarError } from '../../error/nightjar-error.ts';
import { printTable } from '../compare.ts';
import type { TableToRead } from '../source.ts';
import { qualifiedName } from './identifier.ts';
import type { MysqlSession } from './session.ts';

/**
 * Takes a table's metadata lock by reading none of its rows, so that the wait for it can be told from the reading. What
 * the server refuses is left to the reading, which finds out why.
 */
export async function lockTable(session: MysqlSession, table: TableToRead): Promise<void> {
  const { declared, schema } = table;
  try {
    await session.query(`SELECT 1 FROM ${qualifiedName(schema, declared.table)} LIMIT 0`, {
      printed: printTable(table),
      raw: declared.name,
    });
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code !== 'NJ-SOURCE-QUERY') throw error;
  }
}
