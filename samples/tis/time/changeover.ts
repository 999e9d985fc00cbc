import { dayOf, monthOf, weekdayOf, yearOf, type Day } from './day.ts';

const kept = new Map<number, Day>();

/** Doctors change posts on the first Wednesday of a month, most of them in August. Months past December run on. */
export function changeover(year: number, month: number): Day {
  const key = year * 12 + month;
  let day = kept.get(key);
  if (day === undefined) {
    const first = dayOf(year, month, 1);
    day = first + ((3 - weekdayOf(first) + 7) % 7);
    kept.set(key, day);
  }
  return day;
}

/** The year in which the training year that holds this day began in August. */
export function trainingYearOf(day: Day): number {
  const year = yearOf(day);
  return day >= changeover(year, 8) ? year : year - 1;
}

/** Last Sunday of March or October: the nights on which London's clocks change. */
export function clockChange(year: number, month: 3 | 10): Day {
  const last = dayOf(year, month, 31);
  return last - weekdayOf(last);
}

export function monthIndexOf(day: Day): number {
  return yearOf(day) * 12 + monthOf(day) - 1;
}
