import {
  changeEmails,
  changeSurnames,
  extendMemberships,
  extendPlacements,
  reduceHours,
} from './advance/changes.ts';
import type { SampleDay } from './advance/day.ts';
import {
  deleteMemberships,
  deletePersons,
  deletePlacementsWithEvidence,
  deletePlacementsWithoutEvidence,
} from './advance/deletions.ts';
import { addJoiners } from './advance/joiners.ts';
import { letLeave, softDeletePersons } from './advance/leavers.ts';
import { highestId } from './advance/pick.ts';
import { connectSample } from './database/connect.ts';
import { refuseRealTables, requireSample } from './database/mark.ts';
import type { SampleDatabase } from './database/sample-database.ts';
import { sampleError } from './database/sample-error.ts';
import type { SampleTarget } from './database/target.ts';
import { nightlySync, type SyncResult } from './sync/nightly-sync.ts';
import { lastNight, presentDay } from './sync/present-day.ts';
import { dayText, parseDay, type Day } from './time/day.ts';

export interface AdvanceOptions {
  readonly seed: number;
  /** The new day, `YYYY-MM-DD`. If it is more than one day ahead, the days in between are lived as well. */
  readonly today: string;
  readonly signal?: AbortSignal | undefined;
}

export interface LivedDay {
  readonly day: string;
  /** How many of each kind of change there were. */
  readonly counts: Readonly<Record<string, number>>;
  readonly joinedPersons: readonly number[];
  /** Hard-deleted placements that a DELETE in PlacementLog tells of, those of leavers among them. */
  readonly placementsDeletedWithEvidence: readonly number[];
  /** Hard-deleted placements that nothing tells of. */
  readonly placementsDeletedWithoutEvidence: readonly number[];
  readonly membershipsDeleted: readonly string[];
  readonly personsDeleted: readonly number[];
  /** What the nightly jobs wrote. */
  readonly sync: SyncResult;
}

/** Lives one day (or several) in a sample: what users did, then what the nightly jobs did. */
export async function advanceSample(
  target: SampleTarget,
  options: AdvanceOptions,
): Promise<readonly LivedDay[]> {
  const wanted = parseDay(options.today);
  await using database = await connectSample(target);
  await requireSample(database);
  const present = parseDay(await presentDay(database));
  if (wanted <= present)
    throw sampleError(
      `The sample has already come to ${dayText(present)}; it can only be advanced to a later day.`,
    );
  const days: LivedDay[] = [];
  for (let day = present + 1; day <= wanted; day += 1) {
    options.signal?.throwIfAborted();
    days.push(await liveDay(database, options.seed, day, options.signal));
  }
  return days;
}

/** The day that a sample has come to, `YYYY-MM-DD`: the one whose nightly jobs ran last. */
export async function sampleDay(target: SampleTarget): Promise<string> {
  await using database = await connectSample(target);
  await requireSample(database);
  return await presentDay(database);
}

/** The same; `undefined` where there is no sample, or one that was not made to its end. */
export async function sampleDayIfMade(target: SampleTarget): Promise<string | undefined> {
  await using database = await connectSample(target);
  await refuseRealTables(database);
  const tables = await database.tableComments();
  return tables.some(({ table }) => table === 'shedlock') ? await lastNight(database) : undefined;
}

async function liveDay(
  database: SampleDatabase,
  seed: number,
  today: Day,
  signal?: AbortSignal,
): Promise<LivedDay> {
  const day: SampleDay = { database, seed, today, people: await highestId(database, 'tcs', 'Person') };
  // What users did is one transaction: many small commits would wait for the disk, and half a day is no day.
  await database.run('BEGIN');
  const surnames = await changeSurnames(day);
  const emails = await changeEmails(day);
  const placementsExtended = await extendPlacements(day);
  const hoursReduced = await reduceHours(day);
  const membershipsExtended = await extendMemberships(day);
  const left = await letLeave(day);
  const softDeleted = await softDeletePersons(day);
  const withEvidence = [...left.deletedWithEvidence, ...(await deletePlacementsWithEvidence(day))];
  const withoutEvidence = await deletePlacementsWithoutEvidence(day);
  const membershipsDeleted = await deleteMemberships(day);
  const personsDeleted = await deletePersons(day);
  const joinedPersons = await addJoiners(day);
  await database.run('COMMIT');
  const sync = await nightlySync(database, today, signal);
  return {
    day: dayText(today),
    counts: {
      'persons joined': joinedPersons.length,
      'surnames changed': surnames,
      'mail addresses changed': emails,
      'placements extended': placementsExtended,
      'placements reduced in hours': hoursReduced,
      'memberships extended': membershipsExtended,
      'trainees left': left.leavers,
      'persons soft-deleted': softDeleted,
      'placements deleted with evidence': withEvidence.length,
      'placements deleted without evidence': withoutEvidence.length,
      'memberships deleted': membershipsDeleted.length,
      'persons deleted': personsDeleted.length,
      'statuses of persons changed': sync.statuses,
      'funding statuses of posts ended': sync.fundingStatuses,
    },
    joinedPersons,
    placementsDeletedWithEvidence: withEvidence,
    placementsDeletedWithoutEvidence: withoutEvidence,
    membershipsDeleted,
    personsDeleted,
    sync,
  };
}
