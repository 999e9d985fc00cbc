import { microsecondsAt, secondsAt } from './calendar.ts';
import { type CellEncoder, fault } from './cell-encoder.ts';
import { digitAt } from './digits.ts';
import { writeInt8 } from './int8.ts';

const minus = 45;
const colon = 58;
const point = 46;

/** `[-]HH:MM:SS[.ffffff]`, where the hours reach 838, as interval: microseconds, then no days and no months. */
export const encodeInterval: CellEncoder = (source, start, end, target, at) => {
  if (start === end) return fault.misread;
  const negative = source.getUint8(start) === minus;
  const from = negative ? start + 1 : start;
  let colonAt = from;
  while (colonAt < end && source.getUint8(colonAt) !== colon) colonAt++;
  if (colonAt - from < 2 || end - colonAt < 6) return fault.misread;
  let hundreds = 0;
  for (let i = from; i < colonAt - 2; i++) {
    const digit = digitAt(source, i);
    if (digit > 9) return fault.misread;
    hundreds = hundreds * 10 + digit;
  }
  const seconds = secondsAt(source, colonAt - 2);
  if (seconds < 0) return fault.misread;
  let micros = 0;
  if (end - colonAt > 6) {
    micros = microsecondsAt(source, colonAt + 7, end);
    if (micros < 0 || source.getUint8(colonAt + 6) !== point) return fault.misread;
  }
  const all = (hundreds * 360_000 + seconds) * 1_000_000 + micros;
  return writeInterval(target, at, negative ? -all : all);
};

/** Microseconds, at most 53 bits of them, as an interval field; gives the offset behind it. */
export function writeInterval(target: DataView, at: number, micros: number): number {
  const behind = writeInt8(target, at, micros);
  target.setInt32(at, 16);
  target.setInt32(behind, 0);
  target.setInt32(behind + 4, 0);
  return behind + 8;
}
