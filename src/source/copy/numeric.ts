import { type CellEncoder, fault } from './cell-encoder.ts';
import { digitAt, fourDigitsAt, noDigits } from './digits.ts';

const minus = 45;
const point = 46;
const zero = 48;
/** What stands for a number below zero. */
export const negativeSign = 0x4000;

/**
 * A decimal number as numeric: digits in groups of four, counted from the point, without groups of zeros at either end
 * (PostgreSQL, numeric_recv: number of groups, weight of the first, sign, digits behind the point, groups).
 */
export const encodeNumeric: CellEncoder = (source, start, end, target, at) => {
  if (start === end) return fault.misread;
  const negative = source.getUint8(start) === minus;
  let first = negative ? start + 1 : start;
  if (first === end) return fault.misread;
  let pointAt = first;
  while (pointAt < end && source.getUint8(pointAt) !== point) pointAt++;
  const scale = pointAt < end ? end - pointAt - 1 : 0;
  while (first < pointAt && source.getUint8(first) === zero) first++;

  const whole = pointAt - first;
  let weight = ((whole + 3) >> 2) - 1;
  let groups = 0;
  let significant = 0;
  let out = at + 12;

  // The first group before the point may be short on its left, the last one behind the point on its right.
  let groupEnd = first + (whole & 3 || 4);
  for (let from = first; from < pointAt; from = groupEnd, groupEnd += 4) {
    const group = groupAt(source, from, groupEnd, groupEnd);
    if (group === noDigits) return fault.misread;
    target.setInt16(out, group);
    out += 2;
    groups++;
    if (group !== 0) significant = groups;
  }
  for (let from = pointAt + 1; from < end; from += 4) {
    const group = groupAt(source, from, Math.min(from + 4, end), from + 4);
    if (group === noDigits) return fault.misread;
    if (group === 0 && groups === 0) {
      weight--;
      continue;
    }
    target.setInt16(out, group);
    out += 2;
    groups++;
    if (group !== 0) significant = groups;
  }

  target.setInt32(at, 8 + 2 * significant);
  target.setInt16(at + 4, significant);
  target.setInt16(at + 6, significant === 0 ? 0 : weight);
  target.setInt16(at + 8, negative && significant > 0 ? negativeSign : 0);
  target.setInt16(at + 10, scale);
  return at + 12 + 2 * significant;
};

/** The group of the digits `[from, end)`, followed by as many zeros as lead to `groupEnd`. */
function groupAt(source: DataView, from: number, end: number, groupEnd: number): number {
  if (end - from === 4) return fourDigitsAt(source, from);
  let group = 0;
  for (let i = from; i < end; i++) {
    const digit = digitAt(source, i);
    if (digit > 9) return noDigits;
    group = group * 10 + digit;
  }
  for (let i = end; i < groupEnd; i++) group *= 10;
  return group;
}
