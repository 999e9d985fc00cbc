import { isSupervisorPart, isTraineePart } from '../hazards/parts.ts';
import { Dice, stream } from '../random/dice.ts';
import type { World } from './world.ts';

const kindStream = stream('person-kind');

export type PersonKind = 'trainee' | 'supervisor' | 'approver' | 'staff';

/** What a person is to TIS. A part that a person bears comes before chance. */
export function personKindAt(world: World, person: number): PersonKind {
  const bearer = world.people.bearerAt(person);
  if (bearer !== undefined) {
    if (isSupervisorPart(bearer.part)) return 'supervisor';
    if (isTraineePart(bearer.part)) return 'trainee';
    if (bearer.part === 'soft-deleted-person') return 'staff';
  }
  const share = new Dice(world.seed, kindStream, person).share();
  if (share < 0.6) return 'trainee';
  if (share < 0.91) return 'supervisor';
  return share < 0.92 ? 'approver' : 'staff';
}

/** Somebody who supervises: a supervisor found by trying people at random. */
export function drawSupervisor(world: World, dice: Dice): number {
  let person = dice.below(world.sizes.people);
  for (let tries = 0; tries < 60 && personKindAt(world, person) !== 'supervisor'; tries += 1) {
    person = dice.below(world.sizes.people);
  }
  return person;
}
