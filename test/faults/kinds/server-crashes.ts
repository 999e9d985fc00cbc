import { setTimeout as sleep } from 'node:timers/promises';
import { Dice, stream } from '../../../samples/tis/random/dice.ts';
import type { FaultContext, FaultKind } from '../fault-kind.ts';
import { inLanes } from '../../harness/lanes.ts';
import { privateLanes, type PrivateLane } from '../private-lanes.ts';
import { crashPostgres } from '../server-crash.ts';
import type { KindCount } from '../tally.ts';
import { tryFault } from '../try-fault.ts';
import { bounded, passings } from './kills-at-points.ts';

/** `kill -9` of a process of the warehouse's server while the run stands still at each crash point, and at random. */
export const warehouseCrashes: FaultKind = {
  name: 'warehouse killed at each crash point, and at random',
  needsRoot: false,
  tryAll: (context, count) =>
    crashes(context, count, { what: 'the warehouse', server: (lane) => lane.warehouse, points: () => true }),
};

/** The same of the source, where something is read from it. */
export const sourceCrashes: FaultKind = {
  name: 'source killed at each crash point, and at random',
  needsRoot: false,
  tryAll: (context, count) =>
    crashes(context, count, {
      what: 'the source',
      server: (lane) => lane.source,
      points: (point) => point.startsWith('extract.') || point === 'prepare.proved',
    }),
};

interface Victim {
  readonly what: string;
  readonly server: (lane: PrivateLane) => PrivateLane['warehouse'];
  readonly points: (point: string) => boolean;
}

async function crashes(context: FaultContext, count: KindCount, victim: Victim): Promise<void> {
  const { what, server } = victim;
  await using lanes = await privateLanes(context);
  const [first] = lanes.all;
  if (first === undefined) return;
  const all = bounded(await passings(first.place), context.long);
  // Its first passing: what the server holds differs from point to point, not from table to table.
  const wanted = all.filter(({ point, time }) => victim.points(point) && (context.long || time === 1));
  await inLanes(lanes.all, wanted, async (lane, { point, time }) => {
    const hurt = async (): Promise<void> => {
      const night = lane.place.startNight(`stop ${point} ${time}`);
      await night.atPoint;
      await night.stopped();
      await crashPostgres(server(lane));
      night.child.kill('SIGCONT');
      await night.ended;
    };
    await tryFault(lane.place, { fault: `${what} killed at ${point}`, readers: lane.readers, hurt }, count);
  });

  const dice = new Dice(context.seed, stream(what), 0);
  const waits = Array.from({ length: context.long ? 100 : 10 }, () => 600 + dice.below(1_800));
  await inLanes(lanes.all, waits, async (lane, wait) => {
    const hurt = async (): Promise<void> => {
      const night = lane.place.startNight();
      await sleep(wait);
      await crashPostgres(server(lane));
      await night.ended;
    };
    await tryFault(
      lane.place,
      { fault: `${what} killed after ${wait} ms`, readers: lane.readers, hurt },
      count,
    );
  });
}
