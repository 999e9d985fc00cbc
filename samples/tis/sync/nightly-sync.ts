import type { SampleDatabase } from '../database/sample-database.ts';
import { dayText, type Day } from '../time/day.ts';
import { lockRows } from './jobs.ts';
import { rebuildPersonOwner } from './owner-rule.ts';
import { endFundingStatus, recomputePersonStatus } from './statuses.ts';
import { rebuildTrustLinks } from './trust-links.ts';

/** A person has about five rows in PersonTrust, so this many make a page of some 5,000 rows, the size the service uses. */
const personsAPage = 1000;
const postsAPage = 5000;

export interface SyncResult {
  readonly owners: number;
  readonly personTrusts: number;
  readonly postTrusts: number;
  readonly statuses: number;
  readonly fundingStatuses: number;
}

/**
 * The nightly jobs in the order of the clock, as `jobs.ts` has it: what TIS Sync does between midnight and the hour at
 * which the transfer reads. Each statement is committed by itself, as there.
 */
export async function nightlySync(
  database: SampleDatabase,
  today: Day,
  signal?: AbortSignal,
): Promise<SyncResult> {
  const owners = await rebuildPersonOwner(database, dayText(today));
  signal?.throwIfAborted();
  const personTrusts = await rebuildTrustLinks(database, 'Person', personsAPage, signal);
  const statuses = await recomputePersonStatus(database, today);
  const postTrusts = await rebuildTrustLinks(database, 'Post', postsAPage, signal);
  const fundingStatuses = await endFundingStatus(database, today);
  await takeLocks(database, dayText(today));
  return { owners, personTrusts, postTrusts, statuses, fundingStatuses };
}

async function takeLocks(database: SampleDatabase, today: string): Promise<void> {
  const locks = database.name('tcs', 'shedlock');
  for (const [name, until, at, by] of lockRows(today)) {
    await database.run(
      `UPDATE ${locks} SET "lock_until" = ?, "locked_at" = ?, "locked_by" = ? WHERE "name" = ?`,
      [until, at, by, name],
    );
  }
}
