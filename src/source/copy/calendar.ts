import { fault } from './cell-encoder.ts';
import { digitAt, fourDigitsAt, noDigits, twoDigitsAt } from './digits.ts';

/** What `daysAt` gives instead of days is below this, by a fault. */
export const noDay = -10_000_000;

/** 2000-01-01 by the count of `daysSince2000`, whose day 0 is the first of March of the year 0. */
const daysBefore2000 = 730_425;
const hyphen = 45;

/**
 * The days from 2000-01-01 to the date `YYYY-MM-DD` at `at`; or, added to `noDay`, a fault: MySQL stores 0000-00-00,
 * 2024-00-15, 2024-02-30 and 0000-05-01, none of which is a day.
 */
export function daysAt(source: DataView, at: number): number {
  const year = fourDigitsAt(source, at);
  const month = twoDigitsAt(source, at + 5);
  const day = twoDigitsAt(source, at + 8);
  if (year < 0 || month < 0 || day < 0) return noDay + fault.misread;
  if (source.getUint8(at + 4) !== hyphen || source.getUint8(at + 7) !== hyphen) return noDay + fault.misread;
  return daysOf(year, month, day);
}

/** The days from 2000-01-01 to a date; or, added to `noDay`, a fault. */
export function daysOf(year: number, month: number, day: number): number {
  if (year > 9_999) return noDay + fault.misread;
  if (year === 0) return noDay + (month === 0 && day === 0 ? fault.zeroDate : fault.impossibleDate);
  if (month === 0 || month > 12 || day === 0 || day > daysInMonth(year, month))
    return noDay + fault.impossibleDate;
  return daysSince2000(year, month, day);
}

/** Proleptic Gregorian, as both databases count. The year begins in March here, so that its last day may be a 29th. */
function daysSince2000(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const fromMarch = month > 2 ? month - 3 : month + 9;
  const leapDays = (shifted >> 2) - ((shifted / 100) | 0) + ((shifted / 400) | 0);
  return shifted * 365 + leapDays + (((fromMarch * 153 + 2) / 5) | 0) + day - 1 - daysBefore2000;
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year & 3) === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Seconds of the day `HH:MM:SS` at `at`, or `noDigits`. */
export function secondsAt(source: DataView, at: number): number {
  const hours = twoDigitsAt(source, at);
  const minutes = twoDigitsAt(source, at + 3);
  const seconds = twoDigitsAt(source, at + 6);
  return hours < 0 || minutes < 0 || seconds < 0 ? noDigits : hours * 3_600 + minutes * 60 + seconds;
}

/** Microseconds from the one to six digits of a fraction at `[from, end)`, or `noDigits`. */
export function microsecondsAt(source: DataView, from: number, end: number): number {
  if (end - from > 6 || end === from) return noDigits;
  let value = 0;
  for (let i = from; i < end; i++) {
    const digit = digitAt(source, i);
    if (digit > 9) return noDigits;
    value = value * 10 + digit;
  }
  for (let i = end; i < from + 6; i++) value *= 10;
  return value;
}
