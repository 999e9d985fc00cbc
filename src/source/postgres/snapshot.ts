import { nightjarError } from '../../error/nightjar-error.ts';
import { printTable } from '../compare.ts';
import type { TableToRead } from '../source.ts';
import { qualified, quoteLiteral } from './identifier.ts';
import type { PostgresSession } from './session.ts';

const subject = 'a snapshot';

export interface OpenSnapshot {
  readonly takenAt: Date;
  /** Milliseconds. */
  readonly clockAhead: number;
  /** The transactions that the snapshot sees, as PostgreSQL prints them. */
  readonly position: string | undefined;
  /** By which other sessions can see the same; empty where nobody asked for it. */
  readonly exported: string;
}

const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** Opens a snapshot, and exports it where another session is to see the same. */
export async function startSnapshot(session: PostgresSession, shared: boolean): Promise<OpenSnapshot> {
  await session.query(begin, subject);
  const asked = Date.now();
  const [[exported, clock, position] = []] = await session.query(
    `SELECT ${shared ? 'pg_catalog.pg_export_snapshot()' : "''"}, extract(epoch FROM pg_catalog.clock_timestamp()),
            pg_catalog.txid_current_snapshot()`,
    subject,
  );
  const answered = Date.now();
  await checkIsolation(session);
  const takenAt = new Date(Number(clock) * 1_000);
  return {
    takenAt,
    clockAhead: Math.round(takenAt.getTime() - (asked + answered) / 2),
    position: position === null || position === undefined ? undefined : `snapshot ${position}`,
    exported: exported ?? '',
  };
}

/**
 * Begins a transaction and locks tables against TRUNCATE and rewriting before there is a snapshot: LOCK takes none. What
 * cannot be locked (a view over what we may not lock, a materialized view) is left to the comparison of files.
 */
export async function beginLocked(session: PostgresSession, tables: readonly TableToRead[]): Promise<void> {
  await session.query(begin, subject);
  for (const table of tables) {
    const name = qualified(table.schema, table.declared.table);
    await session.query('SAVEPOINT lock', subject);
    try {
      await session.query(`LOCK TABLE ${name} IN ACCESS SHARE MODE`, printTable(table));
    } catch (error) {
      if (!isRefused(error)) throw error;
      await session.query('ROLLBACK TO SAVEPOINT lock', subject);
    }
    await session.query('RELEASE SAVEPOINT lock', subject);
  }
}

/** Gives a transaction that has read nothing yet the snapshot of another. */
export async function joinSnapshot(session: PostgresSession, { exported }: OpenSnapshot): Promise<void> {
  await session.query(`SET TRANSACTION SNAPSHOT ${quoteLiteral(exported)}`, subject);
  await checkIsolation(session);
}

/** Lets the snapshot and its locks go. Throws NJ-SOURCE-SNAPSHOT-REFUSED where a pooler moved the session meanwhile. */
export async function endSnapshot(session: PostgresSession): Promise<void> {
  const [[pid] = []] = await session.query('SELECT pg_catalog.pg_backend_pid()', subject);
  if (pid !== session.pid) throw refused(session, 'one backend from beginning to end', 'several (a pooler)');
  await session.query('ROLLBACK', subject);
}

async function checkIsolation(session: PostgresSession): Promise<void> {
  const [[isolation, pid] = []] = await session.query(
    "SELECT pg_catalog.current_setting('transaction_isolation'), pg_catalog.pg_backend_pid()",
    subject,
  );
  if (isolation !== 'repeatable read') throw refused(session, 'repeatable read', String(isolation));
  if (pid !== session.pid) throw refused(session, 'one backend from beginning to end', 'several (a pooler)');
}

function refused(session: PostgresSession, expected: string, found: string): Error {
  return nightjarError('NJ-SOURCE-SNAPSHOT-REFUSED', { connection: session.name, expected, found });
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'NJ-SOURCE-QUERY';
}
