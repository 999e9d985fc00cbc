import type { SampleDatabase } from '../database/sample-database.ts';
import { Dice, stream } from '../random/dice.ts';
import { dateTime, dateTimeMillis, dayText, type Day } from '../time/day.ts';

/** One day of a sample's life: users change the record on the day before, the nightly jobs run early on `today`. */
export interface SampleDay {
  readonly database: SampleDatabase;
  readonly seed: number;
  readonly today: Day;
  /** How many persons there are, by which all numbers of the day go. */
  readonly people: number;
}

const dayStream = stream('advance');

/** Chance for one kind of change on one day, whatever else happens on it. */
export function diceFor(day: SampleDay, what: string): Dice {
  return new Dice(day.seed ^ stream(what), dayStream, day.today);
}

/** At least one, or one for so many persons. */
export function howMany(day: SampleDay, personsForOne: number): number {
  return Math.max(1, Math.round(day.people / personsForOne));
}

/** A moment in the working hours of the day before, for `datetime`. */
export function workingHour(day: SampleDay, dice: Dice): string {
  return dateTime(day.today - 1, 9 * 3600 + dice.below(8 * 3600));
}

/** The same for `datetime(3)`. */
export function workingMillis(day: SampleDay, dice: Dice): string {
  return dateTimeMillis(day.today - 1, 9 * 3600 + dice.below(8 * 3600), dice.below(1000));
}

/** Condition: the columns, both present, span today. */
export function spansToday(day: SampleDay, from: string, to: string): string {
  return `${from} <= DATE '${dayText(day.today)}' AND ${to} >= DATE '${dayText(day.today)}'`;
}
