import { Dice, stream } from '../random/dice.ts';
import { ethnicOrigins, nationalities, permitsToWork } from '../reference/code-lists.ts';
import { dayOf, dayText } from '../time/day.ts';
import { identityAt } from '../world/identity.ts';
import { regulatorOf } from '../world/registration.ts';
import { amended } from './membership-rows.ts';
import type { RowSource } from './row-source.ts';

const detailsStream = stream('personal-details');
const registrationStream = stream('registration');
const rightStream = stream('right-to-work');

/** What stands where a registration number should (H17). */
export const nonNumbers = [
  'UNKNOWN',
  'N/A',
  '0',
  'Retired',
  'TBC',
  '',
  ' ',
  'unknown',
  'n/a',
  'Unknown',
  'None',
  '-',
  '0000000',
  '?',
] as const;
const personalDetails: RowSource = {
  database: 'tcs',
  table: 'PersonalDetails',
  columns: [
    'id',
    'maritalStatus',
    'dateOfBirth',
    'gender',
    'nationality',
    'dualNationality',
    'sexualOrientation',
    'religiousBelief',
    'ethnicOrigin',
    'disability',
    'disabilityDetails',
    'nationalInsuranceNumber',
    'amendedDate',
  ],
  *rows(world) {
    for (let person = 0; person < world.sizes.people; person += 1) {
      const bearer = world.people.bearerAt(person);
      const dice = new Dice(world.seed, detailsStream, person);
      const disability = dice.pick(['YES', 'NO', 'NO', 'NO', 'NO', 'NO', 'NOT_STATED']);
      const drifted = bearer?.part === 'drifted-disability';
      const born = dayOf(1950 + dice.below(50), 1, 1) + dice.below(365);
      const impossible = { lax: bearer?.ordinal === 0 ? '1990-02-30' : '1987-00-12' };
      yield [
        person + 1,
        dice.chance(0.6) ? dice.pick(['Single', 'Married', 'Divorced', 'Not stated']) : null,
        bearer?.part === 'impossible-birth-date' ? impossible : dayText(born),
        dice.pick(['MALE', 'FEMALE', 'FEMALE', 'MALE', 'UNKNOWN']),
        dice.pick(nationalities),
        dice.chance(0.05) ? dice.pick(nationalities) : null,
        dice.chance(0.5) ? dice.pick(['Heterosexual', 'Gay or lesbian', 'I do not wish to disclose']) : null,
        dice.chance(0.5) ? 'I do not wish to disclose' : null,
        dice.chance(0.8) ? dice.pick(ethnicOrigins) : null,
        drifted ? 'yes' : disability,
        disability === 'YES' && dice.chance(0.3) ? 'Mozqu adjustments agreed with the trust.' : null,
        dice.chance(0.7)
          ? `ZQ${String(person + 1).padStart(6, '0')}${dice.pick(['A', 'B', 'C', 'D'])}`
          : null,
        amended(world, dice, world.today - dice.below(3000)),
      ];
    }
  },
};

const gmcDetails: RowSource = {
  database: 'tcs',
  table: 'GmcDetails',
  columns: ['id', 'gmcNumber', 'gmcStatus', 'gmcStartDate', 'gmcEndDate', 'amendedDate'],
  *rows(world) {
    for (let person = 0; person < world.sizes.people; person += 1) {
      const bearer = world.people.bearerAt(person);
      if (regulatorOf(world, person) !== 'GMC' && bearer?.part !== 'duplicate-person') continue;
      const dice = new Dice(world.seed, registrationStream, person);
      const nonNumber =
        bearer?.part === 'unknown-gmc-number' ? nonNumbers[bearer.ordinal % nonNumbers.length] : undefined;
      const start = dayOf(1985 + dice.below(38), 8, 1);
      yield [
        person + 1,
        nonNumber ?? identityAt(world, person).gmcNumber,
        dice.pick([
          'Registered with Licence',
          'Registered with Licence',
          'Registered with Licence',
          'Provisionally Registered with Licence',
          'Registered without a licence',
        ]),
        dayText(start),
        bearer?.part === 'zero-gmc-end-date'
          ? { lax: '0000-00-00' }
          : dice.chance(0.1)
            ? dayText(start + 9000)
            : null,
        amended(world, dice, world.today - dice.below(3000)),
      ];
    }
  },
};

const gdcDetails: RowSource = {
  database: 'tcs',
  table: 'GdcDetails',
  columns: ['id', 'gdcNumber', 'gdcStatus', 'gdcStartDate', 'gdcEndDate', 'amendedDate'],
  *rows(world) {
    for (let person = 0; person < world.sizes.people; person += 1) {
      if (regulatorOf(world, person) !== 'GDC') continue;
      const dice = new Dice(world.seed, registrationStream, person);
      yield [
        person + 1,
        identityAt(world, person).gdcNumber,
        dice.chance(0.95) ? '1' : '2',
        dayText(dayOf(1995 + dice.below(28), 9, 1)),
        null,
        amended(world, dice, world.today - dice.below(3000)),
      ];
    }
  },
};

const rightToWork: RowSource = {
  database: 'tcs',
  table: 'RightToWork',
  columns: [
    'id',
    'eeaResident',
    'permitToWork',
    'settled',
    'visaIssued',
    'visaValidTo',
    'visaDetails',
    'amendedDate',
  ],
  *rows(world) {
    for (let person = 0; person < world.sizes.people; person += 1) {
      const part = world.people.bearerAt(person)?.part;
      const dice = new Dice(world.seed, rightStream, person);
      if (part !== 'unknown-permit' && !dice.chance(0.6)) continue;
      const visa = dice.chance(0.2);
      const issued = world.today - dice.below(1500);
      yield [
        person + 1,
        dice.pick(['YES', 'NO', 'UNKNOWN']),
        part === 'unknown-permit' ? 'PAPER_PERMIT_1998' : dice.pick(permitsToWork)[0],
        dice.pick(['YES', 'NO', 'NOT APPLICABLE']),
        visa ? dayText(issued) : null,
        visa ? dayText(issued + 1500) : null,
        visa && dice.chance(0.3) ? `Visa seen by ${identityAt(world, person).surname}.` : null,
        amended(world, dice, issued),
      ];
    }
  },
};

export const personDetailRows: readonly RowSource[] = [personalDetails, gmcDetails, gdcDetails, rightToWork];
