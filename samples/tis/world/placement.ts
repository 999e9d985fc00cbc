import { Dice, stream } from '../random/dice.ts';
import { trainings } from '../reference/training.ts';
import { changeover, monthIndexOf } from '../time/changeover.ts';
import type { Day } from '../time/day.ts';
import { careerOf } from './career.ts';
import type { Membership } from './membership.ts';
import type { Placement } from './placement-facts.ts';
import { faultyPlacements, scriptedPlacement } from './placement-parts.ts';
import { postAt, postOfProgramme } from './post.ts';
import { remembered } from './remember.ts';
import type { World } from './world.ts';

const placementStream = stream('placement');

/** Rotas are made up to three quarters of a year ahead. */
const horizon = 270;

/** A person's placements in order of time, faults included. */
export const placementsOf = remembered(makePlacements);

function makePlacements(world: World, person: number): readonly Placement[] {
  const career = careerOf(world, person);
  const first = career.memberships[0];
  if (first === undefined) return [];
  const dice = new Dice(world.seed, placementStream, person);
  const scripted = scriptedPlacement(world, career.bearer?.part);
  if (scripted !== undefined) {
    return [makePlacement(world, dice, first, scripted.from, scripted.to, 1, scripted.draft)];
  }
  const placements = career.memberships.flatMap((membership) => placementsIn(world, dice, membership));
  return career.bearer === undefined ? placements : faultyPlacements(world, career.bearer, placements);
}

function placementsIn(world: World, dice: Dice, membership: Membership): Placement[] {
  const placements: Placement[] = [];
  const months = trainings[membership.kind].monthsAPlacement;
  // Academic and part-time trainees hold two posts side by side.
  const parallel = dice.chance(0.22);
  const wte = dice.chance(0.85) ? 1 : dice.pick([0.8, 0.6, 0.5, 0.7]);
  const startMonth = monthIndexOf(membership.start);
  const last = Math.min(membership.end, world.today + horizon);
  let from = membership.start;
  for (let step = 1; from <= last; step += 1) {
    const month = startMonth + step * months;
    const to = Math.min(changeover(Math.floor(month / 12), (month % 12) + 1) - 1, membership.end);
    const draft = from > world.today && dice.chance(0.08);
    if (parallel) {
      placements.push(makePlacement(world, dice, membership, from, to, 0.8, draft));
      placements.push(makePlacement(world, dice, membership, from, to, 0.2, draft));
    } else {
      placements.push(makePlacement(world, dice, membership, from, to, wte, draft));
    }
    from = to + 1;
  }
  return placements;
}

function makePlacement(
  world: World,
  dice: Dice,
  membership: Membership,
  from: Day,
  to: Day,
  wte: number,
  draft: boolean,
): Placement {
  const postIndex = postOfProgramme(world, membership.programme, dice.below(1000));
  const post = postAt(world, postIndex);
  const grades = trainings[membership.kind].grades;
  const year = Math.min(grades.length - 1, Math.max(0, Math.floor((from - membership.start) / 360)));
  return {
    post: postIndex,
    from,
    to,
    begins: from,
    ends: to,
    wte,
    grade: grades[year] ?? post.grade,
    specialty: post.specialty,
    site: post.site,
    draft,
    type: drawType(dice),
  };
}

function drawType(dice: Dice): string {
  const share = dice.share();
  if (share < 0.93) return 'In Post';
  return dice.pick([
    'In Post - Acting Up',
    'In Post - Extension',
    'Parental Leave',
    'Long-term sick',
    'OOPT',
    'OOPE',
    'OOPR',
  ]);
}
