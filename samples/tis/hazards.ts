import { assessmentHazards } from './hazards/assessment-hazards.ts';
import type { Hazard, System } from './hazards/hazard.ts';
import { membershipHazards, placementEdges } from './hazards/membership-hazards.ts';
import type { PersonPart } from './hazards/parts.ts';
import { personHazards } from './hazards/person-hazards.ts';
import { placementHazards } from './hazards/placement-hazards.ts';
import { postHazards } from './hazards/post-hazards.ts';
import { referenceHazards } from './hazards/reference-hazards.ts';
import { makeWorld, type WorldOptions } from './world/world.ts';

/** Every planted fault. What only an event can show (H21, H23) is done by `hurt`. */
export const hazards: readonly Hazard[] = [
  ...referenceHazards,
  ...personHazards,
  ...membershipHazards,
  ...placementEdges,
  ...postHazards,
  ...placementHazards,
  ...assessmentHazards,
];

/** How many of each fault a sample has, by name: what a fresh sample made with these options holds, neither more nor less. */
export function hazardCounts(options: WorldOptions, system: System): Readonly<Record<string, number>> {
  const world = makeWorld(options);
  return Object.fromEntries(hazards.map((hazard) => [hazard.name, hazard.count(world, system)]));
}

/** Ids of the persons who bear a part, for tests that follow single persons through a night. */
export function plantedPersons(options: WorldOptions, part: PersonPart): readonly number[] {
  return makeWorld(options)
    .people.bearersOf(part)
    .map((person) => person + 1);
}
