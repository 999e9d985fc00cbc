import type { Row } from '../database/cell.ts';
import { Dice, stream, uuid } from '../random/dice.ts';
import { dateTimeMillis, dayText, yearOf, type Day } from '../time/day.ts';
import { careerOf, type Career } from '../world/career.ts';
import type { Membership } from '../world/membership.ts';
import { curriculaOf } from '../world/programme.ts';
import type { World } from '../world/world.ts';
import { rotationName, rotationOfProgramme } from './programme-rows.ts';
import type { RowSource } from './row-source.ts';

const membershipStream = stream('membership');
const uuidStream = stream('membership-uuid');
const numberStream = stream('training-number');
const conditionsStream = stream('conditions-of-joining');

/** Every recorded career, in the order of persons: the order in which running ids are given. */
export function* recordedCareers(world: World): Iterable<Career> {
  for (let person = 0; person < world.sizes.people; person += 1) {
    const career = careerOf(world, person);
    if (career.recorded && career.memberships.length > 0) yield career;
  }
}

export function membershipUuid(world: World, person: number, ordinal: number): string {
  return uuid(new Dice(world.seed, uuidStream, person * 8 + ordinal));
}

/** Indexes of the curricula that a membership is followed under. */
export function curriculaOfMembership(
  world: World,
  person: number,
  membership: Membership,
): readonly number[] {
  const [first, second] = curriculaOf(world, membership.programme);
  if (membership.curriculum !== undefined) return [membership.curriculum];
  if (membership.grace !== undefined || first === second) return [first];
  return new Dice(world.seed, membershipStream, person * 8 + membership.ordinal).chance(0.54)
    ? [first, second]
    : [first];
}

function hasTrainingNumber(world: World, person: number, membership: Membership): boolean {
  const { kind, ordinal } = membership;
  if (kind === 'foundation' || kind === 'core' || kind === 'dental') return false;
  return new Dice(world.seed, numberStream, person * 8 + ordinal).chance(0.93);
}

/** When somebody last touched the row: never after today. */
export function amended(world: World, dice: Dice, day: Day): string {
  return dateTimeMillis(Math.min(day, world.today - 1), dice.below(86_400), dice.below(1000));
}

const programmeMemberships: RowSource = {
  database: 'tcs',
  table: 'ProgrammeMembership',
  columns: [
    'uuid',
    'programmeMembershipType',
    'programmeStartDate',
    'programmeEndDate',
    'programmeId',
    'trainingNumberId',
    'personId',
    'rotation',
    'rotationId',
    'trainingPathway',
    'leavingReason',
    'leavingDestination',
    'amendedDate',
  ],
  *rows(world) {
    let trainingNumbers = 0;
    for (const career of recordedCareers(world)) {
      for (const membership of career.memberships) {
        const numbered = hasTrainingNumber(world, career.person, membership);
        if (numbered) trainingNumbers += 1;
        yield membershipRow(world, career, membership, numbered ? trainingNumbers : null);
      }
    }
  },
};

function membershipRow(
  world: World,
  career: Career,
  membership: Membership,
  trainingNumberId: number | null,
): Row {
  const { person } = career;
  const part = membership.ordinal === 0 ? career.bearer?.part : undefined;
  const dice = new Dice(world.seed, membershipStream, 4_000_000 + person * 8 + membership.ordinal);
  const rotation = rotationFor(world, membership, part);
  return [
    membershipUuid(world, person, membership.ordinal),
    part === 'membership-without-type' ? null : typeFor(world, dice),
    part === 'membership-without-start' ? null : dayText(membership.start),
    part === 'membership-without-end' ? null : dayText(membership.end),
    membership.programme + 1,
    trainingNumberId,
    person + 1,
    rotation.text,
    rotation.id,
    dice.pick(['N/A', 'CCT', 'CCT', 'CESR', null]),
    membership.left ? 'RESIGNED' : membership.end < world.today ? 'COMPLETED' : null,
    membership.end < world.today ? 'Other training programme' : null,
    amended(world, dice, membership.start + dice.below(200)),
  ];
}

function typeFor(world: World, dice: Dice): string {
  const share = dice.share();
  if (share < 0.92) return 'SUBSTANTIVE';
  if (world.region === 'nimdta') return 'NIMDTA_CLINICAL_FELLOW';
  return dice.pick(['LAT', 'FTSTA', 'MILITARY', 'VISITOR']);
}

/** The older text and the id beside it, which should say the same (H3). */
function rotationFor(
  world: World,
  membership: Membership,
  part: string | undefined,
): { text: string | null; id: number | null } {
  if (part === 'rotation-disagrees') return { text: 'Rotation of another time', id: 1 };
  if (part === 'rotation-text-only') return { text: 'Rotation kept as text only', id: null };
  const rotation = rotationOfProgramme(membership.programme);
  if (rotation === undefined || membership.ordinal > 0) return { text: null, id: null };
  return { text: membership.start < world.today - 1500 ? rotationName(rotation) : null, id: rotation + 1 };
}

const curriculumMemberships: RowSource = {
  database: 'tcs',
  table: 'CurriculumMembership',
  columns: [
    'id',
    'curriculumStartDate',
    'curriculumEndDate',
    'periodOfGrace',
    'curriculumCompletionDate',
    'curriculumId',
    'intrepidId',
    'amendedDate',
    'programmeMembershipUuid',
  ],
  *rows(world) {
    let id = 0;
    for (const career of recordedCareers(world)) {
      for (const membership of career.memberships) {
        const key = membershipUuid(world, career.person, membership.ordinal);
        const dice = new Dice(
          world.seed,
          membershipStream,
          8_000_000 + career.person * 8 + membership.ordinal,
        );
        for (const curriculum of curriculaOfMembership(world, career.person, membership)) {
          id += 1;
          yield [
            id,
            dayText(membership.start),
            dayText(membership.end),
            membership.grace ?? (dice.chance(0.25) ? 6 : null),
            membership.end < world.today && !membership.left ? dayText(membership.end) : null,
            curriculum + 1,
            yearOf(membership.start) < 2018 ? String(800_000 + id) : null,
            amended(world, dice, membership.start + dice.below(200)),
            key,
          ];
        }
      }
    }
  },
};

const trainingNumbers: RowSource = {
  database: 'tcs',
  table: 'TrainingNumber',
  columns: [
    'id',
    'trainingNumberType',
    'number',
    'appointmentYear',
    'typeOfContract',
    'suffix',
    'programmeId',
    'trainingNumber',
    'intrepidId',
  ],
  *rows(world) {
    let id = 0;
    for (const career of recordedCareers(world)) {
      for (const membership of career.memberships) {
        if (!hasTrainingNumber(world, career.person, membership)) continue;
        id += 1;
        yield [
          id,
          'NTN',
          id % 10_000,
          yearOf(membership.start),
          'C',
          'C',
          membership.programme + 1,
          trainingNumberText(world, career.person, membership),
          null,
        ];
      }
    }
  },
};

/** A number of a person, and marked as such. */
export function trainingNumberText(world: World, person: number, membership: Membership): string {
  const office = world.programmes.officeOf(membership.programme).postAbbreviation ?? 'XXX';
  return `${office}/ZQ${String(person + 1).padStart(6, '0')}/${membership.ordinal + 1}/C`;
}

const conditionsOfJoining: RowSource = {
  database: 'tcs',
  table: 'ConditionsOfJoining',
  columns: ['programmeMembershipUuid', 'signedAt', 'version'],
  *rows(world) {
    for (const career of recordedCareers(world)) {
      for (const membership of career.memberships) {
        const { start, ordinal } = membership;
        const dice = new Dice(world.seed, conditionsStream, career.person * 8 + ordinal);
        if (start < world.today - 1500 || start > world.today + 60 || !dice.chance(0.8)) continue;
        yield [
          membershipUuid(world, career.person, ordinal),
          amended(world, dice, start - dice.below(40)),
          start < world.today - 900 ? 'GG9' : 'GG10',
        ];
      }
    }
  },
};

export const membershipRows: readonly RowSource[] = [
  programmeMemberships,
  curriculumMemberships,
  trainingNumbers,
  conditionsOfJoining,
];
