import { daysOf, noDay } from './calendar.ts';
import { type CellEncoder, fault } from './cell-encoder.ts';
import { writeInterval } from './interval.ts';
import { writeTimestamp } from './timestamp.ts';

/**
 * Dates and times as MySQL's binary protocol has them: each part a number of its own, least significant byte first, and
 * the parts at the end left out where they are zero (MySQL manual, "Binary Protocol Value").
 */

/** What `clockAt` and `microsecondsAt` give for what no clock shows. */
const noTime = -1;
/** 838:59:59, the longest TIME, is 34 days and some hours. */
const mostDays = 34;

/** Year (two bytes), month, day as date: days since 2000-01-01. */
export const encodeDateFromParts: CellEncoder = (source, start, end, target, at) => {
  if (end === start) return fault.zeroDate;
  if (end - start !== 4) return fault.misread;
  const days = daysAt(source, start);
  if (days < noDay) return days - noDay;
  target.setInt32(at, 4);
  target.setInt32(at + 4, days);
  return at + 8;
};

/** Year (two bytes), month, day, then hour, minute, second, then microseconds (four bytes) as timestamp. */
export const encodeTimestampFromParts: CellEncoder = (source, start, end, target, at) => {
  const length = end - start;
  if (length === 0) return fault.zeroDate;
  if (length !== 4 && length !== 7 && length !== 11) return fault.misread;
  const days = daysAt(source, start);
  if (days < noDay) return days - noDay;
  const ofDay = length === 4 ? 0 : clockAt(source, start + 4);
  const micros = length === 11 ? microsecondsAt(source, start + 7) : 0;
  if (ofDay < 0 || micros < 0) return fault.misread;
  return writeTimestamp(target, at, days, ofDay, micros);
};

/** Whether it is negative, days (four bytes), hour, minute, second, then microseconds (four bytes) as interval. */
export const encodeIntervalFromParts: CellEncoder = (source, start, end, target, at) => {
  const length = end - start;
  if (length === 0) return writeInterval(target, at, 0);
  if (length !== 8 && length !== 12) return fault.misread;
  const sign = source.getUint8(start);
  const days = source.getUint32(start + 1, true);
  const ofDay = clockAt(source, start + 5);
  const micros = length === 12 ? microsecondsAt(source, start + 8) : 0;
  if (sign > 1 || days > mostDays || ofDay < 0 || micros < 0) return fault.misread;
  const all = (days * 86_400 + ofDay) * 1_000_000 + micros;
  return writeInterval(target, at, sign === 1 ? -all : all);
};

function daysAt(source: DataView, at: number): number {
  return daysOf(source.getUint16(at, true), source.getUint8(at + 2), source.getUint8(at + 3));
}

function clockAt(source: DataView, at: number): number {
  const hours = source.getUint8(at);
  const minutes = source.getUint8(at + 1);
  const seconds = source.getUint8(at + 2);
  return hours > 23 || minutes > 59 || seconds > 59 ? noTime : hours * 3_600 + minutes * 60 + seconds;
}

function microsecondsAt(source: DataView, at: number): number {
  const micros = source.getUint32(at, true);
  return micros > 999_999 ? noTime : micros;
}
