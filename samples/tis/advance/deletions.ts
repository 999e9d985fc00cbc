import type { SqlValue } from '../database/sample-database.ts';
import { dayText } from '../time/day.ts';
import { diceFor, howMany, spansToday, workingHour, type SampleDay } from './day.ts';
import { logPlacement } from './placement-log.ts';
import { pickRows, type Choice } from './pick.ts';

/** Placements that a reader of the last months has: what is deleted here is missed. */
function recent(day: SampleDay): Choice {
  return {
    database: 'tcs',
    table: 'Placement',
    along: 'id',
    columns: ['id'],
    where: `x."traineeId" IS NOT NULL AND x."dateFrom" <= DATE '${dayText(day.today + 50)}' AND x."dateTo" >= DATE '${dayText(day.today - 50)}'`,
  };
}

/** Deleted through the service, which keeps a log: the one place where a hard delete leaves evidence. */
export async function deletePlacementsWithEvidence(day: SampleDay): Promise<readonly number[]> {
  const dice = diceFor(day, 'deletes-with-evidence');
  const rows = await pickRows(day.database, dice, howMany(day, 6000), recent(day));
  const ids = rows.map((row) => Number(row['id']));
  for (const id of ids) await deletePlacement(day, id, workingHour(day, dice));
  return ids;
}

/** Deleted by an SQL script: nothing tells that they ever were. */
export async function deletePlacementsWithoutEvidence(day: SampleDay): Promise<readonly number[]> {
  const dice = diceFor(day, 'deletes-without-evidence');
  const rows = await pickRows(day.database, dice, howMany(day, 12_000), recent(day));
  const ids = rows.map((row) => Number(row['id']));
  for (const id of ids) await removePlacement(day, id);
  return ids;
}

/** With its evidence, in the order in which the service does it: the log first, while the dates can still be read. */
export async function deletePlacement(day: SampleDay, id: number, moment: string): Promise<void> {
  await logPlacement(day, id, 'DELETE', moment);
  await removePlacement(day, id);
}

async function removePlacement(day: SampleDay, id: number): Promise<void> {
  for (const table of ['PlacementSpecialty', 'PlacementSupervisor', 'PlacementSite'])
    await remove(day, table, 'placementId', id);
  await remove(day, 'Placement', 'id', id);
}

/** A membership entered by mistake. The service works out the person's status again at once. */
export async function deleteMemberships(day: SampleDay): Promise<readonly string[]> {
  const { database } = day;
  const dice = diceFor(day, 'membership-deletes');
  const rows = await pickRows(database, dice, howMany(day, 20_000), {
    database: 'tcs',
    table: 'ProgrammeMembership',
    along: 'personId',
    then: ['programmeStartDate', 'uuid'],
    columns: ['uuid', 'personId'],
    where: spansToday(day, 'x."programmeStartDate"', 'x."programmeEndDate"'),
  });
  for (const row of rows) {
    await removeMembership(day, String(row['uuid']));
    await database.run(
      `UPDATE ${database.name('tcs', 'Person')} SET "status" = 'INACTIVE' WHERE "id" = ? AND "status" = 'CURRENT'
       AND NOT EXISTS (SELECT 1 FROM ${database.name('tcs', 'ProgrammeMembership')} m WHERE m."personId" = ? AND ${spansToday(day, 'm."programmeStartDate"', 'm."programmeEndDate"')})`,
      [Number(row['personId']), Number(row['personId'])],
    );
  }
  return rows.map((row) => String(row['uuid']));
}

/** Duplicates of persons are removed for good in batches, every fifth day here, with all that hangs from them (H17). */
export async function deletePersons(day: SampleDay): Promise<readonly number[]> {
  if (day.today % 5 !== 0) return [];
  const dice = diceFor(day, 'person-deletes');
  const rows = await pickRows(day.database, dice, howMany(day, 40_000), {
    database: 'tcs',
    table: 'Person',
    along: 'id',
    columns: ['id'],
    where: `x."status" = 'DELETE'`,
  });
  const ids = rows.map((row) => Number(row['id']));
  for (const id of ids) {
    for (const table of [
      'ContactDetails',
      'PersonalDetails',
      'GmcDetails',
      'GdcDetails',
      'RightToWork',
      'PersonOwner',
    ])
      await remove(day, table, 'id', id);
    for (const table of ['PersonTrust', 'Qualification', 'TrainerApproval', 'Absence', 'PlacementSupervisor'])
      await remove(day, table, 'personId', id);
    const memberships = await day.database.query(
      `SELECT "uuid" FROM ${day.database.name('tcs', 'ProgrammeMembership')} WHERE "personId" = ?`,
      [id],
    );
    for (const membership of memberships) await removeMembership(day, String(membership['uuid']));
    const placements = await day.database.query(
      `SELECT "id" FROM ${day.database.name('tcs', 'Placement')} WHERE "traineeId" = ?`,
      [id],
    );
    for (const placement of placements) await removePlacement(day, Number(placement['id']));
    await remove(day, 'Person', 'id', id);
  }
  return ids;
}

async function removeMembership(day: SampleDay, uuid: string): Promise<void> {
  for (const table of ['CurriculumMembership', 'ConditionsOfJoining'])
    await remove(day, table, 'programmeMembershipUuid', uuid);
  await remove(day, 'ProgrammeMembership', 'uuid', uuid);
}

async function remove(day: SampleDay, table: string, column: string, value: SqlValue): Promise<void> {
  await day.database.run(`DELETE FROM ${day.database.name('tcs', table)} WHERE "${column}" = ?`, [value]);
}
