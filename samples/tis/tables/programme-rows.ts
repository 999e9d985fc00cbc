import { Dice, stream, uuid } from '../random/dice.ts';
import {
  colleges,
  specialtyCode,
  specialtyGroups,
  specialtyName,
  specialtyTypeNames,
} from '../reference/specialties.ts';
import { trainings } from '../reference/training.ts';
import { programmeAt, specialtyOfCurriculum } from '../world/programme.ts';
import type { World } from '../world/world.ts';
import type { RowSource } from './row-source.ts';

const specialtyStream = stream('specialty');
const curriculumStream = stream('curriculum');
const programmeCurriculumStream = stream('programme-curriculum');

/** Texts where an id should stand (H5); the first is an id with a blank before it, which a strict reading refuses. */
export const unparsedIds = [' 17', 'n/a', '12a', 'See notes', '1.5', '-'] as const;
/** An id of a specialty that no row has. */
export const orphanSpecialtyId = 990_001;

const groups: RowSource = {
  database: 'tcs',
  table: 'SpecialtyGroup',
  columns: ['id', 'name', 'intrepidId', 'uuid'],
  rows: (world) =>
    specialtyGroups.map((name, at) => [
      at + 1,
      name,
      String(400 + at),
      uuid(new Dice(world.seed, specialtyStream, -1 - at)),
    ]),
};

const specialties: RowSource = {
  database: 'tcs',
  table: 'Specialty',
  columns: [
    'id',
    'status',
    'college',
    'specialtyCode',
    'specialtyGroupId',
    'intrepidId',
    'name',
    'uuid',
    'blockIndemnity',
  ],
  *rows(world) {
    for (let specialty = 0; specialty < world.sizes.specialties; specialty += 1) {
      const dice = new Dice(world.seed, specialtyStream, specialty);
      yield [
        specialty + 1,
        specialty < 62 || dice.chance(0.6) ? 'CURRENT' : 'INACTIVE',
        dice.chance(0.9) ? dice.pick(colleges)[1] : null,
        specialtyCode(specialty),
        dice.chance(0.95) ? 1 + dice.below(specialtyGroups.length) : null,
        String(1000 + specialty),
        specialtyName(specialty),
        uuid(dice),
        dice.chance(0.3) ? 1 : 0,
      ];
    }
  },
};

const specialtyTypes: RowSource = {
  database: 'tcs',
  table: 'SpecialtyTypes',
  columns: ['specialtyId', 'specialtyType', 'uuid'],
  *rows(world) {
    for (let specialty = 0; specialty < world.sizes.specialties; specialty += 1) {
      const dice = new Dice(world.seed, specialtyStream, 100_000 + specialty);
      for (const type of specialtyTypeNames) {
        if (type === 'CURRICULUM' || dice.chance(0.6)) yield [specialty + 1, type, uuid(dice)];
      }
    }
  },
};

const curricula: RowSource = {
  database: 'tcs',
  table: 'Curriculum',
  columns: [
    'id',
    'name',
    'curriculumSubType',
    'assessmentType',
    'doesThisCurriculumLeadToCct',
    'periodOfGrace',
    'intrepidId',
    'specialtyId',
    'status',
    'length',
    'uuid',
    'eligibleForPeriodOfGrace',
  ],
  *rows(world) {
    for (let curriculum = 0; curriculum < world.sizes.curricula; curriculum += 1) {
      const dice = new Dice(world.seed, curriculumStream, curriculum);
      const training = trainings[world.kindOfCurriculum[curriculum] ?? 'specialty'];
      yield [
        curriculum + 1,
        curriculumName(world, curriculum),
        training.curriculumSubType,
        dice.chance(0.9) ? 'ARCP' : 'RITA',
        training.cct,
        training.cct ? training.grace : dice.pick([null, 0, 6]),
        String(2000 + curriculum),
        specialtyText(world, curriculum),
        dice.chance(0.7) ? 'CURRENT' : 'INACTIVE',
        training.years * 12,
        uuid(dice),
        training.cct ? 1 : 0,
      ];
    }
  },
};

export function curriculumName(world: World, curriculum: number): string {
  const edition = 2007 + (Math.floor(curriculum / world.sizes.specialties) % 17);
  return `${specialtyName(specialtyOfCurriculum(world, curriculum))} ${edition}`;
}

function specialtyText(world: World, curriculum: number): string | null {
  const bearer = world.curriculumPlan.bearerAt(curriculum);
  if (bearer?.part === 'specialty-null') return null;
  if (bearer?.part === 'specialty-orphan') return String(orphanSpecialtyId);
  if (bearer?.part === 'specialty-unparsed') return unparsedIds[bearer.ordinal % unparsedIds.length] ?? '-';
  return String(specialtyOfCurriculum(world, curriculum) + 1);
}

const programmes: RowSource = {
  database: 'tcs',
  table: 'Programme',
  columns: ['id', 'status', 'owner', 'programmeName', 'programmeNumber', 'intrepidId'],
  *rows(world) {
    for (let index = 0; index < world.sizes.programmes; index += 1) {
      const programme = programmeAt(world, index);
      yield [
        programme.id,
        programme.active ? 'CURRENT' : 'INACTIVE',
        programme.owner,
        programme.name,
        programme.number,
        index % 3 === 0 ? null : String(30_000 + index),
      ];
    }
  },
};

const programmeCurricula: RowSource = {
  database: 'tcs',
  table: 'ProgrammeCurriculum',
  columns: ['programmeId', 'curriculumId', 'gmcProgrammeCode', 'id'],
  *rows(world) {
    let id = 0;
    for (let index = 0; index < world.sizes.programmes; index += 1) {
      const dice = new Dice(world.seed, programmeCurriculumStream, index);
      for (const curriculum of programmeAt(world, index).curricula) {
        id += 1;
        yield [
          index + 1,
          curriculum + 1,
          dice.chance(0.8)
            ? `${world.programmes.officeOf(index).abbreviation}${1000 + dice.below(9000)}`
            : null,
          id,
        ];
      }
    }
  },
};

const rotations: RowSource = {
  database: 'tcs',
  table: 'Rotation',
  columns: ['id', 'intrepidId', 'programmeId', 'name', 'status'],
  *rows(world) {
    for (let rotation = 0; rotation * 4 < world.sizes.programmes; rotation += 1) {
      yield [
        rotation + 1,
        rotation % 2 === 0 ? 60_000 + rotation : null,
        rotation * 4 + 1,
        rotationName(rotation),
        rotation % 9 === 8 ? 'INACTIVE' : 'CURRENT',
      ];
    }
  },
};

/** Every fourth programme has one rotation. */
export function rotationOfProgramme(programme: number): number | undefined {
  return programme % 4 === 0 ? programme / 4 : undefined;
}

export function rotationName(rotation: number): string {
  return `Rotation ${rotation + 1}`;
}

export const programmeRows: readonly RowSource[] = [
  groups,
  specialties,
  specialtyTypes,
  curricula,
  programmes,
  programmeCurricula,
  rotations,
];
