import { Dice, stream } from '../random/dice.ts';
import { unknownOwners, type Office } from '../reference/offices.ts';
import { specialtyForKind, specialtyName } from '../reference/specialties.ts';
import type { TrainingKind } from '../reference/training.ts';
import { remembered } from './remember.ts';
import type { World } from './world.ts';

const curriculaStream = stream('programme-curricula');

export interface Programme {
  readonly id: number;
  readonly kind: TrainingKind;
  readonly office: Office;
  readonly active: boolean;
  /** As it stands in the record, which may be an old name, an unknown one or none (H7, H8). */
  readonly owner: string | null;
  readonly number: string | null;
  readonly name: string;
  /** Indexes of its two curricula; the first is what its posts train for. */
  readonly curricula: readonly [number, number];
}

/** Kept in a world of any size: there are few programmes, and every membership and assessment asks for one. */
export const programmeAt = remembered(makeProgramme, Infinity);

function makeProgramme(world: World, index: number): Programme {
  const kind = world.programmes.kindOf(index);
  const office = world.programmes.officeOf(index);
  const part = world.programmePlan.bearerAt(index);
  const number = `${office.postAbbreviation ?? 'XXX'}${String(index + 1).padStart(5, '0')}`;
  const curricula = drawCurricula(world, index);
  return {
    id: index + 1,
    kind,
    office,
    active: world.programmes.isActive(index),
    owner: ownerText(office, part?.part, part?.ordinal ?? 0),
    number: part?.part === 'no-number' ? null : number,
    name: `${specialtyName(specialtyOfCurriculum(world, curricula[0]))} ${office.name}`,
    curricula,
  };
}

export function curriculaOf(world: World, programme: number): readonly [number, number] {
  return programmeAt(world, programme).curricula;
}

function drawCurricula(world: World, programme: number): readonly [number, number] {
  const dice = new Dice(world.seed, curriculaStream, programme);
  const choices = world.curriculaOfKind[world.programmes.kindOf(programme)];
  const first = dice.below(choices.length);
  const second = choices.length === 1 ? first : (first + 1 + dice.below(choices.length - 1)) % choices.length;
  return [choices[first] ?? 0, choices[second] ?? 0];
}

/** The index of the specialty that a curriculum trains for. */
export function specialtyOfCurriculum(world: World, curriculum: number): number {
  return specialtyForKind(
    world.kindOfCurriculum[curriculum] ?? 'specialty',
    curriculum,
    world.sizes.specialties,
  );
}

/** The index of the specialty that a programme's posts are in. */
export function specialtyOfProgramme(world: World, programme: number): number {
  return specialtyOfCurriculum(world, curriculaOf(world, programme)[0]);
}

/** An office's name as posts and programmes write it: right, outdated, of no office at all, or missing. */
export function ownerText(office: Office, part: string | undefined, ordinal: number): string | null {
  if (part === 'old-owner') return office.oldName ?? office.name;
  if (part === 'unknown-owner') return unknownOwners[ordinal % unknownOwners.length] ?? unknownOwners[0];
  if (part === 'no-owner') return null;
  return office.name;
}
