import { digitAt } from './digits.ts';
import { type CellEncoder, fault } from './cell-encoder.ts';

const minus = 45;
const twoTo32 = 4_294_967_296;
/** So many digits fit a 32-bit integer, and so many a double, exactly. */
const digitsOfInt32 = 9;
const digitsOfDouble = 15;

/** An integer in decimal digits, as int8. */
export const encodeInt8: CellEncoder = (source, start, end, target, at) => {
  if (start === end) return fault.misread;
  const negative = source.getUint8(start) === minus;
  const first = negative ? start + 1 : start;
  const digits = end - first;
  if (digits === 0) return fault.misread;
  if (digits > digitsOfInt32) {
    return digits > digitsOfDouble
      ? encodeLong(source, first, end, target, at, negative)
      : encodeDouble(source, first, end, target, at, negative);
  }
  let value = 0;
  for (let i = first; i < end; i++) {
    const digit = digitAt(source, i);
    if (digit > 9) return fault.misread;
    value = (value * 10 + digit) | 0;
  }
  if (negative) value = -value | 0;
  target.setInt32(at, 8);
  target.setInt32(at + 4, value >> 31);
  target.setInt32(at + 8, value);
  return at + 12;
};

/** An integer of at most 53 bits as an int8 field; gives the offset behind it. */
export function writeInt8(target: DataView, at: number, value: number): number {
  const high = Math.floor(value / twoTo32);
  target.setInt32(at, 8);
  target.setInt32(at + 4, high);
  target.setUint32(at + 8, value - high * twoTo32);
  return at + 12;
}

/** Up to fifteen digits, which a double holds. */
function encodeDouble(
  source: DataView,
  first: number,
  end: number,
  target: DataView,
  at: number,
  negative: boolean,
): number {
  let value = 0;
  for (let i = first; i < end; i++) {
    const digit = digitAt(source, i);
    if (digit > 9) return fault.misread;
    value = value * 10 + digit;
  }
  return writeInt8(target, at, negative ? -value : value);
}

/** Any number of digits: two halves of 32 bits, with the carry by hand. */
function encodeLong(
  source: DataView,
  first: number,
  end: number,
  target: DataView,
  at: number,
  negative: boolean,
): number {
  let high = 0;
  let low = 0;
  for (let i = first; i < end; i++) {
    const digit = digitAt(source, i);
    if (digit > 9) return fault.misread;
    low = low * 10 + digit;
    const carry = Math.floor(low / twoTo32);
    low -= carry * twoTo32;
    high = high * 10 + carry;
    if (high >= twoTo32) return fault.outOfRange;
  }
  if (negative) {
    if (high > 0x80000000 || (high === 0x80000000 && low > 0)) return fault.outOfRange;
    // Two's complement: everything inverted, and one added.
    high = low === 0 ? twoTo32 - high : twoTo32 - 1 - high;
    low = low === 0 ? 0 : twoTo32 - low;
  } else if (high >= 0x80000000) {
    return fault.outOfRange;
  }
  target.setInt32(at, 8);
  target.setUint32(at + 4, high);
  target.setUint32(at + 8, low);
  return at + 12;
}
