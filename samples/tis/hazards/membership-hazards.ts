import { addMonths, dayText } from '../time/day.ts';
import { windowDays } from '../world/scripted-career.ts';
import { countRows, type Hazard, type HazardFacts } from './hazard.ts';
import type { PersonPart } from './parts.ts';

/** Memberships of the bearers of a part whose start or end is so many days from today. */
function edge(
  hazard: string,
  part: PersonPart,
  sentence: string,
  column: 'programmeStartDate' | 'programmeEndDate',
  days: number,
): Hazard {
  return {
    hazard,
    name: part,
    sentence,
    count: ({ people }) => people.count(part),
    sql: ({ t, persons, world }) =>
      countRows(
        t('tcs', 'ProgrammeMembership'),
        `"personId" IN (${persons(part)}) AND "${column}" = DATE '${dayText(world.today + days)}'`,
      ),
  };
}

function graceEdge(part: PersonPart, sentence: string, days: number): Hazard {
  const sql = ({ t, persons, world }: HazardFacts) => {
    // Months differ in length: whichever of these many months leads from an end to the edge.
    const ends = [5, 6, 7].map((months) => [months, addMonths(world.today + days, -months)] as const);
    const conditions = ends.map(
      ([months, end]) => `(m."programmeEndDate" = DATE '${dayText(end)}' AND c."periodOfGrace" = ${months})`,
    );
    return `SELECT COUNT(*) AS found FROM ${t('tcs', 'ProgrammeMembership')} m
      JOIN ${t('tcs', 'CurriculumMembership')} c ON c."programmeMembershipUuid" = m."uuid"
      JOIN ${t('tcs', 'Curriculum')} u ON u."id" = c."curriculumId" AND u."eligibleForPeriodOfGrace" = 1
      WHERE m."personId" IN (${persons(part)}) AND (${conditions.join(' OR ')})`;
  };
  return { hazard: 'H20', name: part, sentence, count: ({ people }) => people.count(part), sql };
}

/** Faults and edges of programme memberships. */
export const membershipHazards: readonly Hazard[] = [
  {
    hazard: 'H3',
    name: 'membership-rotation-disagrees',
    sentence: 'memberships whose rotation text is not the name of their rotation id',
    count: ({ people }) => people.count('rotation-disagrees'),
    sql: ({ t }) =>
      `SELECT COUNT(*) AS found FROM ${t('tcs', 'ProgrammeMembership')} x JOIN ${t('tcs', 'Rotation')} r ON r."id" = x."rotationId" WHERE x."rotation" <> r."name"`,
  },
  {
    hazard: 'H3',
    name: 'membership-rotation-text-only',
    sentence: 'memberships with a rotation as text and no id',
    count: ({ people }) => people.count('rotation-text-only'),
    sql: ({ t }) =>
      countRows(t('tcs', 'ProgrammeMembership'), '"rotation" IS NOT NULL AND "rotationId" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'membership-without-start',
    sentence: 'memberships without a start',
    count: ({ people }) => people.count('membership-without-start'),
    sql: ({ t }) => countRows(t('tcs', 'ProgrammeMembership'), '"programmeStartDate" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'membership-without-end',
    sentence: 'memberships without an end',
    count: ({ people }) => people.count('membership-without-end'),
    sql: ({ t }) => countRows(t('tcs', 'ProgrammeMembership'), '"programmeEndDate" IS NULL'),
  },
  {
    hazard: 'H8',
    name: 'membership-without-type',
    sentence: 'memberships without a type',
    count: ({ people }) => people.count('membership-without-type'),
    sql: ({ t }) => countRows(t('tcs', 'ProgrammeMembership'), '"programmeMembershipType" IS NULL'),
  },
  edge('H20', 'starts-today', 'memberships planted to start today', 'programmeStartDate', 0),
  edge('H20', 'ends-today', 'memberships planted to end today', 'programmeEndDate', 0),
  edge('H20', 'ended-yesterday', 'memberships planted to have ended yesterday', 'programmeEndDate', -1),
  edge(
    'H20',
    'window-last-day',
    'memberships planted to end 56 days ago: in the window today, out tomorrow',
    'programmeEndDate',
    -windowDays,
  ),
  edge(
    'H20',
    'window-day-after',
    'memberships planted to end 57 days ago: just out of the window',
    'programmeEndDate',
    -windowDays - 1,
  ),
  edge(
    'H20',
    'window-first-day',
    'memberships planted to start in 56 days: just in the window',
    'programmeStartDate',
    windowDays,
  ),
  edge(
    'H20',
    'window-day-before',
    'memberships planted to start in 57 days: in the window tomorrow',
    'programmeStartDate',
    windowDays + 1,
  ),
  {
    hazard: 'H20',
    name: 'window-leaver',
    sentence: 'memberships planted to leave the window on the nights 2 to 14 from now, two each night',
    count: ({ people }) => people.count('window-leaver'),
    sql: ({ t, persons, world }) =>
      countRows(
        t('tcs', 'ProgrammeMembership'),
        `"personId" IN (${persons('window-leaver')}) AND "programmeEndDate" BETWEEN DATE '${dayText(world.today - windowDays + 1)}' AND DATE '${dayText(world.today - windowDays + 13)}'`,
      ),
  },
  graceEdge(
    'window-grace-last-day',
    'memberships planted so that their period of grace ended 56 days ago',
    -windowDays,
  ),
  graceEdge(
    'window-grace-day-after',
    'memberships planted so that their period of grace ended 57 days ago',
    -windowDays - 1,
  ),
  {
    hazard: 'H20',
    name: 'window-grace-ineligible',
    sentence: 'memberships planted with months of grace under a curriculum that gives none',
    count: ({ people }) => people.count('window-grace-ineligible'),
    sql: ({ t, persons }) =>
      `SELECT COUNT(*) AS found FROM ${t('tcs', 'ProgrammeMembership')} m
       JOIN ${t('tcs', 'CurriculumMembership')} c ON c."programmeMembershipUuid" = m."uuid" AND c."periodOfGrace" > 0
       JOIN ${t('tcs', 'Curriculum')} u ON u."id" = c."curriculumId" AND u."eligibleForPeriodOfGrace" = 0
       WHERE m."personId" IN (${persons('window-grace-ineligible')})`,
  },
];

/** Placements on the window's edges; each of their trainees has a current membership. */
export const placementEdges: readonly Hazard[] = [
  placementEdge(
    'placement-window-last-day',
    'placements planted to end 56 days ago: in the window',
    'dateTo',
    -windowDays,
  ),
  placementEdge(
    'placement-window-day-after',
    'placements planted to end 57 days ago: out of it',
    'dateTo',
    -windowDays - 1,
  ),
  placementEdge(
    'placement-window-first-day',
    'placements planted to begin in 56 days: in the window',
    'dateFrom',
    windowDays,
  ),
  placementEdge(
    'placement-window-day-before',
    'placements planted to begin in 57 days: out of it',
    'dateFrom',
    windowDays + 1,
  ),
  {
    hazard: 'H20',
    name: 'draft-in-window',
    sentence: 'placements planted inside the window that are only drafts',
    count: ({ people }) => people.count('draft-in-window'),
    sql: ({ t, persons }) =>
      countRows(
        t('tcs', 'Placement'),
        `"traineeId" IN (${persons('draft-in-window')}) AND "lifecycleState" = 'DRAFT'`,
      ),
  },
];

function placementEdge(
  part: PersonPart,
  sentence: string,
  column: 'dateFrom' | 'dateTo',
  days: number,
): Hazard {
  return {
    hazard: 'H20',
    name: part,
    sentence,
    count: ({ people }) => people.count(part),
    sql: ({ t, persons, world }) =>
      countRows(
        t('tcs', 'Placement'),
        `"traineeId" IN (${persons(part)}) AND "${column}" = DATE '${dayText(world.today + days)}'`,
      ),
  };
}
