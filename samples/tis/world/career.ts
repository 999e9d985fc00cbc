import type { Bearer } from '../hazards/plan.ts';
import { isCurrentTraineePart, type PersonPart } from '../hazards/parts.ts';
import { Dice, stream } from '../random/dice.ts';
import type { Office } from '../reference/offices.ts';
import { paths, trainings, type TrainingKind } from '../reference/training.ts';
import { changeover, monthIndexOf } from '../time/changeover.ts';
import type { Day } from '../time/day.ts';
import type { Membership } from './membership.ts';
import { personKindAt } from './person-kind.ts';
import { byWeight } from './programme-directory.ts';
import { remembered } from './remember.ts';
import { scriptedCareer } from './scripted-career.ts';
import type { World } from './world.ts';

const careerStream = stream('career');

/** Programmes that start later than this many days ahead are not in the record yet. */
const horizon = 330;
/** The oldest training years that are kept. */
const history = 16;

export interface Career {
  readonly person: number;
  readonly bearer: Bearer<PersonPart> | undefined;
  readonly memberships: readonly Membership[];
  /** Whether the memberships are in the record; somebody may hold placements without one (H22). */
  readonly recorded: boolean;
}

/** A person's programmes, in order of time; none for whoever is no trainee. */
export const careerOf = remembered(makeCareer);

function makeCareer(world: World, person: number): Career {
  const bearer = world.people.bearerAt(person);
  if (personKindAt(world, person) !== 'trainee') return { person, bearer, memberships: [], recorded: true };
  const dice = new Dice(world.seed, careerStream, person);
  const scripted = bearer === undefined ? undefined : scriptedCareer(world, bearer, dice);
  if (scripted !== undefined) return { person, bearer, memberships: scripted, recorded: true };
  if (bearer?.part === 'no-membership')
    return { person, bearer, memberships: currentCareer(world, dice), recorded: false };
  if (bearer !== undefined && isCurrentTraineePart(bearer.part)) {
    return { person, bearer, memberships: currentCareer(world, dice), recorded: true };
  }
  return { person, bearer, memberships: drawCareer(world, dice), recorded: true };
}

function drawCareer(world: World, dice: Dice): Membership[] {
  // One more year than the history: next year's intake has been appointed already.
  const firstYear = world.trainingYear + 1 - dice.below(history + 2);
  const month = dice.chance(0.85) ? 8 : 14;
  const office = byWeight(world.owningOffices, dice);
  const memberships: Membership[] = [];
  let year = firstYear;
  for (const kind of drawPath(dice)) {
    const start = changeover(year, month);
    if (start > world.today + horizon) break;
    const membership = makeMembership(world, dice, memberships.length, kind, office, start);
    memberships.push(membership);
    if (membership.left) break;
    const endMonth = monthIndexOf(membership.end + 1);
    const endYear = Math.floor((endMonth - (month - 1)) / 12);
    year = endYear * 12 + month - 1 < endMonth ? endYear + 1 : endYear;
    if (dice.chance(0.12)) year += 1;
  }
  return memberships;
}

/** Specialty training that began one to three years ago and goes on: something to plant a membership's faults in. */
function currentCareer(world: World, dice: Dice): Membership[] {
  const office = byWeight(world.owningOffices, dice);
  const start = changeover(world.trainingYear - 1 - dice.below(3), 8);
  // A programme without faults of its own, lest two faults meet in one person.
  let programme = drawProgramme(world, dice, 'specialty', office, true);
  while (world.programmePlan.bearerAt(programme) !== undefined)
    programme = drawProgramme(world, dice, 'specialty', byWeight(world.owningOffices, dice), true);
  const end = changeover(world.trainingYear + 2 + dice.below(3), 8) - 1;
  return [{ ordinal: 0, kind: 'specialty', programme, start, end, left: false }];
}

function makeMembership(
  world: World,
  dice: Dice,
  ordinal: number,
  kind: TrainingKind,
  office: Office,
  start: Day,
): Membership {
  const startMonth = monthIndexOf(start);
  // Less than full time, parental leave, illness: one in six stays on.
  const extension = dice.chance(0.16) ? 6 * (1 + dice.below(2)) : 0;
  const months = trainings[kind].years * 12 + extension;
  const left = dice.chance(0.04);
  const stay = left ? Math.max(4, Math.floor((months * dice.share()) / 4) * 4) : months;
  const endMonth = startMonth + stay;
  const end = changeover(Math.floor(endMonth / 12), (endMonth % 12) + 1) - 1;
  const programme = drawProgramme(world, dice, kind, office, end >= world.today);
  return { ordinal, kind, programme, start, end, left };
}

function drawProgramme(
  world: World,
  dice: Dice,
  kind: TrainingKind,
  office: Office,
  active: boolean,
): number {
  return dice.pick(world.programmes.choicesFor(kind, office, active));
}

function drawPath(dice: Dice): readonly TrainingKind[] {
  let left = dice.below(100);
  for (const [weight, steps] of paths) {
    left -= weight;
    if (left < 0) return steps;
  }
  return ['specialty'];
}
