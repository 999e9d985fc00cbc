import { dayText } from '../time/day.ts';
import { diceFor, howMany, spansToday, workingHour, workingMillis, type SampleDay } from './day.ts';
import { deletePlacement } from './deletions.ts';
import { logPlacement } from './placement-log.ts';
import { pickRows } from './pick.ts';

/** Trainees who give up: the programme ends yesterday, current placements with it, later ones are deleted by the service. */
export async function letLeave(
  day: SampleDay,
): Promise<{ leavers: number; deletedWithEvidence: readonly number[] }> {
  const { database } = day;
  const dice = diceFor(day, 'leavers');
  const yesterday = dayText(day.today - 1);
  const rows = await pickRows(database, dice, howMany(day, 8000), {
    database: 'tcs',
    table: 'ProgrammeMembership',
    along: 'personId',
    then: ['programmeStartDate', 'uuid'],
    columns: ['uuid', 'personId'],
    where: `${spansToday(day, 'x."programmeStartDate"', 'x."programmeEndDate"')} AND x."programmeStartDate" < DATE '${yesterday}'`,
  });
  const deleted: number[] = [];
  for (const row of rows) {
    await database.run(
      `UPDATE ${database.name('tcs', 'ProgrammeMembership')} SET "programmeEndDate" = ?, "leavingReason" = 'RESIGNED', "leavingDestination" = 'Overseas', "amendedDate" = ? WHERE "uuid" = ?`,
      [yesterday, workingMillis(day, dice), String(row['uuid'])],
    );
    const placements = await database.query(
      `SELECT "id", CASE WHEN "dateFrom" > DATE '${yesterday}' THEN 'later' ELSE 'now' END AS "when" FROM ${database.name('tcs', 'Placement')}
       WHERE "traineeId" = ? AND "dateFrom" IS NOT NULL AND "dateTo" > DATE '${yesterday}' ORDER BY "id"`,
      [Number(row['personId'])],
    );
    for (const placement of placements) {
      const id = Number(placement['id']);
      const moment = workingHour(day, dice);
      if (placement['when'] === 'later') {
        await deletePlacement(day, id, moment);
        deleted.push(id);
      } else {
        await database.run(
          `UPDATE ${database.name('tcs', 'Placement')} SET "dateTo" = ?, "placementAmendedDate" = ? WHERE "id" = ?`,
          [yesterday, moment, id],
        );
        await logPlacement(day, id, 'UPDATE', moment);
      }
    }
  }
  return { leavers: rows.length, deletedWithEvidence: deleted };
}

/** Somebody turns out to be in the record twice: the second is marked, not removed. */
export async function softDeletePersons(day: SampleDay): Promise<number> {
  const dice = diceFor(day, 'soft-deletes');
  const rows = await pickRows(day.database, dice, howMany(day, 20_000), {
    database: 'tcs',
    table: 'Person',
    along: 'id',
    columns: ['id'],
    where: `x."status" = 'INACTIVE' AND NOT EXISTS (SELECT 1 FROM ${day.database.name('tcs', 'ProgrammeMembership')} m WHERE m."personId" = x."id")`,
  });
  for (const row of rows) {
    await day.database.run(
      `UPDATE ${day.database.name('tcs', 'Person')} SET "status" = 'DELETE', "inactiveDate" = ?, "amendedDate" = ? WHERE "id" = ?`,
      [workingHour(day, dice), workingMillis(day, dice), Number(row['id'])],
    );
  }
  return rows.length;
}
