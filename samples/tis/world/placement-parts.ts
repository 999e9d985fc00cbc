import type { Bearer } from '../hazards/plan.ts';
import type { PersonPart } from '../hazards/parts.ts';
import { clockChange } from '../time/changeover.ts';
import { yearOf, type Day } from '../time/day.ts';
import type { Placement } from './placement-facts.ts';
import { windowDays } from './scripted-career.ts';
import type { World } from './world.ts';

interface ScriptedPlacement {
  readonly from: Day;
  readonly to: Day;
  readonly draft: boolean;
}

/** The one placement of people who stand on the edges of the Leave Manager's window by their placement. */
export function scriptedPlacement(world: World, part: PersonPart | undefined): ScriptedPlacement | undefined {
  const { today } = world;
  switch (part) {
    case 'placement-window-last-day':
      return { from: today - 200, to: today - windowDays, draft: false };
    case 'placement-window-day-after':
      return { from: today - 200, to: today - windowDays - 1, draft: false };
    case 'placement-window-first-day':
      return { from: today + windowDays, to: today + 200, draft: false };
    case 'placement-window-day-before':
      return { from: today + windowDays + 1, to: today + 200, draft: false };
    case 'draft-in-window':
      return { from: today - 20, to: today + 100, draft: true };
    default:
      return undefined;
  }
}

/** Plants a placement's fault in the last one that has begun, so that it is one that readers look at. */
export function faultyPlacements(
  world: World,
  bearer: Bearer<PersonPart>,
  placements: readonly Placement[],
): readonly Placement[] {
  const change = faultOf(world, bearer);
  if (change === undefined) return placements;
  let meant = 0;
  placements.forEach((placement, at) => {
    if (placement.begins <= world.today) meant = at;
  });
  return placements.map((placement, at) =>
    at === meant ? { ...placement, ...change(placement) } : placement,
  );
}

type Change = (placement: Placement) => Partial<Placement>;

/** Faults in columns that belong to the placement's row alone (codes, ids of other databases) are planted where it is written. */
function faultOf(world: World, bearer: Bearer<PersonPart>): Change | undefined {
  switch (bearer.part) {
    case 'placement-without-start':
      return () => ({ from: null });
    case 'placement-without-end':
      return () => ({ to: null });
    case 'placement-without-post':
      return () => ({ post: null });
    case 'placement-without-wte':
      return () => ({ wte: null });
    case 'wte-tenth':
      return () => ({ wte: 0.1 });
    case 'wte-above-one':
      return () => ({ wte: 1.2 });
    case 'clock-change-start':
      return () => clockChangeDates(world, bearer.ordinal);
    case 'zero-placement-end':
      return () => ({ to: { lax: '0000-00-00' } });
    case 'impossible-placement-start':
      return (placement) => ({
        from: { lax: `${yearOf(placement.begins)}-${bearer.ordinal % 2 === 0 ? '02-30' : '00-15'}` },
      });
    case 'drifted-placement-type':
      return () => ({ type: 'In post' });
    case 'borrowed-post':
      return (placement) => ({ post: postOfAnotherProgramme(world, placement.post ?? 0) });
    default:
      return undefined;
  }
}

/** From the Sunday of one clock change in London: midnight there is another day in UTC for the half year between. */
function clockChangeDates(world: World, ordinal: number): Partial<Placement> {
  const month = ordinal % 2 === 0 ? 3 : 10;
  const day = clockChange(world.trainingYear - (month === 10 ? 1 : 0), month);
  return { from: day, to: day + 120, begins: day, ends: day + 120 };
}

/** The post after the next belongs to the programme after the next, which lends no post to the one we came from. */
function postOfAnotherProgramme(world: World, post: number): number {
  return post + 2 < world.sizes.posts ? post + 2 : post - 2;
}
