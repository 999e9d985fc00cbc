import type { CrashPoint } from '../../../src/error/crash-point.ts';
import { inLanes } from '../../harness/lanes.ts';
import { calmLanes } from '../calm-lanes.ts';
import type { FaultKind } from '../fault-kind.ts';
import type { FaultPlace } from '../fault-place.ts';
import { tryFault } from '../try-fault.ts';
import { bounded, passingsOf, type Passing } from './kills-at-points.ts';

/** Whoever approves a held candidate is killed at each point of its publication, and approves again or leaves it to the next night. */
export const killedApprovals: FaultKind = {
  name: 'approval killed at each crash point',
  needsRoot: false,
  tryAll: async (context, count) => {
    await using lanes = await calmLanes(context, 4);
    const [first] = lanes.all;
    if (first === undefined) return;
    const points = bounded(await passingsOfApproval(first.place), context.long).filter(({ point }) =>
      point.startsWith('publish.'),
    );
    const pieces = points.flatMap(({ point, time }) => [
      { point, time, again: true },
      ...(context.long || (point === 'publish.attached' && time === 1)
        ? [{ point, time, again: false }]
        : []),
    ]);
    await inLanes(lanes.all, pieces, async ({ place, readers }, { point, time, again }) => {
      const fault = `approval killed at ${point} ${time}${again ? ', and made again' : ''}`;
      const hurt = async (): Promise<void> => {
        await holdNight(place);
        await killApproval(place, point, time);
        if (again && (await openJudgements(place)).length > 0) await approve(place);
        await heal(place);
      };
      await tryFault(place, { fault, readers, hurt }, count);
    });
  },
};

/** A dataset that no watching reader reads is emptied: that is held, and what they read is as on any other night. */
async function holdNight(place: FaultPlace): Promise<void> {
  await place.shop.inSource('delete from shop.secret');
  const night = place.startNight();
  const code = await night.ended;
  if (code !== 4) throw new Error(`the night was not held, but ended with ${code}: ${night.said()}`);
}

/** For the night that follows. */
async function heal({ shop }: FaultPlace): Promise<void> {
  await shop.inSource("insert into shop.secret select i, 'healed' from generate_series(1, 5) i");
}

/** What holds the candidate; none where it was published. */
async function openJudgements({ shop }: FaultPlace): Promise<readonly string[]> {
  return shop.warehouse.asSuperuser(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select j.name from nightjar.judgement j join nightjar.generation g on g.number = j.generation
        where g.state = 'held' and j.verdict = 'failed'`,
    );
    return rows.map(({ name }) => name);
  });
}

async function approve(place: FaultPlace): Promise<readonly CrashPoint[]> {
  const approval = place.startApproval(await openJudgements(place), 'tell');
  const code = await approval.ended;
  if (code !== 0) throw new Error(`the approval ended with ${code}: ${approval.said()}`);
  return approval.points;
}

async function killApproval(place: FaultPlace, point: CrashPoint, time: number): Promise<void> {
  const approval = place.startApproval(await openJudgements(place), `kill ${point} ${time}`);
  const end = await approval.ended;
  if (end !== 'SIGKILL') throw new Error(`it was not killed, but ended with ${end}: ${approval.said()}`);
}

async function passingsOfApproval(place: FaultPlace): Promise<readonly Passing[]> {
  await place.turn();
  await holdNight(place);
  const points = await approve(place);
  await heal(place);
  // What is empty already is not held for being empty.
  await place.night();
  return passingsOf(points);
}
