import type { Cell, Row } from '../database/cell.ts';
import type { TextRecord } from '../database/sample-database.ts';
import { Dice, stream, uuid } from '../random/dice.ts';
import { traineeRole } from '../reference/roles.ts';
import { findTable } from '../schema/tables.ts';
import { dayOf, dayText } from '../time/day.ts';
import { drawIdentity } from '../world/identity.ts';
import { diceFor, howMany, workingHour, workingMillis, type SampleDay } from './day.ts';
import { logPlacement } from './placement-log.ts';
import { highestId, pickRows } from './pick.ts';

const keyStream = stream('joiner-membership');

/** New trainees: every other one starts today, the others in three weeks. */
export async function addJoiners(day: SampleDay): Promise<readonly number[]> {
  const { database } = day;
  const dice = diceFor(day, 'joiners');
  const programmes = await pickRows(database, dice, howMany(day, 6000) + 1, {
    database: 'tcs',
    table: 'Programme',
    along: 'id',
    columns: ['id'],
    where:
      `x."status" = 'CURRENT' AND x."owner" IS NOT NULL AND EXISTS (SELECT 1 FROM ${database.name('tcs', 'ProgrammePost')} l WHERE l."programmeId" = x."id") ` +
      `AND EXISTS (SELECT 1 FROM ${database.name('tcs', 'ProgrammeCurriculum')} c WHERE c."programmeId" = x."id")`,
  });
  const joined: number[] = [];
  for (const [turn, programme] of programmes.entries()) {
    const person = (await highestId(database, 'tcs', 'Person')) + 1;
    await addPerson(day, dice, person);
    await addTraining(day, dice, person, String(programme['id']), day.today + (turn % 2 === 0 ? 0 : 21));
    joined.push(person);
  }
  return joined;
}

async function addPerson(day: SampleDay, dice: Dice, person: number): Promise<void> {
  const identity = drawIdentity(day.seed, person - 1);
  const amended = workingMillis(day, dice);
  await insert(day, 'Person', {
    id: person,
    addedDate: workingHour(day, dice),
    amendedDate: amended,
    role: traineeRole,
    status: 'INACTIVE',
    regulator: 'GMC',
  });
  await insert(day, 'ContactDetails', {
    id: person,
    surname: identity.surname,
    forenames: identity.forenames,
    initials: identity.initials,
    title: identity.title,
    email: identity.email,
    mobileNumber: `07700 900${String(dice.below(1000)).padStart(3, '0')}`,
    legalSurname: identity.surname,
    legalForenames: identity.forenames,
    country: 'United Kingdom',
    amendedDate: amended,
  });
  await insert(day, 'PersonalDetails', {
    id: person,
    dateOfBirth: dayText(dayOf(1990 + dice.below(10), 1, 1) + dice.below(365)),
    gender: dice.pick(['MALE', 'FEMALE']),
    nationality: 'British',
    disability: 'NO',
    amendedDate: amended,
  });
  await insert(day, 'GmcDetails', {
    id: person,
    gmcNumber: identity.gmcNumber,
    gmcStatus: 'Registered with Licence',
    gmcStartDate: dayText(day.today - 800),
    amendedDate: amended,
  });
}

async function addTraining(
  day: SampleDay,
  dice: Dice,
  person: number,
  programme: string,
  start: number,
): Promise<void> {
  const { database } = day;
  const key = uuid(new Dice(day.seed, keyStream, person));
  const amended = workingMillis(day, dice);
  const curriculum = await one(
    day,
    `SELECT "curriculumId" AS id FROM ${database.name('tcs', 'ProgrammeCurriculum')} WHERE "programmeId" = ? ORDER BY "id" LIMIT 1`,
    programme,
  );
  await insert(day, 'ProgrammeMembership', {
    uuid: key,
    programmeMembershipType: 'SUBSTANTIVE',
    programmeStartDate: dayText(start),
    programmeEndDate: dayText(start + 1094),
    programmeId: programme,
    personId: person,
    trainingPathway: 'CCT',
    amendedDate: amended,
  });
  await insert(day, 'CurriculumMembership', {
    id: (await highestId(database, 'tcs', 'CurriculumMembership')) + 1,
    curriculumStartDate: dayText(start),
    curriculumEndDate: dayText(start + 1094),
    curriculumId: curriculum['id'] ?? null,
    amendedDate: amended,
    programmeMembershipUuid: key,
  });
  await insert(day, 'ConditionsOfJoining', {
    programmeMembershipUuid: key,
    signedAt: amended,
    version: 'GG10',
  });
  await addPlacement(day, dice, person, programme, start);
}

async function addPlacement(
  day: SampleDay,
  dice: Dice,
  person: number,
  programme: string,
  start: number,
): Promise<void> {
  const { database } = day;
  const table = (name: string) => database.name('tcs', name);
  const post = await one(
    day,
    `SELECT "postId" AS id FROM ${table('ProgrammePost')} WHERE "programmeId" = ? ORDER BY "postId" LIMIT 1`,
    programme,
  );
  const postId = post['id'] ?? null;
  const site = await one(
    day,
    `SELECT "siteId" AS id FROM ${table('PostSite')} WHERE "postId" = ? ORDER BY "id" LIMIT 1`,
    postId,
  );
  const grade = await one(
    day,
    `SELECT "gradeId" AS id FROM ${table('PostGrade')} WHERE "postId" = ? ORDER BY "id" LIMIT 1`,
    postId,
  );
  const specialty = await one(
    day,
    `SELECT "specialtyId" AS id FROM ${table('PostSpecialty')} WHERE "postId" = ? ORDER BY "id" LIMIT 1`,
    postId,
  );
  const id = (await highestId(database, 'tcs', 'Placement')) + 1;
  const moment = workingHour(day, dice);
  await insert(day, 'Placement', {
    id,
    dateFrom: dayText(start),
    dateTo: dayText(start + 181),
    placementWholeTimeEquivalent: 1,
    traineeId: person,
    postId,
    placementType: 'In Post',
    siteId: site['id'] ?? null,
    gradeId: grade['id'] ?? null,
    placementAddedDate: moment,
    lifecycleState: 'APPROVED',
  });
  await insert(day, 'PlacementSpecialty', {
    placementId: id,
    specialtyId: specialty['id'] ?? null,
    placementSpecialtyType: 'PRIMARY',
  });
  await logPlacement(day, id, 'CREATE', moment);
}

async function insert(day: SampleDay, table: string, cells: Readonly<Record<string, Cell>>): Promise<void> {
  const row: Row = Object.values(cells);
  await day.database.load(findTable('tcs', table), Object.keys(cells), [row]);
}

async function one(day: SampleDay, sql: string, value: string | null): Promise<TextRecord> {
  const [row] = await day.database.query(sql, [value === null ? null : Number(value)]);
  return row ?? {};
}
