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
  for (let attempt = 0; attempt < attempts; attempt++) {
    const [first, second] = await Promise.all([startSnapshot(one), startSnapshot(other)]);
    if (first.position !== undefined && first.position === second.position) return first;
    await Promise.all([endSnapshot(one), endSnapshot(other)]);
    if (first.position === undefined) break;
  }
  return underReadLock(one, other, third);
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
