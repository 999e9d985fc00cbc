import type { World } from './world.ts';

/** In a world of so few people everything about them can be kept; in a larger one it is worked out again each time. */
const mostPeople = 20_000;

/**
 * The same function, which in a small world works each row out once: a dozen tables go through the same careers, and a
 * demo waits for them.
 */
export function remembered<T>(
  make: (world: World, index: number) => T,
  people = mostPeople,
): (world: World, index: number) => T {
  const worlds = new WeakMap<World, Map<number, T>>();
  return (world, index) => {
    if (world.sizes.people > people) return make(world, index);
    let kept = worlds.get(world);
    if (kept === undefined) {
      kept = new Map();
      worlds.set(world, kept);
    }
    let made = kept.get(index);
    if (made === undefined) {
      made = make(world, index);
      kept.set(index, made);
    }
    return made;
  };
}
