import { NightjarError } from '../../error/nightjar-error.ts';
import { endSnapshot, type OpenSnapshot, startSnapshot } from './snapshot.ts';
import type { MysqlSession } from './session.ts';

/** On a busy server a commit may come between the two; a few more tries find a gap. */
const attempts = 10;

const subject = { printed: 'the tables for a momentary read lock', raw: '' };

/**
 * Opens a snapshot on each of two sessions so that both show the same instant: known by their positions in the binary
 * log, or under a momentary global read lock.
 *
 * @param third opens one more session, for the lock.
 * @returns the snapshot, or `undefined` where equality cannot be had; no snapshot is open then.
 */
export async function startEqualSnapshots(
  one: MysqlSession,
  other: MysqlSession,
  third: () => Promise<MysqlSession>,
): Promise<OpenSnapshot | undefined> {
  const isKnown = await logsEveryCommit(one);
  for (let attempt = 0; isKnown && attempt < attempts; attempt++) {
    const [first, second] = await Promise.all([startSnapshot(one), startSnapshot(other)]);
    if (first.position !== undefined && first.position === second.position) return first;
    await Promise.all([endSnapshot(one), endSnapshot(other)]);
    if (first.position === undefined) break;
  }
  return underReadLock(one, other, third);
}

/** A replica that does not log what it is sent commits without its own log's position moving. */
async function logsEveryCommit(session: MysqlSession): Promise<boolean> {
  const subject = { printed: 'whether the binary log has every commit', raw: '' };
  const [[, running] = []] = await session.query("SHOW GLOBAL STATUS LIKE 'Slaves_running'", subject);
  if (Number(running ?? '0') === 0) return true;
  const [[, logged] = []] = await session.query("SHOW GLOBAL VARIABLES LIKE 'log_slave_updates'", subject);
  return logged === 'ON';
}

async function underReadLock(
  one: MysqlSession,
  other: MysqlSession,
  third: () => Promise<MysqlSession>,
): Promise<OpenSnapshot | undefined> {
  await using locker = await third();
  try {
    await locker.query('FLUSH TABLES WITH READ LOCK', subject);
  } catch (error) {
    // Not allowed, or a long statement is in its way: the source must not queue behind us.
    if (
      error instanceof NightjarError &&
      (error.code === 'NJ-SOURCE-QUERY' || error.code === 'NJ-SOURCE-LOCKED')
    ) {
      return undefined;
    }
    throw error;
  }
  const [first] = await Promise.all([startSnapshot(one), startSnapshot(other)]);
  await locker.query('UNLOCK TABLES', subject);
  return first;
}
