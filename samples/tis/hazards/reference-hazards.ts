import { blankSchools, nimdtaOnly } from '../reference/code-lists.ts';
import { countGroups, countRows, type Hazard } from './hazard.ts';

/** Faults of programmes, curricula, offices, trusts, sites and lists. */
export const referenceHazards: readonly Hazard[] = [
  {
    hazard: 'H3',
    name: 'site-trust-code-disagrees',
    sentence: 'sites whose trust code is not that of their trust id',
    count: ({ sitePlan }) => sitePlan.count('trust-disagrees'),
    sql: ({ t }) =>
      `SELECT COUNT(*) AS found FROM ${t('reference', 'Site')} x JOIN ${t('reference', 'Trust')} r ON r."id" = x."trustId" WHERE x."trustCode" <> r."code"`,
  },
  {
    hazard: 'H4',
    name: 'site-orphan-trust',
    sentence: 'sites whose trust is no trust',
    count: ({ sitePlan }) => sitePlan.count('orphan-trust'),
    sql: ({ t }) =>
      countRows(
        t('reference', 'Site'),
        `NOT EXISTS (SELECT 1 FROM ${t('reference', 'Trust')} r WHERE r."id" = x."trustId")`,
      ),
  },
  {
    hazard: 'H5',
    name: 'curriculum-specialty-unparsed',
    sentence: 'curricula whose specialty is no number',
    count: ({ curriculumPlan }) => curriculumPlan.count('specialty-unparsed'),
    sql: ({ t, notDigits }) => countRows(t('tcs', 'Curriculum'), notDigits('"specialtyId"')),
  },
  {
    hazard: 'H5',
    name: 'curriculum-specialty-orphan',
    sentence: 'curricula whose specialty is a number, but of no specialty',
    count: ({ curriculumPlan }) => curriculumPlan.count('specialty-orphan'),
    sql: ({ t, notDigits, textOf }) =>
      countRows(
        t('tcs', 'Curriculum'),
        `NOT (${notDigits('"specialtyId"')}) AND NOT EXISTS (SELECT 1 FROM ${t('tcs', 'Specialty')} s WHERE ${textOf('s."id"')} = x."specialtyId")`,
      ),
  },
  {
    hazard: 'H8',
    name: 'curriculum-without-specialty',
    sentence: 'curricula without a specialty',
    count: ({ curriculumPlan }) => curriculumPlan.count('specialty-null'),
    sql: ({ t }) => countRows(t('tcs', 'Curriculum'), '"specialtyId" IS NULL'),
  },
  {
    hazard: 'H6',
    name: 'office-name-shared',
    sentence: 'names of local offices that two of them have, one of them abolished',
    count: ({ region }) => (region === 'england' ? 1 : 0),
    sql: ({ t }) =>
      countGroups(t('reference', 'LocalOffice'), '"name"', '"name" IS NOT NULL', 'COUNT(*) > 1'),
  },
  {
    hazard: 'H6',
    name: 'site-code-shared',
    sentence: 'site codes that two sites have',
    count: ({ sitePlan }) => sitePlan.count('shared-code'),
    sql: ({ t }) =>
      countGroups(t('reference', 'Site'), '"siteCode"', '"siteCode" IS NOT NULL', 'COUNT(*) > 1'),
  },
  {
    hazard: 'H6',
    name: 'trust-code-shared',
    sentence: 'trust codes that two trusts have',
    count: ({ trustPlan }) => trustPlan.count('shared-code'),
    sql: ({ t }) => countGroups(t('reference', 'Trust'), '"code"', '"code" IS NOT NULL', 'COUNT(*) > 1'),
  },
  {
    hazard: 'H6',
    name: 'funding-label-shared',
    sentence: 'labels that two funding types have, one of them abolished',
    count: () => 1,
    sql: ({ t }) =>
      countGroups(t('reference', 'FundingType'), '"label"', '"label" IS NOT NULL', 'COUNT(*) > 1'),
  },
  {
    hazard: 'H7',
    name: 'programme-under-old-owner',
    sentence: 'programmes whose owner has the name it had before 2024',
    count: ({ programmePlan }) => programmePlan.count('old-owner'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Programme'),
        `"owner" IN (SELECT "oldName" FROM ${t('reference', 'LocalOfficeNameMapping')})`,
      ),
  },
  {
    hazard: 'H7',
    name: 'programme-with-unknown-owner',
    sentence: 'programmes whose owner no list knows',
    count: ({ programmePlan }) => programmePlan.count('unknown-owner'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Programme'),
        `"owner" NOT IN (SELECT "name" FROM ${t('reference', 'LocalOffice')}) AND "owner" NOT IN (SELECT "oldName" FROM ${t('reference', 'LocalOfficeNameMapping')})`,
      ),
  },
  {
    hazard: 'H7',
    name: 'site-under-old-office',
    sentence: 'sites that name their office as before 2024',
    count: ({ sitePlan }) => sitePlan.count('old-office'),
    sql: ({ t }) =>
      countRows(
        t('reference', 'Site'),
        `"localOffice" IN (SELECT "oldName" FROM ${t('reference', 'LocalOfficeNameMapping')})`,
      ),
  },
  {
    hazard: 'H7',
    name: 'trust-under-old-office',
    sentence: 'trusts that name their office as before 2024',
    count: ({ trustPlan }) => trustPlan.count('old-office'),
    sql: ({ t }) =>
      countRows(
        t('reference', 'Trust'),
        `"localOffice" IN (SELECT "oldName" FROM ${t('reference', 'LocalOfficeNameMapping')})`,
      ),
  },
  {
    hazard: 'H8',
    name: 'programme-without-owner',
    sentence: 'programmes without an owner',
    count: ({ programmePlan }) => programmePlan.count('no-owner'),
    sql: ({ t }) => countRows(t('tcs', 'Programme'), '"owner" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'programme-without-number',
    sentence: 'programmes without a number',
    count: ({ programmePlan }) => programmePlan.count('no-number'),
    sql: ({ t }) => countRows(t('tcs', 'Programme'), '"programmeNumber" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'site-without-code',
    sentence: 'sites without a code',
    count: ({ sitePlan }) => sitePlan.count('no-code'),
    sql: ({ t }) => countRows(t('reference', 'Site'), '"siteCode" IS NULL'),
  },
  {
    hazard: 'H14',
    name: 'site-name-with-trailing-blank',
    sentence: 'site names that end in a blank',
    count: ({ sitePlan }) => sitePlan.count('trailing-blank-name'),
    sql: ({ t }) => countRows(t('reference', 'Site'), `"siteName" LIKE '% '`),
  },
  {
    hazard: 'H14',
    name: 'medical-school-with-stray-blank',
    sentence: 'medical schools in the list with a stray or a no-break blank',
    count: () => blankSchools.length,
    sql: ({ t }) =>
      countRows(
        t('reference', 'MedicalSchool'),
        `"label" LIKE ' %' OR "label" LIKE '% ' OR "label" LIKE '%\u00a0%'`,
      ),
  },
  {
    hazard: 'H24',
    name: 'value-unknown-in-england',
    sentence: 'reference values that only Northern Ireland has',
    count: ({ region }) => (region === 'nimdta' ? Object.values(nimdtaOnly).flat().length : 0),
    sql: ({ t }) =>
      `SELECT SUM(n) AS found FROM (${Object.entries(nimdtaOnly)
        .map(
          ([list, values]) =>
            `SELECT COUNT(*) AS n FROM ${t('reference', list)} WHERE "code" IN (${values.map(([code]) => `'${code}'`).join(', ')})`,
        )
        .join(' UNION ALL ')}) l`,
  },
];
