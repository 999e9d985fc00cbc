import { careerOf } from './career.ts';
import { personKindAt } from './person-kind.ts';
import type { World } from './world.ts';

/** Whether somebody is registered with the GMC or the GDC follows from what they do. */
export function regulatorOf(world: World, person: number): 'GMC' | 'GDC' | undefined {
  if (personKindAt(world, person) === 'staff') return undefined;
  return careerOf(world, person).memberships[0]?.kind === 'dental' ? 'GDC' : 'GMC';
}
