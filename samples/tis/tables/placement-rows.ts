import type { Cell, Row } from '../database/cell.ts';
import { Dice, stream } from '../random/dice.ts';
import { dateTime, dayText, yearOf, type Day } from '../time/day.ts';
import { careerOf, type Career } from '../world/career.ts';
import { siteCode, siteOfTrust, trustOfSite } from '../world/organisation.ts';
import { drawSupervisor } from '../world/person-kind.ts';
import type { Placement, StoredDate } from '../world/placement-facts.ts';
import { placementsOf } from '../world/placement.ts';
import type { World } from '../world/world.ts';
import { orphanGradeId, orphanSiteId } from './post-rows.ts';
import type { RowSource } from './row-source.ts';

const rowStream = stream('placement-row');
const specialtyStream = stream('placement-specialty');
const supervisorStream = stream('placement-supervisor');
const siteStream = stream('placement-site');
const logStream = stream('placement-log');

/** The 97th id after every 96 is of a placement that was deleted long ago. */
const gapEvery = 97;

export interface NumberedPlacement {
  readonly id: number;
  /** Counts all placements from 0: what chance about this one hangs on. */
  readonly turn: number;
  readonly career: Career;
  readonly placement: Placement;
  /** The part that this placement plays, if its person bears one and this is the placement meant. */
  readonly part: string | undefined;
  /** Ids before this one that no row has any more. */
  readonly gap: number | undefined;
}

/** All placements in the order of persons, with running ids. Each table about placements goes through them once. */
export function* numberedPlacements(world: World): Iterable<NumberedPlacement> {
  let id = 0;
  let turn = 0;
  for (let person = 0; person < world.sizes.people; person += 1) {
    const career = careerOf(world, person);
    const placements = placementsOf(world, person);
    const meant = career.bearer === undefined ? -1 : lastBegun(world, placements);
    for (const [at, placement] of placements.entries()) {
      id += 1;
      const gap = id % gapEvery === 0 ? id : undefined;
      if (gap !== undefined) id += 1;
      yield { id, turn, career, placement, part: at === meant ? career.bearer?.part : undefined, gap };
      turn += 1;
    }
  }
}

/** Which of a person's placements a part is about: the last that has begun. */
export function lastBegun(world: World, placements: readonly Placement[]): number {
  let meant = 0;
  placements.forEach((placement, at) => {
    if (placement.begins <= world.today) meant = at;
  });
  return meant;
}

function stored(date: StoredDate): Cell {
  return typeof date === 'number' ? dayText(date) : date;
}

/** When a placement was entered: some months before it began, never after today. */
function entered(world: World, turn: number, begins: Day): { day: Day; second: number } {
  const dice = new Dice(world.seed, logStream, turn);
  return { day: Math.min(begins - 30 - dice.below(150), world.today - 1), second: dice.below(86_400) };
}

const placements: RowSource = {
  database: 'tcs',
  table: 'Placement',
  columns: [
    'id',
    'specialty',
    'dateFrom',
    'dateTo',
    'placementWholeTimeEquivalent',
    'intrepidId',
    'traineeId',
    'postId',
    'localPostNumber',
    'siteCode',
    'gradeAbbreviation',
    'placementType',
    'status',
    'trainingDescription',
    'siteId',
    'gradeId',
    'placementAddedDate',
    'placementAmendedDate',
    'lifecycleState',
  ],
  *rows(world) {
    for (const numbered of numberedPlacements(world)) yield placementRow(world, numbered);
  },
};

function placementRow(world: World, { id, turn, career, placement, part }: NumberedPlacement): Row {
  const dice = new Dice(world.seed, rowStream, turn);
  // The codes beside the ids were kept up until 2019; then only the ids.
  const coded = yearOf(placement.begins) < 2019;
  const { day, second } = entered(world, turn, placement.begins);
  return [
    id,
    null,
    stored(placement.from),
    stored(placement.to),
    placement.wte,
    yearOf(placement.begins) < 2017 ? String(5_000_000 + id) : null,
    part === 'placement-without-trainee' ? null : career.person + 1,
    placement.post === null ? null : placement.post + 1,
    dice.chance(0.1) ? `LP${id}` : null,
    part === 'site-disagrees' ? 'XOLD1' : coded ? siteCode(world, placement.site) : null,
    part === 'grade-disagrees' ? 'SHO' : coded ? placement.grade : null,
    placement.type,
    null,
    dice.chance(0.02) ? 'Includes out-of-hours work on two sites.' : null,
    part === 'placement-without-site'
      ? null
      : part === 'placement-orphan-site'
        ? orphanSiteId
        : placement.site + 1,
    part === 'placement-without-grade'
      ? null
      : part === 'placement-orphan-grade'
        ? orphanGradeId
        : (world.gradeIds.get(placement.grade) ?? null),
    dateTime(day, second),
    dice.chance(0.4) ? dateTime(Math.min(day + dice.below(60), world.today - 1), second) : null,
    placement.draft ? 'DRAFT' : 'APPROVED',
  ];
}

const placementSpecialties: RowSource = {
  database: 'tcs',
  table: 'PlacementSpecialty',
  columns: ['placementId', 'specialtyId', 'placementSpecialtyType'],
  *rows(world) {
    const { specialties } = world.sizes;
    for (const { id, turn, placement, part } of numberedPlacements(world)) {
      const other = ((placement.specialty + 13) % specialties) + 1;
      const twice = part === 'two-primary-placement-specialties';
      yield [id, placement.specialty + 1, 'PRIMARY'];
      if (twice || new Dice(world.seed, specialtyStream, turn).chance(0.095))
        yield [id, other, twice ? 'PRIMARY' : 'OTHER'];
    }
  },
};

const placementSupervisors: RowSource = {
  database: 'tcs',
  table: 'PlacementSupervisor',
  columns: ['placementId', 'personId', 'type', 'addedDate'],
  *rows(world) {
    for (const { id, turn, placement, part } of numberedPlacements(world)) {
      const dice = new Dice(world.seed, supervisorStream, turn);
      const recent = placement.ends > world.today - 1000;
      const added = entered(world, turn, placement.begins);
      const kinds: number[] = [];
      if (dice.chance(recent ? 0.67 : 0.11)) kinds.push(1);
      if (dice.chance(recent ? 0.42 : 0.04)) kinds.push(2);
      if (part === 'unknown-supervisor-type') kinds.push(3);
      for (const kind of kinds)
        yield [id, drawSupervisor(world, dice) + 1, kind, dateTime(added.day, added.second)];
    }
  },
};

const placementSites: RowSource = {
  database: 'tcs',
  table: 'PlacementSite',
  columns: ['id', 'placementId', 'siteId', 'placementSiteType'],
  *rows(world) {
    let siteRows = 0;
    for (const { id, turn, placement, part } of numberedPlacements(world)) {
      const dice = new Dice(world.seed, siteStream, turn);
      const orphan = part === 'placement-site-orphan';
      if (!orphan && !dice.chance(0.048)) continue;
      siteRows += 1;
      const site = siteOfTrust(world, trustOfSite(world, placement.site), dice.below(20));
      yield [siteRows, id, orphan ? orphanSiteId : site + 1, 'OTHER'];
    }
  },
};

const placementLogs: RowSource = {
  database: 'tcs',
  table: 'PlacementLog',
  columns: [
    'id',
    'dateFrom',
    'dateTo',
    'lifecycleState',
    'placementId',
    'logType',
    'validDateFrom',
    'validDateTo',
  ],
  *rows(world) {
    let logId = 0;
    for (const { id, turn, placement, gap } of numberedPlacements(world)) {
      const { day, second } = entered(world, turn, placement.begins);
      const dates = [dayText(placement.begins), dayText(placement.ends)];
      const state = placement.draft ? 'DRAFT' : 'APPROVED';
      const created = dateTime(day, second);
      if (day > world.today - 540) {
        logId += 1;
        yield [logId, ...dates, state, id, 'CREATE', created, null];
      }
      // Half of the deletions went through the service, which keeps a log; the others were done by script.
      if (gap !== undefined && gap % 2 === 0) {
        const deleted = dateTime(Math.min(day + 40, world.today - 1), second);
        logId += 1;
        yield [logId, ...dates, state, gap, 'CREATE', created, deleted];
        logId += 1;
        yield [logId, ...dates, state, gap, 'DELETE', deleted, null];
      }
    }
  },
};

export const placementRows: readonly RowSource[] = [
  placements,
  placementSpecialties,
  placementSupervisors,
  placementSites,
  placementLogs,
];
