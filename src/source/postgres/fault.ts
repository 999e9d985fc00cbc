import { DatabaseError } from 'pg';
import { NightjarError, nightjarError } from '../../error/nightjar-error.ts';
import { SnapshotBroken } from '../snapshot-broken.ts';

/** SQLSTATEs of a server that goes away or ends our session, also (40001) a standby that must catch up. */
const lost = new Set([
  '40001',
  '40P01',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '08000',
  '08003',
  '08006',
  '25P03',
  '25P04',
]);
const lockNotAvailable = '55P03';

/** A network error's code (`ECONNRESET`), or words for what has none; never a message. */
export function networkReason(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'the connection ended';
}

/** What a failed statement means. The server's message, DETAIL and CONTEXT may quote values, and are dropped. */
export function postgresFault(
  error: unknown,
  table: string,
  session: { readonly connection: string; readonly lockWait: number },
): NightjarError | SnapshotBroken {
  if (error instanceof NightjarError || error instanceof SnapshotBroken) return error;
  const { connection, lockWait } = session;
  if (!(error instanceof DatabaseError)) {
    return nightjarError('NJ-SOURCE-LOST', { connection, table, reason: networkReason(error) });
  }
  const sqlstate = error.code ?? 'unknown';
  if (lost.has(sqlstate))
    return nightjarError('NJ-SOURCE-LOST', { connection, table, reason: `SQLSTATE ${sqlstate}` });
  if (sqlstate === lockNotAvailable)
    return nightjarError('NJ-SOURCE-LOCKED', { connection, table, seconds: lockWait });
  return nightjarError('NJ-SOURCE-QUERY', { connection, table, code: `SQLSTATE ${sqlstate}` });
}
