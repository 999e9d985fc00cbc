import { daysAt, microsecondsAt, noDay, secondsAt } from './calendar.ts';
import { type CellEncoder, fault } from './cell-encoder.ts';

const twoTo26 = 67_108_864;
const twoTo32 = 4_294_967_296;
const point = 46;

/** `YYYY-MM-DD HH:MM:SS[.ffffff]` as timestamp: microseconds since 2000-01-01. */
export const encodeTimestamp: CellEncoder = (source, start, end, target, at) => {
  const length = end - start;
  if (length < 19) return fault.misread;
  const days = daysAt(source, start);
  if (days < noDay) return days - noDay;
  const ofDay = secondsAt(source, start + 11);
  if (ofDay < 0) return fault.misread;
  let micros = 0;
  if (length > 19) {
    micros = microsecondsAt(source, start + 20, end);
    if (micros < 0 || source.getUint8(start + 19) !== point) return fault.misread;
  }
  return writeTimestamp(target, at, days, ofDay, micros);
};

/** Days since 2000-01-01, seconds and microseconds as a timestamp field; gives the offset behind it. */
export function writeTimestamp(
  target: DataView,
  at: number,
  days: number,
  ofDay: number,
  micros: number,
): number {
  // A million microseconds are 15,625 × 64: the product with 15,625 is exact in a double, the one with a million is not
  // (the year 9999 needs 58 bits).
  const parts = (days * 86_400 + ofDay) * 15_625;
  let high = Math.floor(parts / twoTo26);
  let low = (parts - high * twoTo26) * 64 + micros;
  if (low >= twoTo32) {
    low -= twoTo32;
    high++;
  }
  target.setInt32(at, 8);
  target.setInt32(at + 4, high);
  target.setUint32(at + 8, low);
  return at + 12;
}
