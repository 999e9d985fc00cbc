import type { Cell, Row } from '../database/cell.ts';
import { Dice, stream, uuid } from '../random/dice.ts';
import {
  blankSchools,
  cleanSchools,
  codeListOf,
  codeLists,
  countries,
  ethnicOrigins,
  fundingReasons,
  fundingSubTypes,
  fundingTypes,
  leavingDestinations,
  nationalities,
  permitsToWork,
  type CodeAndLabel,
} from '../reference/code-lists.ts';
import {
  clinicalSupervisorRoles,
  educationalSupervisorRoles,
  leaveApproverRoles,
  otherRoles,
  roleCategories,
} from '../reference/roles.ts';
import { colleges } from '../reference/specialties.ts';
import { findTable } from '../schema/tables.ts';
import type { World } from '../world/world.ts';
import type { RowSource } from './row-source.ts';

const status = 'CURRENT';
const listStream = stream('reference-list');

/** Ids that other tables point at: the same in each region, drawn from the name alone. */
export function referenceUuid(world: World, list: string, index: number): string {
  return uuid(new Dice(world.seed ^ stream(list), listStream, index));
}

function reference(
  table: string,
  columns: readonly string[],
  rows: (world: World) => readonly Row[],
): RowSource {
  return { database: 'reference', table, columns, rows };
}

/** A list of codes. Most of the real tables have a label besides, and most a uuid. */
function codeList(table: string, entriesOf: (world: World) => readonly CodeAndLabel[]): RowSource {
  const exists = new Set(findTable('reference', table).columns.map((column) => column.name));
  const columns = ['id', 'code', 'label', 'status', 'uuid'].filter((column) => exists.has(column));
  return reference(table, columns, (world) =>
    entriesOf(world).map(([code, label], at) => {
      const cells: Record<string, Cell> = {
        id: at + 1,
        code,
        label,
        status,
        uuid: referenceUuid(world, table, at),
      };
      return columns.map((column) => cells[column] ?? null);
    }),
  );
}

const listNames = Object.keys(codeLists).filter((name): name is keyof typeof codeLists => name in codeLists);

const roles = [
  ...clinicalSupervisorRoles.map((code) => [code, 1] as const),
  ...educationalSupervisorRoles.map((code) => [code, 2] as const),
  ...otherRoles.map((code) => [code, 3] as const),
  ...leaveApproverRoles.map((code) => [code, 4] as const),
];

export const referenceRows: readonly RowSource[] = [
  ...listNames.map((name) => codeList(name, (world) => codeListOf(name, world.region))),
  codeList('PermitToWork', () => permitsToWork),
  codeList('MedicalSchool', () =>
    [...cleanSchools, ...blankSchools].map((label, at) => [`MS${at + 1}`, label]),
  ),
  codeList('LeavingDestination', () => leavingDestinations.map((label) => [label, label])),
  reference('Role', ['id', 'code', 'label', 'status', 'categoryId', 'uuid'], (world) =>
    roles.map(([code, category], at) => [
      at + 1,
      code,
      code,
      status,
      category,
      referenceUuid(world, 'Role', at),
    ]),
  ),
  reference('RoleCategory', ['id', 'name', 'uuid'], (world) =>
    roleCategories.map((name, at) => [at + 1, name, referenceUuid(world, 'RoleCategory', at)]),
  ),
  reference('EthnicOrigin', ['id', 'code', 'status', 'uuid'], (world) =>
    ethnicOrigins.map((code, at) => [at + 1, code, status, referenceUuid(world, 'EthnicOrigin', at)]),
  ),
  reference('College', ['id', 'abbreviation', 'name', 'status', 'uuid'], (world) =>
    colleges.map(([abbreviation, name], at) => [
      at + 1,
      abbreviation,
      name,
      status,
      referenceUuid(world, 'College', at),
    ]),
  ),
  reference('Country', ['id', 'countryNumber', 'nationality', 'status', 'uuid'], (world) =>
    countries.map((country, at) => [
      at + 1,
      String(900 + at),
      country,
      status,
      referenceUuid(world, 'Country', at),
    ]),
  ),
  reference('Nationality', ['id', 'countryNumber', 'nationality', 'status', 'uuid'], (world) =>
    nationalities.map((nationality, at) => [
      at + 1,
      String(900 + at),
      nationality,
      status,
      referenceUuid(world, 'Nationality', at),
    ]),
  ),
  reference('FundingType', ['id', 'code', 'label', 'status', 'uuid', 'allowDetails'], (world) =>
    fundingTypes.map(([code, label, state], at) => [
      at + 1,
      code,
      label,
      state,
      referenceUuid(world, 'FundingType', at),
      code === 'OTHER',
    ]),
  ),
  reference('FundingSubType', ['id', 'code', 'label', 'parentId', 'status'], (world) =>
    fundingSubTypes.map((label, at) => [
      referenceUuid(world, 'FundingSubType', at),
      label.toUpperCase().replaceAll(' ', '_'),
      label,
      (at % 3) + 1,
      status,
    ]),
  ),
  reference('FundingReason', ['id', 'reason', 'status'], (world) =>
    fundingReasons.map((reason, at) => [referenceUuid(world, 'FundingReason', at), reason, status]),
  ),
];
