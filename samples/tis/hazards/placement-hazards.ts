import { clockChange } from '../time/changeover.ts';
import { dayText } from '../time/day.ts';
import type { World } from '../world/world.ts';
import { countGroups, countRows, type Hazard } from './hazard.ts';

/** From and to of the placements that were planted on the nights on which London's clocks change. */
function clockChangePairs({ trainingYear }: World): string {
  return [clockChange(trainingYear, 3), clockChange(trainingYear - 1, 10)]
    .map((day) => `("dateFrom" = DATE '${dayText(day)}' AND "dateTo" = DATE '${dayText(day + 120)}')`)
    .join(' OR ');
}

/** Faults of placements and of what hangs from them. */
export const placementHazards: readonly Hazard[] = [
  {
    hazard: 'H2',
    name: 'placement-with-two-primary-specialties',
    sentence: 'placements with more than one PRIMARY specialty',
    count: ({ people }) => people.count('two-primary-placement-specialties'),
    sql: ({ t }) =>
      countGroups(
        t('tcs', 'PlacementSpecialty'),
        '"placementId"',
        `"placementSpecialtyType" = 'PRIMARY'`,
        'COUNT(*) > 1',
      ),
  },
  {
    hazard: 'H3',
    name: 'placement-site-code-disagrees',
    sentence: 'placements whose site code is not that of their site id',
    count: ({ people }) => people.count('site-disagrees'),
    sql: ({ t }) =>
      `SELECT COUNT(*) AS found FROM ${t('tcs', 'Placement')} x JOIN ${t('reference', 'Site')} s ON s."id" = x."siteId" WHERE x."siteCode" <> COALESCE(s."siteCode", '')`,
  },
  {
    hazard: 'H3',
    name: 'placement-grade-disagrees',
    sentence: 'placements whose grade abbreviation is not that of their grade id',
    count: ({ people }) => people.count('grade-disagrees'),
    sql: ({ t }) =>
      `SELECT COUNT(*) AS found FROM ${t('tcs', 'Placement')} x JOIN ${t('reference', 'Grade')} g ON g."id" = x."gradeId" WHERE x."gradeAbbreviation" <> g."abbreviation"`,
  },
  {
    hazard: 'H4',
    name: 'placement-orphan-site',
    sentence: 'placements whose site is no site',
    count: ({ people }) => people.count('placement-orphan-site'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Placement'),
        `"siteId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${t('reference', 'Site')} r WHERE r."id" = x."siteId")`,
      ),
  },
  {
    hazard: 'H4',
    name: 'placement-orphan-grade',
    sentence: 'placements whose grade is no grade',
    count: ({ people }) => people.count('placement-orphan-grade'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Placement'),
        `"gradeId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${t('reference', 'Grade')} r WHERE r."id" = x."gradeId")`,
      ),
  },
  {
    hazard: 'H4',
    name: 'placement-site-orphan',
    sentence: 'further sites of placements that are no site',
    count: ({ people }) => people.count('placement-site-orphan'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'PlacementSite'),
        `NOT EXISTS (SELECT 1 FROM ${t('reference', 'Site')} r WHERE r."id" = x."siteId")`,
      ),
  },
  {
    hazard: 'H8',
    name: 'placement-without-start',
    sentence: 'placements without a start',
    count: ({ people }, system) =>
      people.count('placement-without-start') +
      (system === 'postgres' ? people.count('impossible-placement-start') : 0),
    sql: ({ t }) => countRows(t('tcs', 'Placement'), '"dateFrom" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'placement-without-end',
    sentence: 'placements without an end',
    count: ({ people }, system) =>
      people.count('placement-without-end') +
      (system === 'postgres' ? people.count('zero-placement-end') : 0),
    sql: ({ t }) => countRows(t('tcs', 'Placement'), '"dateTo" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'placement-without-trainee',
    sentence: 'placements of nobody',
    count: ({ people }) => people.count('placement-without-trainee'),
    sql: ({ t }) => countRows(t('tcs', 'Placement'), '"traineeId" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'placement-without-post',
    sentence: 'placements in no post',
    count: ({ people }) => people.count('placement-without-post'),
    sql: ({ t }) => countRows(t('tcs', 'Placement'), '"postId" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'placement-without-site',
    sentence: 'placements at no site',
    count: ({ people }) => people.count('placement-without-site'),
    sql: ({ t }) => countRows(t('tcs', 'Placement'), '"siteId" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'placement-without-grade',
    sentence: 'placements in no grade',
    count: ({ people }) => people.count('placement-without-grade'),
    sql: ({ t }) => countRows(t('tcs', 'Placement'), '"gradeId" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'placement-without-wte',
    sentence: 'placements without a whole-time equivalent',
    count: ({ people }) => people.count('placement-without-wte'),
    sql: ({ t }) => countRows(t('tcs', 'Placement'), '"placementWholeTimeEquivalent" IS NULL'),
  },
  {
    hazard: 'H9',
    name: 'placement-wte-one-tenth',
    sentence: 'placements of 0.1 of a whole time, which no comparison with 0.1 finds',
    count: ({ people }) => people.count('wte-tenth'),
    sql: ({ t }) => countRows(t('tcs', 'Placement'), '"placementWholeTimeEquivalent" BETWEEN 0.05 AND 0.15'),
  },
  {
    hazard: 'H9',
    name: 'placement-wte-above-one',
    sentence: 'placements of more than a whole time',
    count: ({ people }) => people.count('wte-above-one'),
    sql: ({ t }) => countRows(t('tcs', 'Placement'), '"placementWholeTimeEquivalent" > 1.01'),
  },
  {
    hazard: 'H10',
    name: 'placement-from-clock-change',
    sentence: 'placements that begin on the Sunday on which London changes its clocks',
    count: ({ people }) => people.count('clock-change-start'),
    sql: ({ t, world }) => countRows(t('tcs', 'Placement'), clockChangePairs(world)),
  },
  {
    hazard: 'H11',
    name: 'placement-zero-end',
    sentence: 'placements that end on 0000-00-00 (NULL on PostgreSQL)',
    count: ({ people }, system) => (system === 'mysql' ? people.count('zero-placement-end') : 0),
    sql: ({ t, system }) =>
      countRows(t('tcs', 'Placement'), system === 'mysql' ? `"dateTo" = '0000-00-00'` : 'FALSE'),
  },
  {
    hazard: 'H11',
    name: 'placement-impossible-start',
    sentence: 'placements that begin on a 30 February or in month 0 (NULL on PostgreSQL)',
    count: ({ people }, system) => (system === 'mysql' ? people.count('impossible-placement-start') : 0),
    sql: ({ t, system, textOf }) =>
      countRows(
        t('tcs', 'Placement'),
        system === 'mysql'
          ? `${textOf('"dateFrom"')} LIKE '%-02-30' OR ${textOf('"dateFrom"')} LIKE '%-00-%'`
          : 'FALSE',
      ),
  },
  {
    hazard: 'H15',
    name: 'placement-type-drifted',
    sentence: 'placements of the type "In post" in place of "In Post"',
    count: ({ people }) => people.count('drifted-placement-type'),
    sql: ({ t, exactly }) => countRows(t('tcs', 'Placement'), exactly('"placementType"', `'In post'`)),
  },
  {
    hazard: 'H15',
    name: 'supervisor-of-unknown-type',
    sentence: 'supervisors of a type that is neither clinical (1) nor educational (2)',
    count: ({ people }) => people.count('unknown-supervisor-type'),
    sql: ({ t }) => countRows(t('tcs', 'PlacementSupervisor'), '"type" NOT IN (1, 2)'),
  },
  {
    hazard: 'H22',
    name: 'placement-on-borrowed-post',
    sentence: 'placements of trainees with a membership on a post that is linked with no programme of theirs',
    count: ({ people }) => people.count('borrowed-post'),
    sql: ({ t }) =>
      countRows(
        t('tcs', 'Placement'),
        `"postId" IS NOT NULL AND EXISTS (SELECT 1 FROM ${t('tcs', 'ProgrammeMembership')} m WHERE m."personId" = x."traineeId")
         AND NOT EXISTS (SELECT 1 FROM ${t('tcs', 'ProgrammeMembership')} m JOIN ${t('tcs', 'ProgrammePost')} l ON l."programmeId" = m."programmeId"
           WHERE m."personId" = x."traineeId" AND l."postId" = x."postId")`,
      ),
  },
  {
    hazard: 'H22',
    name: 'person-with-placement-but-no-membership',
    sentence: 'persons with placements and without a programme membership',
    count: ({ people }) => people.count('no-membership'),
    sql: ({ t }) =>
      `SELECT COUNT(DISTINCT "traineeId") AS found FROM ${t('tcs', 'Placement')} x WHERE "traineeId" IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM ${t('tcs', 'ProgrammeMembership')} m WHERE m."personId" = x."traineeId")`,
  },
];
