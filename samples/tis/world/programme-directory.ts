import { Dice, stream } from '../random/dice.ts';
import type { Office } from '../reference/offices.ts';
import { trainingKinds, trainings, type TrainingKind } from '../reference/training.ts';

/** Kind, office and state of every programme, kept since every membership asks for them. Some bytes a programme. */
export interface ProgrammeDirectory {
  kindOf(programme: number): TrainingKind;
  officeOf(programme: number): Office;
  isActive(programme: number): boolean;
  /** Programmes of a kind in an office, or of that kind anywhere if the office has none. */
  choicesFor(kind: TrainingKind, office: Office, onlyActive: boolean): readonly number[];
}

const programmeStream = stream('programme');
const curriculumStream = stream('curriculum-kind');

/**
 * The first programmes are set by hand, so that the smallest sample has one of each kind. Programme 0 is the one whose
 * doctors stand on the edges of the Leave Manager's window: of the specialty kind, active, of the first office, which
 * was the first to use it.
 */
export function drawProgrammes(seed: number, count: number, owning: readonly Office[]): ProgrammeDirectory {
  const kinds: TrainingKind[] = [];
  const officeOf: Office[] = [];
  const active: boolean[] = [];
  const lists = new Map<string, number[]>();
  const file = (key: string, programme: number) => {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [programme]);
    else list.push(programme);
  };

  for (let programme = 0; programme < count; programme += 1) {
    const dice = new Dice(seed, programmeStream, programme);
    const early = firstKinds[programme];
    const kind = early ?? drawKind(dice);
    const office = early === undefined ? byWeight(owning, dice) : first(owning);
    const isActive = early !== undefined || dice.chance(0.55);
    kinds.push(kind);
    officeOf.push(office);
    active.push(isActive);
    for (const who of [`${office.id}`, 'any']) {
      file(`${kind}/${who}/all`, programme);
      if (isActive) file(`${kind}/${who}/active`, programme);
    }
  }

  return {
    kindOf: (programme) => at(kinds, programme),
    officeOf: (programme) => at(officeOf, programme),
    isActive: (programme) => at(active, programme),
    choicesFor(kind, office, onlyActive) {
      const state = onlyActive ? 'active' : 'all';
      return lists.get(`${kind}/${office.id}/${state}`) ?? lists.get(`${kind}/any/${state}`) ?? [];
    },
  };
}

const firstKinds: readonly TrainingKind[] = [
  'specialty',
  'foundation',
  'gp',
  'core',
  'dental',
  'public-health',
];

/** The kind of each curriculum; the first ones are one of each. */
export function drawCurriculumKinds(seed: number, count: number): readonly TrainingKind[] {
  return Array.from(
    { length: count },
    (_, curriculum) => trainingKinds[curriculum] ?? drawKind(new Dice(seed, curriculumStream, curriculum)),
  );
}

export function curriculaByKind(kinds: readonly TrainingKind[]): Record<TrainingKind, readonly number[]> {
  const lists: Record<TrainingKind, number[]> = {
    foundation: [],
    gp: [],
    core: [],
    specialty: [],
    dental: [],
    'public-health': [],
  };
  for (const [curriculum, kind] of kinds.entries()) lists[kind].push(curriculum);
  return lists;
}

function drawKind(dice: Dice): TrainingKind {
  let left = dice.below(100);
  for (const kind of trainingKinds) {
    left -= trainings[kind].weight;
    if (left < 0) return kind;
  }
  return 'specialty';
}

export function byWeight(offices: readonly Office[], dice: Dice): Office {
  let left = dice.below(offices.reduce((sum, office) => sum + office.weight, 0));
  for (const office of offices) {
    left -= office.weight;
    if (left < 0) return office;
  }
  return first(offices);
}

function first(offices: readonly Office[]): Office {
  return at(offices, 0);
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`There is no number ${index} in a list of ${list.length}.`);
  return found;
}
