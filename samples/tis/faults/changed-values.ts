import { grouped } from '../../../src/error/amount.ts';
import type { SampleDatabase } from '../database/sample-database.ts';
import { sampleError } from '../database/sample-error.ts';
import { driftedTraineeRole, traineeRole } from '../reference/roles.ts';
import { everyNth, type Fault } from './fault.ts';

/** Values that changed for many rows at once, and not because anything changed in the world. */
export const changedValues: readonly Fault[] = [
  {
    name: 'rename-role',
    describes: `spells the role "${traineeRole}" of every trainee "${driftedTraineeRole}", as in June 2021, when 17,000 trainees silently went missing`,
    async apply(database) {
      const persons = database.name('tcs', 'Person');
      const rows = await database.run(
        `UPDATE ${persons} SET "role" = REPLACE("role", '${traineeRole}', '${driftedTraineeRole}') WHERE REPLACE("role", '${traineeRole}', '') <> "role"`,
      );
      return `${grouped(rows)} people are "${driftedTraineeRole}" now.`;
    },
  },
  {
    name: 'rekey-memberships',
    describes:
      'gives every programme membership a new uuid with all else unchanged, as the split of 2022 did',
    async apply(database, options) {
      const table = (name: string) => database.name('tcs', name);
      const part = (from: number, length: number, column: string) =>
        `SUBSTRING(${hashed(database, column)} FROM ${from} FOR ${length})`;
      const renewed = (column: string) =>
        [
          part(1, 8, column),
          part(9, 4, column),
          part(13, 4, column),
          part(17, 4, column),
          part(21, 12, column),
        ].join(` || '-' || `);
      const some = (column: string) =>
        options.share === undefined
          ? 'TRUE'
          : `${hashed(database, column)} < '${sharePrefix(options.share)}'`;
      await database.run(
        `UPDATE ${table('CurriculumMembership')} SET "programmeMembershipUuid" = ${renewed('"programmeMembershipUuid"')} WHERE ${some('"programmeMembershipUuid"')}`,
      );
      await database.run(
        `UPDATE ${table('ConditionsOfJoining')} SET "programmeMembershipUuid" = ${renewed('"programmeMembershipUuid"')} WHERE ${some('"programmeMembershipUuid"')}`,
      );
      const rows = await database.run(
        `UPDATE ${table('ProgrammeMembership')} SET "uuid" = ${renewed('"uuid"')} WHERE ${some('"uuid"')}`,
      );
      return `${grouped(rows)} memberships have a new uuid and nothing else new.`;
    },
  },
  {
    name: 'rekey-curriculum-memberships',
    describes:
      'gives every curriculum membership a new id, as in December 2022, and leaves the assessments pointing at the old ones',
    async apply(database) {
      const rows = await database.run(
        `UPDATE ${database.name('tcs', 'CurriculumMembership')} SET "id" = "id" + 10000000`,
      );
      return `${grouped(rows)} curriculum memberships have a new id and nothing else new.`;
    },
  },
  {
    name: 'null-names',
    describes: 'takes the names from three people in ten',
    async apply(database, options) {
      const rows = await database.run(
        `UPDATE ${database.name('tcs', 'ContactDetails')} SET "surname" = NULL, "forenames" = NULL WHERE ${everyNth('"id"', options.share ?? 0.3, 170)}`,
      );
      return `${grouped(rows)} people have neither surname nor forenames now.`;
    },
  },
  {
    name: 'rename-office',
    describes:
      'writes a name that no list knows for the owner of every programme of East Midlands (or of Northern Ireland)',
    async apply(database) {
      const rows = await database.run(
        `UPDATE ${database.name('tcs', 'Programme')} SET "owner" = 'NHS Postgraduate Training (new)' WHERE "owner" IN ('East Midlands', 'Northern Ireland Medical and Dental Training Agency')`,
      );
      return `${grouped(rows)} programmes have an owner that no list knows.`;
    },
  },
  {
    name: 'double-office',
    describes:
      'adds a second office in use with a name that one has already, so that a join by name doubles rows',
    async apply(database) {
      const offices = database.name('reference', 'LocalOffice');
      await database.run(
        `INSERT INTO ${offices} ("id", "abbreviation", "name", "status") SELECT MAX("id") + 1, 'TWICE', MIN("name"), 'CURRENT' FROM ${offices} WHERE "status" = 'CURRENT'`,
      );
      return 'Two local offices in use have one name now.';
    },
  },
  {
    name: 'double-label',
    describes:
      'adds to each funding type in use a second one with its label, so that a label no longer tells which is meant',
    async apply(database) {
      const types = database.name('reference', 'FundingType');
      const rows = await database.run(
        `INSERT INTO ${types} ("id", "code", "label", "status") SELECT "id" + 100000, "code" || '-2', "label", 'CURRENT' FROM ${types} WHERE "status" = 'CURRENT'`,
      );
      return `${grouped(rows)} labels of funding types stand for two in use each.`;
    },
  },
  {
    name: 'new-code',
    describes: 'gives a twentieth of the placements a type that has never been seen',
    async apply(database, options) {
      const rows = await database.run(
        `UPDATE ${database.name('tcs', 'Placement')} SET "placementType" = 'Shadowing' WHERE ${everyNth('"id"', options.share ?? 0.05, 340)}`,
      );
      return `${grouped(rows)} placements are of the type "Shadowing", which no list knows.`;
    },
  },
  {
    name: 'hours-as-wte',
    describes: 'writes hours a week (37.5) as whole-time equivalent of a twentieth of the placements',
    async apply(database, options) {
      const rows = await database.run(
        `UPDATE ${database.name('tcs', 'Placement')} SET "placementWholeTimeEquivalent" = 37.5 WHERE ${everyNth('"id"', options.share ?? 0.05, 510)}`,
      );
      return `${grouped(rows)} placements have a whole-time equivalent of 37.5 now.`;
    },
  },
  {
    name: 'zero-dates',
    only: 'mysql',
    describes: 'writes 0000-00-00, which PostgreSQL has no date for, as end of a fifth of the placements',
    async apply(database, options) {
      const rows = await database.run(
        `UPDATE ${database.name('tcs', 'Placement')} SET "dateTo" = '0000-00-00' WHERE ${everyNth('"id"', options.share ?? 0.2, 680)}`,
      );
      return `${grouped(rows)} placements have no end that a calendar knows.`;
    },
  },
  {
    name: 'nul-in-text',
    only: 'mysql',
    describes: 'puts a NUL character into a tenth of the towns, which MySQL holds and PostgreSQL cannot',
    async apply(database, options) {
      const rows = await database.run(
        `UPDATE ${database.name('tcs', 'ContactDetails')} SET "address3" = CONCAT(COALESCE("address3", 'Lozqutown'), CHAR(0)) WHERE ${everyNth('"id"', options.share ?? 0.1, 850)}`,
      );
      return `${grouped(rows)} addresses hold a NUL now.`;
    },
  },
];

/** SQL of a text's SHA-256 in hexadecimal digits: MySQL has MD5() only by a component since 9.6. */
function hashed({ kind }: SampleDatabase, column: string): string {
  return kind === 'mysql'
    ? `SHA2(${column}, 256)`
    : `ENCODE(SHA256(CONVERT_TO(${column}::text, 'UTF8')), 'hex')`;
}

/** Hashes below this one are about so large a share of them all. */
function sharePrefix(share: number): string {
  if (!(share > 0 && share <= 1))
    throw sampleError(`A share lies above 0 and at most at 1, and is ${share}.`);
  return share === 1
    ? 'g'
    : Math.floor(share * 65_536)
        .toString(16)
        .padStart(4, '0');
}
