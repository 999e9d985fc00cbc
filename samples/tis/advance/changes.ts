import { addMonths, dayText, parseDay } from '../time/day.ts';
import { drawIdentity } from '../world/identity.ts';
import { diceFor, howMany, spansToday, workingHour, workingMillis, type SampleDay } from './day.ts';
import { logPlacement } from './placement-log.ts';
import { pickRows } from './pick.ts';

/** Far from every person that there is or will be: an index that only lends its name. */
const otherNames = 700_000;

/** Somebody marries, or takes another name. */
export async function changeSurnames(day: SampleDay): Promise<number> {
  const dice = diceFor(day, 'surnames');
  const rows = await pickRows(day.database, dice, howMany(day, 4000), {
    database: 'tcs',
    table: 'ContactDetails',
    along: 'id',
    columns: ['id'],
    where: 'x."surname" IS NOT NULL',
  });
  for (const row of rows) {
    const { surname } = drawIdentity(day.seed, otherNames + dice.below(100_000));
    await day.database.run(
      `UPDATE ${day.database.name('tcs', 'ContactDetails')} SET "maidenName" = "surname", "surname" = ?, "legalSurname" = ?, "amendedDate" = ? WHERE "id" = ?`,
      [surname, surname, workingMillis(day, dice), Number(row['id'])],
    );
  }
  return rows.length;
}

/** Somebody has another mail address, which is another login. */
export async function changeEmails(day: SampleDay): Promise<number> {
  const dice = diceFor(day, 'emails');
  const rows = await pickRows(day.database, dice, howMany(day, 3000), {
    database: 'tcs',
    table: 'ContactDetails',
    along: 'id',
    columns: ['id'],
    where: 'x."email" IS NOT NULL',
  });
  for (const row of rows) {
    await day.database.run(
      `UPDATE ${day.database.name('tcs', 'ContactDetails')} SET "email" = ?, "amendedDate" = ? WHERE "id" = ?`,
      [`mazqu.new.${row['id'] ?? ''}.${day.today}@example.org`, workingMillis(day, dice), Number(row['id'])],
    );
  }
  return rows.length;
}

/** A placement goes on for four weeks longer than planned. */
export async function extendPlacements(day: SampleDay): Promise<number> {
  const dice = diceFor(day, 'placement-ends');
  const rows = await pickRows(day.database, dice, howMany(day, 2000), {
    database: 'tcs',
    table: 'Placement',
    along: 'id',
    columns: ['id', 'dateTo'],
    where: spansToday(day, 'x."dateFrom"', 'x."dateTo"'),
  });
  for (const row of rows) {
    const moment = workingHour(day, dice);
    const end = dayText(parseDay(String(row['dateTo'])) + 28);
    await day.database.run(
      `UPDATE ${day.database.name('tcs', 'Placement')} SET "dateTo" = ?, "placementAmendedDate" = ? WHERE "id" = ?`,
      [end, moment, Number(row['id'])],
    );
    await logPlacement(day, String(row['id']), 'UPDATE', moment);
  }
  return rows.length;
}

/** A trainee works less than full time from now on. */
export async function reduceHours(day: SampleDay): Promise<number> {
  const dice = diceFor(day, 'hours');
  const rows = await pickRows(day.database, dice, howMany(day, 4000), {
    database: 'tcs',
    table: 'Placement',
    along: 'id',
    columns: ['id'],
    where: `${spansToday(day, 'x."dateFrom"', 'x."dateTo"')} AND x."placementWholeTimeEquivalent" > 0.99`,
  });
  for (const row of rows) {
    const moment = workingHour(day, dice);
    await day.database.run(
      `UPDATE ${day.database.name('tcs', 'Placement')} SET "placementWholeTimeEquivalent" = 0.8, "placementAmendedDate" = ? WHERE "id" = ?`,
      [moment, Number(row['id'])],
    );
    await logPlacement(day, String(row['id']), 'UPDATE', moment);
  }
  return rows.length;
}

/** A programme takes half a year longer. */
export async function extendMemberships(day: SampleDay): Promise<number> {
  const dice = diceFor(day, 'membership-ends');
  const rows = await pickRows(day.database, dice, howMany(day, 5000), {
    database: 'tcs',
    table: 'ProgrammeMembership',
    along: 'personId',
    then: ['programmeStartDate', 'uuid'],
    columns: ['uuid', 'programmeEndDate'],
    where: spansToday(day, 'x."programmeStartDate"', 'x."programmeEndDate"'),
  });
  for (const row of rows) {
    const end = dayText(addMonths(parseDay(String(row['programmeEndDate'])), 6));
    const amended = workingMillis(day, dice);
    const key = String(row['uuid']);
    await day.database.run(
      `UPDATE ${day.database.name('tcs', 'ProgrammeMembership')} SET "programmeEndDate" = ?, "amendedDate" = ? WHERE "uuid" = ?`,
      [end, amended, key],
    );
    await day.database.run(
      `UPDATE ${day.database.name('tcs', 'CurriculumMembership')} SET "curriculumEndDate" = ?, "amendedDate" = ? WHERE "programmeMembershipUuid" = ?`,
      [end, amended, key],
    );
  }
  return rows.length;
}
