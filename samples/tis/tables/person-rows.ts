import type { Row } from '../database/cell.ts';
import type { PersonPart } from '../hazards/parts.ts';
import { Dice, stream } from '../random/dice.ts';
import { placeName } from '../reference/places.ts';
import {
  clinicalSupervisorRoles,
  driftedTraineeRole,
  educationalSupervisorRoles,
  leaveApproverRoles,
  staffRoles,
  traineeRole,
} from '../reference/roles.ts';
import { dateTime } from '../time/day.ts';
import { careerOf, type Career } from '../world/career.ts';
import { identityAt } from '../world/identity.ts';
import { personKindAt, type PersonKind } from '../world/person-kind.ts';
import type { World } from '../world/world.ts';
import { amended } from './membership-rows.ts';
import { postcode } from './organisation-rows.ts';
import type { RowSource } from './row-source.ts';

const personStream = stream('person');
const contactStream = stream('contact');

const people: RowSource = {
  database: 'tcs',
  table: 'Person',
  columns: [
    'id',
    'intrepidId',
    'addedDate',
    'amendedDate',
    'role',
    'status',
    'comments',
    'inactiveDate',
    'inactiveNotes',
    'publicHealthNumber',
    'regulator',
  ],
  *rows(world) {
    for (let person = 0; person < world.sizes.people; person += 1) yield personRow(world, person);
  },
};

function personRow(world: World, person: number): Row {
  const career = careerOf(world, person);
  const kind = personKindAt(world, person);
  const dice = new Dice(world.seed, personStream, person);
  const part = career.bearer?.part;
  const added = world.today - 1 - dice.below(4000);
  const deleted = part === 'soft-deleted-person';
  const status = statusOf(world, career);
  const training = career.memberships[0]?.kind;
  return [
    person + 1,
    dice.chance(0.4) ? String(2_000_000 + person) : null,
    dateTime(added, dice.below(86_400)),
    amended(world, dice, added + dice.below(2000)),
    roleOf(dice, kind, training === 'dental', career.bearer?.part, career.bearer?.ordinal ?? 0),
    status,
    dice.chance(0.01) ? `Spoke to ${identityAt(world, person).forenames} about the form.` : null,
    deleted || (status === 'INACTIVE' && dice.chance(0.3))
      ? dateTime(world.today - 1 - dice.below(600), 0)
      : null,
    deleted ? `Duplicate of ${identityAt(world, person).surname}.` : null,
    training === 'public-health' ? identityAt(world, person).publicHealthNumber : null,
    kind === 'staff' ? null : training === 'dental' ? 'GDC' : 'GMC',
  ];
}

/** CURRENT if and only if a membership with both dates spans today: the nightly rule. Some are stale (H19) or deleted (H18). */
export function statusOf(world: World, career: Career): string | null {
  const part = career.bearer?.part;
  if (part === 'no-status') return null;
  if (part === 'soft-deleted-person') return 'DELETE';
  const dated = part !== 'membership-without-start' && part !== 'membership-without-end';
  const current =
    career.recorded &&
    dated &&
    career.memberships.some(({ start, end }) => start <= world.today && end >= world.today);
  const stale = part === 'stale-current' || part === 'stale-inactive';
  return current !== stale ? 'CURRENT' : 'INACTIVE';
}

function roleOf(
  dice: Dice,
  kind: PersonKind,
  dentist: boolean,
  part: PersonPart | undefined,
  ordinal: number,
): string | null {
  switch (part) {
    case 'drifted-role':
      return driftedTraineeRole;
    case 'placeholder':
      return ordinal % 2 === 0 ? `${traineeRole},Placeholder` : `placeholder,${traineeRole}`;
    case 'dummy-record':
      return `Dummy Record,${traineeRole}`;
    case 'role-near-miss':
      return `${traineeRole},Placeholder Coordinator`;
    case 'blanks-in-roles':
      return ` ${traineeRole} , SelfService.LeaveApplicant,`;
    case 'supervisor-substring':
      return clinicalSupervisorRoles[1 + (ordinal % 10)] ?? null;
    default:
      return chanceRole(dice, kind, dentist);
  }
}

function chanceRole(dice: Dice, kind: PersonKind, dentist: boolean): string | null {
  if (kind === 'trainee') {
    const role = dentist ? 'Dentist in Training' : traineeRole;
    return dice.chance(0.2) ? `${role},SelfService.LeaveApplicant` : role;
  }
  if (kind === 'approver') return dice.pick(leaveApproverRoles);
  if (kind === 'staff') return dice.chance(0.1) ? null : dice.pick(staffRoles);
  const clinical = dice.chance(0.7);
  const educational = !clinical || dice.chance(0.4);
  return [
    ...(clinical ? [clinicalSupervisorRoles[0]] : []),
    ...(educational ? [educationalSupervisorRoles[0]] : []),
    ...(dice.chance(0.05) ? ['Leave.Approver.NonAdministrator'] : []),
  ].join(',');
}

const contactDetails: RowSource = {
  database: 'tcs',
  table: 'ContactDetails',
  columns: [
    'id',
    'surname',
    'forenames',
    'knownAs',
    'maidenName',
    'initials',
    'title',
    'telephoneNumber',
    'mobileNumber',
    'email',
    'workEmail',
    'postCode',
    'legalSurname',
    'legalForenames',
    'address1',
    'address2',
    'address3',
    'address4',
    'country',
    'amendedDate',
  ],
  *rows(world) {
    for (let person = 0; person < world.sizes.people; person += 1) {
      const part = world.people.bearerAt(person)?.part;
      if (part !== 'no-contact-row') yield contactRow(world, person, part);
    }
  },
};

function contactRow(world: World, person: number, part: PersonPart | undefined): Row {
  const identity = identityAt(world, person);
  const dice = new Dice(world.seed, contactStream, person);
  const surname = part === 'no-surname' ? null : identity.surname;
  const hasAddress = dice.chance(0.8);
  const town = placeName(dice.below(700)).toLowerCase();
  return [
    person + 1,
    surname,
    identity.forenames,
    dice.chance(0.1) ? (identity.forenames.split(' ')[0] ?? null) : null,
    dice.chance(0.05) ? `Mazqu${town}` : null,
    identity.initials,
    identity.title,
    dice.chance(0.5) ? `01632 960${threeDigits(dice)}` : null,
    dice.chance(0.8) ? `07700 900${threeDigits(dice)}` : null,
    part === 'no-email' ? null : identity.email,
    dice.chance(0.2) ? `w.${identity.email}` : null,
    hasAddress ? postcode(dice) : null,
    surname,
    identity.forenames,
    hasAddress ? `${1 + dice.below(200)} Hazqu${town} Road` : null,
    hasAddress && dice.chance(0.2) ? `Flat ${1 + dice.below(30)}, Kezqu${town} House` : null,
    hasAddress ? `Lozqu${town}` : null,
    hasAddress && dice.chance(0.3) ? `Mozqu${town}shire` : null,
    hasAddress ? 'United Kingdom' : null,
    amended(world, dice, world.today - dice.below(3000)),
  ];
}

function threeDigits(dice: Dice): string {
  return String(dice.below(1000)).padStart(3, '0');
}

export const personRows: readonly RowSource[] = [people, contactDetails];
