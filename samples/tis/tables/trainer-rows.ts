import { Dice, stream } from '../random/dice.ts';
import { blankSchools, cleanSchools, countries } from '../reference/code-lists.ts';
import { clockChange } from '../time/changeover.ts';
import { dateTime, dayOf, dayText } from '../time/day.ts';
import { personKindAt } from '../world/person-kind.ts';
import type { World } from '../world/world.ts';
import { amended } from './membership-rows.ts';
import type { RowSource } from './row-source.ts';

const qualificationStream = stream('qualification');
const approvalStream = stream('trainer-approval');
const absenceStream = stream('absence');

/** 2^53 and on: ids that a double cannot tell apart (H13). */
export function hugeId(ordinal: number): string {
  return (9_007_199_254_740_993n + BigInt(ordinal) * 2n).toString();
}

const qualifications: RowSource = {
  database: 'tcs',
  table: 'Qualification',
  columns: [
    'id',
    'qualification',
    'qualificationType',
    'qualificationAttainedDate',
    'medicalSchool',
    'countryOfQualification',
    'personId',
    'amendedDate',
    'intrepidId',
  ],
  *rows(world) {
    let id = 0;
    for (let person = 0; person < world.sizes.people; person += 1) {
      const bearer = world.people.bearerAt(person);
      const dice = new Dice(world.seed, qualificationStream, person);
      const planted = bearer?.part === 'huge-qualification-id' || bearer?.part === 'blank-medical-school';
      const count = planted ? 1 : personKindAt(world, person) === 'staff' ? 0 : dice.chance(0.22) ? 2 : 1;
      for (let turn = 0; turn < count; turn += 1) {
        id += 1;
        const school =
          bearer?.part === 'blank-medical-school'
            ? blankSchools[bearer.ordinal % blankSchools.length]
            : dice.pick(cleanSchools);
        yield [
          bearer?.part === 'huge-qualification-id' ? hugeId(bearer.ordinal) : id,
          dice.pick(['MBBS', 'MB ChB', 'BM BCh', 'BDS', 'MRCP', 'MRCS']),
          turn === 0 ? 'BASIC' : 'MEMBERSHIP',
          dayText(dayOf(1980 + dice.below(44), 7, 1 + dice.below(20))),
          school ?? null,
          dice.pick(countries),
          person + 1,
          amended(world, dice, world.today - dice.below(3000)),
          dice.chance(0.3) ? String(3_000_000 + id) : null,
        ];
      }
    }
  },
};

const trainerApprovals: RowSource = {
  database: 'tcs',
  table: 'TrainerApproval',
  columns: ['id', 'startDate', 'endDate', 'trainerType', 'approvalStatus', 'personId'],
  *rows(world) {
    let id = 0;
    for (let person = 0; person < world.sizes.people; person += 1) {
      const bearer = world.people.bearerAt(person);
      const dice = new Dice(world.seed, approvalStream, person);
      const planted = bearer?.part === 'huge-approval-id' || bearer?.part === 'approval-without-person';
      if (personKindAt(world, person) !== 'supervisor' || (!planted && !dice.chance(0.67))) continue;
      id += 1;
      const start = world.today - dice.below(2500);
      yield [
        bearer?.part === 'huge-approval-id' ? hugeId(bearer.ordinal) : id,
        dayText(start),
        dice.chance(0.8) ? dayText(start + 1095) : null,
        dice.pick(['Educational Supervisor', 'Clinical Supervisor', 'GP Trainer', 'Foundation Trainer']),
        start + 1095 >= world.today ? 'CURRENT' : 'EXPIRED',
        bearer?.part === 'approval-without-person' ? null : person + 1,
      ];
    }
  },
};

const absences: RowSource = {
  database: 'tcs',
  table: 'Absence',
  columns: ['id', 'personId', 'startDate', 'endDate', 'durationInDays', 'absenceAttendanceId', 'amendedDate'],
  *rows(world) {
    let id = 0;
    for (let person = 0; person < world.sizes.people; person += 1) {
      const bearer = world.people.bearerAt(person);
      const dice = new Dice(world.seed, absenceStream, person);
      const planted = bearer?.part === 'summer-absence' || bearer?.part === 'huge-absence-id';
      if (personKindAt(world, person) !== 'trainee' || (!planted && !dice.chance(0.5))) continue;
      id += 1;
      const days = 1 + dice.below(60);
      const start =
        bearer?.part === 'summer-absence'
          ? clockChange(world.trainingYear, 3)
          : world.today - 5 - dice.below(1200);
      yield [
        bearer?.part === 'huge-absence-id' ? hugeId(bearer.ordinal) : id,
        person + 1,
        // Payroll sends London's midnight in UTC, which in summer is the evening before (H10, H12).
        bearer?.part === 'summer-absence' ? dateTime(start, 23 * 3600) : dateTime(start, 0),
        dice.chance(0.9) ? dateTime(start + days - 1, 0) : null,
        days,
        absenceKey(world, id),
        amended(world, dice, start),
      ];
    }
  },
};

/** The payroll's number of an absence, ten places. */
function absenceKey(world: World, id: number): string {
  return `ZQ${String((world.region === 'nimdta' ? 50_000_000 : 10_000_000) + id)}`;
}

export const trainerRows: readonly RowSource[] = [qualifications, trainerApprovals, absences];
