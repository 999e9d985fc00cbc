import { setTimeout as sleep } from 'node:timers/promises';
import { Dice, stream } from '../../../samples/tis/random/dice.ts';
import { calmLanes } from '../calm-lanes.ts';
import type { FaultKind } from '../fault-kind.ts';
import type { FaultPlace } from '../fault-place.ts';
import { inLanes } from '../../harness/lanes.ts';
import { tryFault } from '../try-fault.ts';

/** `kill -9` of the runner at random instants of its life. */
export const randomKills: FaultKind = {
  name: 'runner killed at a random instant',
  needsRoot: false,
  tryAll: async (context, count) => {
    await using lanes = await calmLanes(context, 4);
    const dice = new Dice(context.seed, stream('random kills'), 0);
    const shares = Array.from({ length: context.long ? 1_000 : 104 }, () => dice.share());
    const usual = new Map<FaultPlace, number>();
    await inLanes(lanes.all, shares, async ({ place, readers }, share) => {
      // As long as an undisturbed one takes beside the other lanes, and at times a little longer: then it is over.
      const life = usual.get(place) ?? (await lifeOf(place));
      usual.set(place, life);
      const after = Math.round(share * life * 1.05);
      const fault = `kill -9 after ${after} of ${Math.round(life)} ms`;
      await tryFault(place, { fault, readers, hurt: () => killAfter(place, after) }, count);
    });
  },
};

async function lifeOf(place: FaultPlace): Promise<number> {
  await place.turn();
  const began = performance.now();
  await place.startNight().ended;
  return performance.now() - began;
}

async function killAfter(place: FaultPlace, milliseconds: number): Promise<void> {
  const night = place.startNight();
  await sleep(milliseconds);
  night.child.kill('SIGKILL');
  await night.ended;
}
