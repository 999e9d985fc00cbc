import type { Bearer } from '../hazards/plan.ts';
import type { PersonPart } from '../hazards/parts.ts';
import type { Dice } from '../random/dice.ts';
import { changeover } from '../time/changeover.ts';
import { addMonths, type Day } from '../time/day.ts';
import type { Membership } from './membership.ts';
import type { World } from './world.ts';

/** Days for which the Leave Manager extract keeps a trainee on either side of a programme. */
export const windowDays = 56;

/** Programme 0: of an office that uses Leave Manager, so that dates alone decide. */
const edgeProgramme = 0;
const years = 365;

/**
 * The memberships of people whose dates matter to the night itself: on the edges of the Leave Manager's window, leaving
 * it on each of the next days, starting or ending today. Undefined for a part that has no script.
 */
export function scriptedCareer(
  world: World,
  bearer: Bearer<PersonPart>,
  dice: Dice,
): readonly Membership[] | undefined {
  const { today } = world;
  const ended = (end: Day) => one({ start: end - 3 * years, end });
  switch (bearer.part) {
    case 'window-last-day':
      return ended(today - windowDays);
    case 'window-day-after':
      return ended(today - windowDays - 1);
    case 'window-leaver':
      return ended(today - windowDays + 1 + (bearer.ordinal % 13));
    case 'window-first-day':
      return one({ start: today + windowDays, end: today + windowDays + 3 * years });
    case 'window-day-before':
      return one({ start: today + windowDays + 1, end: today + windowDays + 3 * years });
    case 'window-grace-last-day':
      return graceUntil(today - windowDays);
    case 'window-grace-day-after':
      return graceUntil(today - windowDays - 1);
    case 'window-grace-ineligible':
      return one({
        start: today - 4 * years,
        end: today - windowDays - 1,
        grace: 6,
        curriculum: ineligible(world),
      });
    case 'starts-today':
      return one({ start: today, end: today + 3 * years });
    case 'ends-today':
      return ended(today);
    case 'ended-yesterday':
      return ended(today - 1);
    case 'placement-window-last-day':
    case 'placement-window-day-after':
    case 'placement-window-first-day':
    case 'placement-window-day-before':
    case 'draft-in-window':
      return one({ start: today - years, end: today + 2 * years });
    case 'stale-current':
      return one({
        start: today - 6 * years,
        end: changeover(world.trainingYear - 1 - dice.below(2), 8) - 1,
      });
    default:
      return undefined;
  }
}

interface Script {
  readonly start: Day;
  readonly end: Day;
  readonly grace?: number;
  readonly curriculum?: number;
}

/** Without a word about grace there is none: the date alone is meant to decide. */
function one(script: Script): readonly Membership[] {
  return [
    {
      ordinal: 0,
      kind: 'specialty',
      programme: edgeProgramme,
      start: script.start,
      end: script.end,
      grace: script.grace ?? 0,
      curriculum: script.curriculum,
      left: false,
    },
  ];
}

/**
 * A membership whose end with its months of grace falls on a day. Six months, unless that day has no sixth month
 * before it (31 August would be 31 February).
 */
function graceUntil(day: Day): readonly Membership[] {
  const months = [6, 7, 5].find((candidate) => addMonths(addMonths(day, -candidate), candidate) === day);
  if (months === undefined)
    throw new RangeError('No month of the year lies five, six or seven months before the edge.');
  const end = addMonths(day, -months);
  return one({ start: end - 3 * years, end, grace: months });
}

/** Foundation curricula give no grace, whatever stands beside them. */
function ineligible(world: World): number {
  return world.curriculaOfKind.foundation[0] ?? 0;
}
