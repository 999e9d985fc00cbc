import type { CrashPoint } from '../../../src/error/crash-point.ts';
import { calmLanes } from '../calm-lanes.ts';
import type { FaultKind } from '../fault-kind.ts';
import { faultPlace, type FaultPlace } from '../fault-place.ts';
import { inLanes } from '../../harness/lanes.ts';
import { tryFault } from '../try-fault.ts';

/** `kill -9` of the runner at the first and the last passing (`--long`: each) of every crash point, of a later night and of the first. */
export const killsAtPoints: FaultKind = {
  name: 'runner killed at each crash point',
  needsRoot: false,
  tryAll: async (context, count) => {
    await using lanes = await calmLanes(context, 4);
    const [first] = lanes.all;
    if (first === undefined) return;
    const later = bounded(await passings(first.place), context.long);
    await inLanes(lanes.all, later, async ({ place, readers }, { point, time }) => {
      const fault = `kill -9 at ${point} ${time}`;
      await tryFault(place, { fault, readers, hurt: () => killAt(place, point, time) }, count);
    });

    // A run that is killed while it takes away what a killed one left.
    await killAt(first.place, ...leaving);
    const cleaning = bounded(await passings(first.place), context.long).filter(({ point }) =>
      /^(drop|clean-up)/.test(point),
    );
    await inLanes(lanes.all, cleaning, async ({ place, readers }, { point, time }) => {
      const fault = `kill -9 at ${point} ${time} of the run after one that was killed`;
      const hurt = async (): Promise<void> => {
        await killAt(place, ...leaving);
        await killAt(place, point, time);
      };
      await tryFault(place, { fault, readers, hurt }, count);
    });

    // The first night in a new warehouse makes what the later ones find.
    const fresh = async (): Promise<FaultPlace> =>
      faultPlace({
        warehouse: context.postgres18,
        source: context.postgres15,
        fresh: true,
        references: first.place.references,
      });
    let early: readonly Passing[];
    {
      await using place = await fresh();
      early = (await passings(place)).filter(({ point }) => later.every((known) => known.point !== point));
    }
    await inLanes([1, 2, 3], early, async (_, { point, time }) => {
      await using place = await fresh();
      const fault = `kill -9 at ${point} ${time} of the first night`;
      await tryFault(place, { fault, hurt: () => killAt(place, point, time) }, count);
    });
  },
};

/** The first and the last passing of each point, or all. */
export function bounded(all: readonly Passing[], long: boolean): readonly Passing[] {
  const times = (point: CrashPoint): number => all.filter((one) => one.point === point).length;
  return all.filter(({ point, time }) => long || time === 1 || time === times(point));
}

/** Where a run has made all that it makes, and published nothing. */
const leaving = ['publish.consumers-made', 1] as const;

/** A point of a night, and at which passing of it. */
export interface Passing {
  readonly point: CrashPoint;
  readonly time: number;
}

/** All that a night passes at a place; it publishes. */
export async function passings(place: FaultPlace): Promise<readonly Passing[]> {
  await place.turn();
  const night = place.startNight('tell');
  const code = await night.ended;
  if (code !== 0)
    throw new Error(`the night that tells its crash points ended with ${code}: ${night.said()}`);
  return passingsOf(night.points);
}

/** Points in the order in which they were passed, each with the how-manieth passing of it that was. */
export function passingsOf(points: readonly CrashPoint[]): readonly Passing[] {
  const times = new Map<CrashPoint, number>();
  return points.map((point) => {
    const time = (times.get(point) ?? 0) + 1;
    times.set(point, time);
    return { point, time };
  });
}

/** Runs a night that is killed at a point. A night that does not pass it (nothing was to be dropped) ends as it does. */
export async function killAt(place: FaultPlace, point: CrashPoint, time: number): Promise<void> {
  const night = place.startNight(`kill ${point} ${time}`);
  const end = await night.ended;
  if (end !== 'SIGKILL') throw new Error(`it was not killed, but ended with ${end}: ${night.said()}`);
}
