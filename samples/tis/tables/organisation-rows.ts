import { Dice, stream, uuid } from '../random/dice.ts';
import { abolishedOffice, type Office } from '../reference/offices.ts';
import { organisationTypes, placeName } from '../reference/places.ts';
import { dayOf, dayText } from '../time/day.ts';
import {
  officeOfTrust,
  siteCode,
  siteDice,
  siteName,
  trustCode,
  trustOfSite,
} from '../world/organisation.ts';
import type { World } from '../world/world.ts';
import { referenceUuid } from './reference-rows.ts';
import type { RowSource } from './row-source.ts';

const trustStream = stream('trust');
const mappingStream = stream('office-mapping');

/** Ids of trusts and sites that no row has (H4). */
export const orphanTrustId = 990_001;

/** No postcode area is called ZZ; the digits vary so that a list does not look like one place. */
export function postcode(dice: Dice): string {
  return `ZZ${1 + dice.below(98)} ${dice.below(10)}ZQ`;
}

function officeName(office: Office, part: string | undefined): string {
  return part === 'old-office' ? (office.oldName ?? office.name) : office.name;
}

const localOffices: RowSource = {
  database: 'reference',
  table: 'LocalOffice',
  columns: ['id', 'abbreviation', 'name', 'status', 'postAbbreviation', 'uuid'],
  rows: (world) => {
    const rows = world.offices.map((office) => [
      office.id,
      office.abbreviation,
      office.name,
      'CURRENT',
      office.postAbbreviation,
      referenceUuid(world, 'LocalOffice', office.id),
    ]);
    if (world.region === 'nimdta') return rows;
    const { id, abbreviation, name } = abolishedOffice;
    return [...rows, [id, abbreviation, name, 'INACTIVE', null, referenceUuid(world, 'LocalOffice', id)]];
  },
};

const nameMappings: RowSource = {
  database: 'reference',
  table: 'LocalOfficeNameMapping',
  columns: ['uuid', 'oldName', 'newName', 'reason'],
  rows: (world) =>
    world.offices
      .filter((office) => office.oldName !== null)
      .map((office) => [
        uuid(new Dice(world.seed, mappingStream, office.id)),
        office.oldName,
        office.name,
        'Renamed in 2024',
      ]),
};

const trusts: RowSource = {
  database: 'reference',
  table: 'Trust',
  columns: [
    'code',
    'localOffice',
    'status',
    'trustKnownAs',
    'trustName',
    'trustNumber',
    'address',
    'postCode',
    'intrepidId',
    'id',
    'organizationTypeId',
  ],
  *rows(world) {
    for (let trust = 0; trust < world.sizes.trusts; trust += 1) {
      const dice = new Dice(world.seed, trustStream, trust);
      const name = `${placeName(trust)} and ${placeName(trust * 7 + 3)} NHS Trust`;
      const office = officeName(officeOfTrust(world, trust), world.trustPlan.bearerAt(trust)?.part);
      yield [
        trustCode(world, trust),
        office,
        dice.chance(0.9) ? 'CURRENT' : 'INACTIVE',
        name,
        name,
        trustCode(world, trust),
        `${1 + dice.below(90)} High Street, ${placeName(trust)}`,
        postcode(dice),
        String(50_000 + trust),
        trust + 1,
        1 + (trust % 2),
      ];
    }
  },
};

const sites: RowSource = {
  database: 'reference',
  table: 'Site',
  columns: [
    'siteCode',
    'startDate',
    'endDate',
    'trustCode',
    'localOffice',
    'siteName',
    'address',
    'postCode',
    'siteKnownAs',
    'siteNumber',
    'organisationalUnit',
    'intrepidId',
    'status',
    'id',
    'trustId',
    'organizationTypeId',
  ],
  *rows(world) {
    for (let site = 0; site < world.sizes.sites; site += 1) yield siteRow(world, site);
  },
};

function siteRow(world: World, site: number) {
  const dice = siteDice(world, site);
  const part = world.sitePlan.bearerAt(site)?.part;
  const trust = trustOfSite(world, site);
  const name = siteName(site) + (part === 'trailing-blank-name' ? ' ' : '');
  const closed = dice.chance(0.1);
  return [
    siteCode(world, site),
    dayText(dayOf(1990 + dice.below(20), 4, 1)),
    closed ? dayText(dayOf(2012 + dice.below(8), 3, 31)) : null,
    part === 'trust-disagrees' ? codeOfAnotherTrust(world, trust) : trustCode(world, trust),
    officeName(officeOfTrust(world, trust), part),
    name,
    `${1 + dice.below(200)} Station Road, ${placeName(site)}`,
    postcode(dice),
    name.trim(),
    String(10_000 + site),
    null,
    dice.chance(0.5) ? String(700_000 + site) : null,
    closed ? 'INACTIVE' : 'CURRENT',
    site + 1,
    part === 'orphan-trust' ? orphanTrustId : trust + 1,
    1 + dice.below(organisationTypes.length),
  ];
}

/** The next trust may share this one's code; then it is the one after. */
function codeOfAnotherTrust(world: World, trust: number): string {
  const own = trustCode(world, trust);
  const next = trustCode(world, (trust + 1) % world.sizes.trusts);
  return next === own ? trustCode(world, (trust + 2) % world.sizes.trusts) : next;
}

const organisationTypeRows: RowSource = {
  database: 'reference',
  table: 'OrganizationType',
  columns: ['id', 'uuid', 'code', 'label', 'status'],
  rows: (world) =>
    organisationTypes.map((label, at) => [
      at + 1,
      referenceUuid(world, 'OrganizationType', at),
      label.toUpperCase().replaceAll(' ', '_'),
      label,
      'CURRENT',
    ]),
};

const grades: RowSource = {
  database: 'reference',
  table: 'Grade',
  columns: [
    'abbreviation',
    'name',
    'label',
    'trainingGrade',
    'postGrade',
    'placementGrade',
    'status',
    'id',
    'intrepidId',
    'uuid',
  ],
  rows: (world) =>
    world.grades.map((grade) => [
      grade.abbreviation,
      grade.name,
      grade.name,
      grade.training,
      grade.post,
      grade.placement,
      grade.current ? 'CURRENT' : 'INACTIVE',
      grade.id,
      String(300 + grade.id),
      referenceUuid(world, 'Grade', grade.id),
    ]),
};

const designatedBodies: RowSource = {
  database: 'reference',
  table: 'DBC',
  columns: ['id', 'dbc', 'name', 'abbr', 'status', 'uuid', 'type', 'internal'],
  rows: (world) =>
    world.offices.map((office) => [
      office.id,
      `1-ZZ${String(office.id).padStart(5, '0')}`,
      office.name,
      office.abbreviation,
      'CURRENT',
      referenceUuid(world, 'DBC', office.id),
      'LETBs',
      true,
    ]),
};

export const organisationRows: readonly RowSource[] = [
  localOffices,
  nameMappings,
  organisationTypeRows,
  trusts,
  sites,
  grades,
  designatedBodies,
];
