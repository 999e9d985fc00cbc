/** Days are counted from 1 January 1970, so that adding and comparing them is arithmetic and no time zone comes in. */
export type Day = number;

const millisecondsADay = 86_400_000;
const texts = new Map<Day, string>();

/** `2026-08-05` → its number. Throws on a date that the calendar does not have. */
export function parseDay(text: string): Day {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? Date.parse(`${text}T00:00:00Z`) / millisecondsADay
    : Number.NaN;
  if (!Number.isInteger(day) || dayText(day) !== text)
    throw new RangeError(`"${text}" is no date. Dates look like 2026-08-05.`);
  return day;
}

/** `2026-08-05`. Kept, since a night at full size writes ten million dates out of some twenty thousand. */
export function dayText(day: Day): string {
  let text = texts.get(day);
  if (text === undefined) {
    text = new Date(day * millisecondsADay).toISOString().slice(0, 10);
    texts.set(day, text);
  }
  return text;
}

export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  return Date.UTC(year, month - 1, dayOfMonth) / millisecondsADay;
}

export function yearOf(day: Day): number {
  return Number(dayText(day).slice(0, 4));
}

/** 1 to 12. */
export function monthOf(day: Day): number {
  return Number(dayText(day).slice(5, 7));
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The same day of another month, or that month's last day: what SQL's "plus n months" does. */
export function addMonths(day: Day, months: number): Day {
  const text = dayText(day);
  const first = dayOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)) + months, 1);
  const nextFirst = dayOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)) + months + 1, 1);
  return Math.min(first + Number(text.slice(8, 10)) - 1, nextFirst - 1);
}

/** `2026-08-05 14:03:09`, for a `datetime`. */
export function dateTime(day: Day, secondOfDay: number): string {
  return `${dayText(day)} ${clock(secondOfDay)}`;
}

/** `2026-08-05 14:03:09.120`, for a `datetime(3)`. */
export function dateTimeMillis(day: Day, secondOfDay: number, millis: number): string {
  return `${dayText(day)} ${clock(secondOfDay)}.${String(millis).padStart(3, '0')}`;
}

function clock(secondOfDay: number): string {
  const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);
  return `${two(Math.floor(secondOfDay / 3600))}:${two(Math.floor(secondOfDay / 60) % 60)}:${two(secondOfDay % 60)}`;
}
