import { nightjarError } from '../../error/nightjar-error.ts';
import type { MysqlSession } from './session.ts';

const subject = { printed: 'a snapshot', raw: '' };

/** A session inside a snapshot. */
export interface OpenSnapshot {
  readonly takenAt: Date;
  /** Milliseconds. */
  readonly clockAhead: number;
  /** `file:position` of the binary log; `undefined` where the server does not name it (MySQL, or the log is off). */
  readonly position: string | undefined;
}

/** Opens a consistent snapshot without touching a table. */
export async function startSnapshot(session: MysqlSession): Promise<OpenSnapshot> {
  await session.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY', subject);
  const asked = Date.now();
  const [[clock] = []] = await session.query('SELECT UTC_TIMESTAMP(6)', subject);
  const answered = Date.now();
  const takenAt = new Date(`${(clock ?? '').replace(' ', 'T')}Z`);
  return {
    takenAt,
    clockAhead: Math.round(takenAt.getTime() - (asked + answered) / 2),
    position: await snapshotPosition(session),
  };
}

/** Lets the snapshot and its metadata locks go. */
export async function endSnapshot(session: MysqlSession): Promise<void> {
  await session.query('ROLLBACK', subject);
}

/**
 * Where in the binary log the session's own snapshot lies. The log's current position and GTID variables would not do: a
 * commit is in the log before it is in the engine.
 */
async function snapshotPosition(session: MysqlSession): Promise<string | undefined> {
  const rows = await session.query("SHOW STATUS LIKE 'binlog_snapshot_%'", subject);
  const value = (name: string): string => rows.find((row) => row[0]?.toLowerCase() === name)?.[1] ?? '';
  const file = value('binlog_snapshot_file');
  return file === '' ? undefined : `${file}:${value('binlog_snapshot_position')}`;
}

/** Throws NJ-SOURCE-SNAPSHOT-REFUSED where something between us and the server moved the session to another one. */
export async function checkSameThread(session: MysqlSession): Promise<void> {
  const [[thread] = []] = await session.query('SELECT CONNECTION_ID()', subject);
  if (thread === String(session.threadId)) return;
  throw nightjarError('NJ-SOURCE-SNAPSHOT-REFUSED', {
    connection: session.name,
    expected: 'one connection from beginning to end',
    found: 'that statements reach the server on several',
  });
}
