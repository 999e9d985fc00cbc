import { DatabaseError } from 'pg';
import { NightjarError, nightjarError } from '../error/nightjar-error.ts';

const lostConnection = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '25P03',
  '25P04',
]);

/**
 * What a failed statement means. The server's message, DETAIL, CONTEXT and HINT may hold row values and are dropped.
 *
 * @param during what we were doing, as a noun: `the build of person`.
 */
export function warehouseFault(error: unknown, during: string): NightjarError {
  if (error instanceof NightjarError) return error;
  if (!(error instanceof DatabaseError)) {
    return nightjarError('NJ-WAREHOUSE-LOST', { during, reason: networkReason(error) });
  }
  const sqlstate = error.code ?? 'unknown';
  if (lostConnection.has(sqlstate))
    return nightjarError('NJ-WAREHOUSE-LOST', { during, reason: `SQLSTATE ${sqlstate}` });
  if (sqlstate === '53100') return nightjarError('NJ-WAREHOUSE-FULL', { during });
  if (sqlstate === '54000') return nightjarError('NJ-WAREHOUSE-ROW-TOO-WIDE', { during });
  if (sqlstate === '53200') return nightjarError('NJ-WAREHOUSE-MEMORY', { during });
  if (sqlstate === '42501') return nightjarError('NJ-WAREHOUSE-DENIED', { during });
  if (sqlstate === '55P03' || sqlstate === '40P01') return nightjarError('NJ-WAREHOUSE-LOCKED', { during });
  // Two that change the same entry of the catalogue, such as the rights of a schema; PostgreSQL has no code for it.
  if (sqlstate === 'XX000' && error.message.startsWith('tuple concurrently'))
    return nightjarError('NJ-WAREHOUSE-LOCKED', { during });
  return nightjarError('NJ-WAREHOUSE-STATEMENT', { during, sqlstate });
}

/** The code of a network error (`ECONNRESET`), or a word for what has none. */
export function networkReason(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof Error && /terminated|ended|closed/i.test(error.message)) return 'the connection ended';
  return 'no reason given';
}

/** The SQLSTATE of a PostgreSQL error, and `undefined` for anything else. */
export function sqlstateOf(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}
