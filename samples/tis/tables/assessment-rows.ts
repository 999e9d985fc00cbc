import type { Cell, Row } from '../database/cell.ts';
import { Dice, stream } from '../random/dice.ts';
import { outcomeReasons, outcomes } from '../reference/code-lists.ts';
import { specialtyName } from '../reference/specialties.ts';
import { trainings } from '../reference/training.ts';
import { changeover, trainingYearOf } from '../time/changeover.ts';
import { dateTime, type Day } from '../time/day.ts';
import type { Career } from '../world/career.ts';
import type { Membership } from '../world/membership.ts';
import { identityAt } from '../world/identity.ts';
import { programmeAt, specialtyOfCurriculum } from '../world/programme.ts';
import type { World } from '../world/world.ts';
import { amended, curriculaOfMembership, recordedCareers, trainingNumberText } from './membership-rows.ts';
import { curriculumName } from './programme-rows.ts';
import type { RowSource } from './row-source.ts';

const reviewStream = stream('assessment-review');
const assessmentStream = stream('assessment');
const detailStream = stream('assessment-detail');
const resultStream = stream('assessment-outcome');
const reasonStream = stream('assessment-outcome-reason');
const revalidationStream = stream('revalidation');

/** Ids of persons, programmes and memberships that no row has (H4). */
export const orphanAssessmentLink = 99_000_001;

interface Assessment {
  readonly id: number;
  readonly career: Career;
  readonly membership: Membership;
  /** Id of the first curriculum membership under which it was held, and the index of that curriculum. */
  readonly curriculumMembershipId: number;
  readonly curriculum: number;
  /** Year of training that was reviewed, from 0. */
  readonly year: number;
  readonly review: Day;
  /** The part its person bears, if this is the person's first assessment. */
  readonly part: string | undefined;
  readonly ordinal: number;
  readonly dice: Dice;
}

/** One review for each year of training that is over, and some for the year that is not. */
function* assessmentsOf(world: World, tableStream: number): Iterable<Assessment> {
  let id = 0;
  let curriculumMemberships = 0;
  for (const career of recordedCareers(world)) {
    let first = true;
    for (const membership of career.memberships) {
      const curricula = curriculaOfMembership(world, career.person, membership);
      const curriculumMembershipId = curriculumMemberships + 1;
      curriculumMemberships += curricula.length;
      const start = trainingYearOf(membership.start);
      for (let year = 0; ; year += 1) {
        const key = (career.person * 8 + membership.ordinal) * 16 + year;
        const reviewDice = new Dice(world.seed, reviewStream, key);
        const review = changeover(start + year + 1, 8) - 20 - reviewDice.below(60);
        if (review > membership.end + 60 || review >= world.today) break;
        // One year in seven is reviewed half way, too.
        const reviews = reviewDice.chance(0.15) ? [review - 180, review] : [review];
        for (const [turn, day] of reviews.entries()) {
          id += 1;
          yield {
            id,
            career,
            membership,
            curriculumMembershipId,
            curriculum: curricula[0] ?? 0,
            year,
            review: day,
            part: first ? career.bearer?.part : undefined,
            ordinal: career.bearer?.ordinal ?? 0,
            dice: new Dice(world.seed, tableStream, key * 2 + turn),
          };
          first = false;
        }
      }
    }
  }
}

const assessments: RowSource = {
  database: 'assessments',
  table: 'Assessment',
  columns: [
    'id',
    'traineeId',
    'firstName',
    'lastName',
    'reviewDate',
    'programmeNumber',
    'programmeName',
    'status',
    'type',
    'intrepidId',
    'amendedDate',
    'programmeId',
    'curriculumMembershipId',
    'softDeletedDate',
    'gmcNumber',
    'gdcNumber',
    'publicHealthNumber',
  ],
  *rows(world) {
    for (const assessment of assessmentsOf(world, assessmentStream)) yield assessmentRow(world, assessment);
  },
};

function assessmentRow(
  world: World,
  { id, career, membership, review, part, ordinal, dice, curriculumMembershipId }: Assessment,
): Row {
  const identity = identityAt(world, career.person);
  const programme = programmeAt(world, membership.programme);
  const trainee: Cell =
    part === 'assessment-without-trainee'
      ? null
      : part === 'assessment-orphan-trainee'
        ? orphanAssessmentLink + ordinal
        : career.person + 1;
  const dentist = membership.kind === 'dental';
  return [
    id,
    trainee,
    identity.forenames,
    identity.surname,
    reviewDate(part, ordinal, review),
    programme.number,
    programme.name,
    'CURRENT',
    dice.chance(0.9) ? 'ARCP' : dice.pick(['RITA', 'INTERIM_REVIEW', 'ACADEMIC']),
    dice.chance(0.2) ? String(6_000_000 + id) : null,
    amended(world, dice, review + 5),
    part === 'assessment-orphan-programme' ? orphanAssessmentLink : programme.id,
    part === 'assessment-orphan-membership' ? orphanAssessmentLink : curriculumMembershipId,
    part === 'soft-deleted-assessment'
      ? dateTime(Math.min(review + 30, world.today - 1), dice.below(86_400))
      : null,
    dentist ? null : identity.gmcNumber,
    dentist ? identity.gdcNumber : null,
    null,
  ];
}

/** Midnight, since it is a date; but some were written by a clock (H12), and some are none (H11). */
function reviewDate(part: string | undefined, ordinal: number, review: Day): Cell {
  if (part === 'zero-review-date') return { lax: '0000-00-00 00:00:00' };
  if (part === 'review-with-time') return dateTime(review, ordinal % 2 === 0 ? 23 * 3600 : 9 * 3600 + 1800);
  return dateTime(review, 0);
}

const details: RowSource = {
  database: 'assessments',
  table: 'AssessmentDetail',
  columns: [
    'id',
    'curriculumId',
    'curriculumName',
    'curriculumStartDate',
    'curriculumEndDate',
    'curriculumSpecialtyId',
    'curriculumSpecialty',
    'curriculumSubType',
    'membershipType',
    'gradeAbbreviation',
    'gradeName',
    'periodCoveredFrom',
    'periodCoveredTo',
    'portfolioReviewDate',
    'monthsWteDuringPeriod',
    'monthsCountedToTraining',
    'traineeNtn',
    'amendedDate',
    'daysOutOfTraining',
    'pya',
    'gradeId',
  ],
  *rows(world) {
    for (const { id, career, membership, curriculum, year, review, part, dice } of assessmentsOf(
      world,
      detailStream,
    )) {
      if (part === 'assessment-without-detail') continue;
      const training = trainings[membership.kind];
      const grade = training.grades[Math.min(year, training.grades.length - 1)] ?? 'ST1';
      const months = dice.chance(0.85) ? 12 : 6 + dice.below(6);
      const gradeId = world.gradeIds.get(grade) ?? null;
      const specialty = specialtyOfCurriculum(world, curriculum);
      yield [
        id,
        curriculum + 1,
        curriculumName(world, curriculum),
        dateTime(membership.start, 0),
        dateTime(membership.end, 0),
        String(specialty + 1),
        specialtyName(specialty),
        training.curriculumSubType,
        'SUBSTANTIVE',
        grade,
        gradeId === null ? null : (world.grades[gradeId - 1]?.name ?? null),
        dateTime(Math.max(membership.start, review - 365), 0),
        dateTime(review - 1, 0),
        dice.chance(0.5) ? dateTime(review - 14, 0) : null,
        months,
        months,
        training.cct ? trainingNumberText(world, career.person, membership) : null,
        amended(world, dice, review + 5),
        dice.chance(0.1) ? dice.below(60) : 0,
        dice.chance(0.9) ? dice.chance(0.05) : null,
        gradeId,
      ];
    }
  },
};

const results: RowSource = {
  database: 'assessments',
  table: 'AssessmentOutcome',
  columns: [
    'id',
    'outcome',
    'underAppeal',
    'trainingCompletionDate',
    'extendedTrainingCompletionDate',
    'extendedTrainingTimeInMonths',
    'tenPercentAudit',
    'externalTrainer',
    'nextRotationGradeName',
    'traineeNotifiedOfOutcome',
    'nextReviewDate',
    'academicOutcome',
    'detailedReasons',
    'amendedDate',
    'legacy',
    'outcomeId',
    'nextRotationGradeId',
    'nextRotationGradeAbbr',
  ],
  *rows(world) {
    for (const { id, career, membership, year, review, part, dice } of assessmentsOf(world, resultStream)) {
      const outcome = outcomeOf(dice);
      const training = trainings[membership.kind];
      const next = training.grades[year + 1];
      const extended = outcome === 2;
      yield [
        id,
        part === 'outcome-disagrees' ? 'Outcome 9 (withdrawn)' : (outcomes[outcome]?.[1] ?? null),
        dice.chance(0.01),
        dateTime(membership.end, 0),
        extended ? dateTime(membership.end + 180, 0) : null,
        extended ? 6 : null,
        dice.chance(0.1),
        dice.chance(0.3),
        null,
        dice.chance(0.9),
        dateTime(review + 365, 0),
        null,
        extended && dice.chance(0.2) ? `Agreed with ${identityAt(world, career.person).forenames}.` : null,
        amended(world, dice, review + 5),
        dice.chance(0.1),
        outcome + 1,
        next === undefined ? null : (world.gradeIds.get(next) ?? null),
        next ?? null,
      ];
    }
  },
};

/** Index into the list of outcomes: most are the first. */
function outcomeOf(dice: Dice): number {
  const share = dice.share();
  if (share < 0.75) return 0;
  if (share < 0.85) return 1;
  if (share < 0.9) return 2;
  return share < 0.97 ? 5 : dice.below(outcomes.length);
}

const reasonsGiven: RowSource = {
  database: 'assessments',
  table: 'AssessmentOutcomeReason',
  columns: ['id', 'assessmentOutcomeId', 'reasonId', 'other'],
  *rows(world) {
    let reasonRows = 0;
    for (const { id, dice, career } of assessmentsOf(world, reasonStream)) {
      const count = dice.chance(0.33) ? (dice.chance(0.3) ? 2 : 1) : 0;
      for (let turn = 0; turn < count; turn += 1) {
        reasonRows += 1;
        const reason = dice.below(outcomeReasons.length);
        yield [
          reasonRows,
          id,
          reason + 1,
          reason === 8 ? `Said by ${identityAt(world, career.person).forenames}.` : null,
        ];
      }
    }
  },
};

const revalidations: RowSource = {
  database: 'assessments',
  table: 'Revalidation',
  columns: [
    'id',
    'concernSummary',
    'responsibleOfficerComments',
    'amendedDate',
    'intrepidId',
    'knownConcerns',
  ],
  *rows(world) {
    for (const { id, review, dice, career } of assessmentsOf(world, revalidationStream)) {
      if (!dice.chance(0.6)) continue;
      const concerns = dice.chance(0.02);
      yield [
        id,
        concerns ? `Concern about ${identityAt(world, career.person).surname}.` : null,
        null,
        amended(world, dice, review + 5),
        null,
        concerns,
      ];
    }
  },
};

export const assessmentRows: readonly RowSource[] = [
  assessments,
  details,
  results,
  reasonsGiven,
  revalidations,
];
