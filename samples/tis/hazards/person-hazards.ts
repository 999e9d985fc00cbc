import { driftedTraineeRole } from '../reference/roles.ts';
import { countGroups, countRows, type Hazard } from './hazard.ts';

/** Faults of persons and of what is one row a person. */
export const personHazards: readonly Hazard[] = [
  {
    hazard: 'H8',
    name: 'person-without-contact-row',
    sentence: 'persons without a row in ContactDetails',
    count: ({ people }) => people.count('no-contact-row'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Person'),
        `NOT EXISTS (SELECT 1 FROM ${t('tcs', 'ContactDetails')} c WHERE c."id" = x."id")`,
      ),
  },
  {
    hazard: 'H8',
    name: 'person-without-surname',
    sentence: 'contact details without a surname',
    count: ({ people }) => people.count('no-surname'),
    sql: ({ t }) => countRows(t('tcs', 'ContactDetails'), '"surname" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'person-without-email',
    sentence: 'contact details without a mail address, which is the login',
    count: ({ people }) => people.count('no-email'),
    sql: ({ t }) => countRows(t('tcs', 'ContactDetails'), '"email" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'person-without-status',
    sentence: 'persons without a status',
    count: ({ people }) => people.count('no-status'),
    sql: ({ t }) => countRows(t('tcs', 'Person'), '"status" IS NULL'),
  },
  {
    hazard: 'H4',
    name: 'permit-unknown',
    sentence: 'permits to work that no list knows',
    count: ({ people }) => people.count('unknown-permit'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'RightToWork'),
        `NOT EXISTS (SELECT 1 FROM ${t('reference', 'PermitToWork')} r WHERE r."code" = x."permitToWork") AND "permitToWork" IS NOT NULL`,
      ),
  },
  {
    hazard: 'H11',
    name: 'zero-gmc-end-date',
    sentence: 'GMC end dates of 0000-00-00 (NULL on PostgreSQL)',
    count: ({ people }, system) => (system === 'mysql' ? people.count('zero-gmc-end-date') : 0),
    sql: ({ t, system }) =>
      countRows(t('tcs', 'GmcDetails'), system === 'mysql' ? `"gmcEndDate" = '0000-00-00'` : 'FALSE'),
  },
  {
    hazard: 'H11',
    name: 'impossible-birth-date',
    sentence: 'dates of birth that no calendar has (NULL on PostgreSQL)',
    count: ({ people }) => people.count('impossible-birth-date'),
    sql: ({ t, system, textOf }) =>
      countRows(
        t('tcs', 'PersonalDetails'),
        system === 'mysql'
          ? `${textOf('"dateOfBirth"')} LIKE '%-02-30' OR ${textOf('"dateOfBirth"')} LIKE '%-00-%'`
          : '"dateOfBirth" IS NULL',
      ),
  },
  {
    hazard: 'H13',
    name: 'qualification-id-beyond-double',
    sentence: 'qualifications with an id above 2^53',
    count: ({ people }) => people.count('huge-qualification-id'),
    sql: ({ t }) => countRows(t('tcs', 'Qualification'), '"id" > 9007199254740992'),
  },
  {
    hazard: 'H13',
    name: 'trainer-approval-id-beyond-double',
    sentence: 'trainer approvals with an id above 2^53',
    count: ({ people }) => people.count('huge-approval-id'),
    sql: ({ t }) => countRows(t('tcs', 'TrainerApproval'), '"id" > 9007199254740992'),
  },
  {
    hazard: 'H13',
    name: 'absence-id-beyond-double',
    sentence: 'absences with an id above 2^53',
    count: ({ people }) => people.count('huge-absence-id'),
    sql: ({ t }) => countRows(t('tcs', 'Absence'), '"id" > 9007199254740992'),
  },
  {
    hazard: 'H8',
    name: 'trainer-approval-without-person',
    sentence: 'trainer approvals of nobody',
    count: ({ people }) => people.count('approval-without-person'),
    sql: ({ t }) => countRows(t('tcs', 'TrainerApproval'), '"personId" IS NULL'),
  },
  {
    hazard: 'H12',
    name: 'absence-from-summer-midnight',
    sentence: 'absences that begin at 23:00 UTC, which is midnight of the next day in a London summer',
    count: ({ people }) => people.count('summer-absence'),
    sql: ({ t }) => countRows(t('tcs', 'Absence'), `CAST("startDate" AS TIME) = '23:00:00'`),
  },
  {
    hazard: 'H14',
    name: 'surname-beyond-ascii',
    sentence: 'surnames with accents or no-break blanks',
    count: ({ people }) =>
      people.count('accented-surname') + Math.floor(people.count('trailing-blank-surname') / 2),
    sql: ({ t }) =>
      countRows(t('tcs', 'ContactDetails'), 'OCTET_LENGTH("surname") <> CHAR_LENGTH("surname")'),
  },
  {
    hazard: 'H14',
    name: 'surname-with-trailing-blank',
    sentence: 'surnames that end in a blank, every other one in a no-break blank',
    count: ({ people }) => people.count('trailing-blank-surname'),
    sql: ({ t }) => countRows(t('tcs', 'ContactDetails'), `"surname" LIKE '% ' OR "surname" LIKE '%\u00a0'`),
  },
  {
    hazard: 'H14',
    name: 'forenames-with-no-break-blank',
    sentence: 'forenames with a no-break blank between them',
    count: ({ people }) => people.count('no-break-forenames'),
    sql: ({ t }) => countRows(t('tcs', 'ContactDetails'), `"forenames" LIKE '%\u00a0%'`),
  },
  {
    hazard: 'H14',
    name: 'qualification-from-blank-school',
    sentence: 'qualifications whose medical school has a stray blank',
    count: ({ people }) => people.count('blank-medical-school'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Qualification'),
        `"medicalSchool" LIKE ' %' OR "medicalSchool" LIKE '% ' OR "medicalSchool" LIKE '%\u00a0%'`,
      ),
  },
  {
    hazard: 'H15',
    name: 'trainee-role-drifted',
    sentence: `trainees whose role is spelt "${driftedTraineeRole}"`,
    count: ({ people }) => people.count('drifted-role'),
    sql: ({ t, exactly }) => countRows(t('tcs', 'Person'), exactly('"role"', `'${driftedTraineeRole}'`)),
  },
  {
    hazard: 'H15',
    name: 'disability-drifted',
    sentence: 'disabilities that say "yes" in place of "YES"',
    count: ({ people }) => people.count('drifted-disability'),
    sql: ({ t, exactly }) => countRows(t('tcs', 'PersonalDetails'), exactly('"disability"', `'yes'`)),
  },
  {
    hazard: 'H16',
    name: 'trainee-placeholder',
    sentence: 'trainees who bear the role Placeholder as well',
    count: ({ people }) => people.count('placeholder'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Person'),
        `LOWER("role") LIKE '%placeholder%' AND LOWER("role") NOT LIKE '%placeholder coordinator%'`,
      ),
  },
  {
    hazard: 'H16',
    name: 'trainee-dummy-record',
    sentence: 'trainees who bear the role Dummy Record as well',
    count: ({ people }) => people.count('dummy-record'),
    sql: ({ t }) => countRows(t('tcs', 'Person'), `"role" LIKE '%Dummy Record%'`),
  },
  {
    hazard: 'H16',
    name: 'trainee-near-miss',
    sentence: 'trainees with the role Placeholder Coordinator, which only holds the word',
    count: ({ people }) => people.count('role-near-miss'),
    sql: ({ t }) => countRows(t('tcs', 'Person'), `"role" LIKE '%Placeholder Coordinator%'`),
  },
  {
    hazard: 'H16',
    name: 'roles-with-blanks',
    sentence: 'roles with blanks around the commas and a comma at the end',
    count: ({ people }) => people.count('blanks-in-roles'),
    sql: ({ t }) => countRows(t('tcs', 'Person'), `"role" LIKE ' %'`),
  },
  {
    hazard: 'H16',
    name: 'supervisor-by-substring-only',
    sentence: 'persons whose roles hold the words "Clinical Supervisor" and who are none',
    count: ({ people }) => people.count('supervisor-substring'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Person'),
        `"role" LIKE '%Clinical Supervisor%' AND ',' || "role" || ',' NOT LIKE '%,Clinical Supervisor,%'`,
      ),
  },
  {
    hazard: 'H17',
    name: 'gmc-number-that-is-none',
    sentence: 'GMC numbers such as UNKNOWN, N/A, 0, Retired, TBC or blanks',
    count: ({ people }) => people.count('unknown-gmc-number'),
    sql: ({ t }) => countRows(t('tcs', 'GmcDetails'), `"gmcNumber" NOT LIKE 'ZQ%'`),
  },
  {
    hazard: 'H17',
    name: 'gmc-number-shared',
    sentence: 'GMC numbers that two persons have: one person, entered twice',
    count: ({ people }) => people.count('duplicate-person'),
    sql: ({ t }) =>
      countGroups(t('tcs', 'GmcDetails'), '"gmcNumber"', `"gmcNumber" LIKE 'ZQ%'`, 'COUNT(*) > 1'),
  },
  {
    hazard: 'H17',
    name: 'email-shared',
    sentence: 'mail addresses that two persons have',
    count: ({ people }) => people.count('shared-email'),
    sql: ({ t }) => countGroups(t('tcs', 'ContactDetails'), '"email"', '"email" IS NOT NULL', 'COUNT(*) > 1'),
  },
  {
    hazard: 'H18',
    name: 'person-soft-deleted',
    sentence: 'persons with status DELETE',
    count: ({ people }) => people.count('soft-deleted-person'),
    sql: ({ t }) => countRows(t('tcs', 'Person'), `"status" = 'DELETE'`),
  },
  {
    hazard: 'H19',
    name: 'person-with-stale-status',
    sentence: 'persons whose stored status is not what their memberships say today',
    count: ({ people }) => people.count('stale-current') + people.count('stale-inactive'),
    sql: ({ t, today }) =>
      countRows(
        t('tcs', 'Person'),
        `x."status" IN ('CURRENT', 'INACTIVE') AND (x."status" = 'CURRENT') <> EXISTS (SELECT 1 FROM ${t('tcs', 'ProgrammeMembership')} m
          WHERE m."personId" = x."id" AND m."programmeStartDate" <= DATE '${today}' AND m."programmeEndDate" >= DATE '${today}')`,
      ),
  },
  {
    hazard: 'H25',
    name: 'person-with-special-category',
    sentence: 'rows about health, ethnicity, religion and sexuality: one for every person',
    count: ({ sizes }) => sizes.people,
    sql: ({ t }) => countRows(t('tcs', 'PersonalDetails'), '"id" > 0'),
  },
];
