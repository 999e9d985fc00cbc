import { signedAt, unsignedAt } from './binary-integer.ts';
import { type CellEncoder, fault } from './cell-encoder.ts';
import { negativeSign } from './numeric.ts';

const twoTo32 = 4_294_967_296;
/** What a group of four digits counts to. */
const base = 10_000;
/** The twenty digits of 2^64 - 1 are five groups. */
const mostGroups = 5;

/** An integer of one, two, four or eight bytes, least significant first, in two's complement, as numeric. */
export const encodeNumericFromSigned: CellEncoder = (source, start, end, target, at) => {
  const width = end - start;
  if (width !== 8) {
    const value = signedAt(source, start, width);
    if (Number.isNaN(value)) return fault.misread;
    return writeInteger(target, at, value < 0, 0, value < 0 ? -value : value);
  }
  const low = source.getUint32(start, true);
  const high = source.getInt32(start + 4, true);
  return high < 0
    ? writeInteger(target, at, true, -high - 1, twoTo32 - low)
    : writeInteger(target, at, false, high, low);
};

/** The same without a sign. */
export const encodeNumericFromUnsigned: CellEncoder = (source, start, end, target, at) => {
  const width = end - start;
  if (width === 8) {
    return writeInteger(target, at, false, source.getUint32(start + 4, true), source.getUint32(start, true));
  }
  const value = unsignedAt(source, start, width);
  if (Number.isNaN(value)) return fault.misread;
  return writeInteger(target, at, false, 0, value);
};

/** The integer `high` × 2^32 + `low` as a numeric field (its form: `encodeNumeric`); gives the offset behind it. */
function writeInteger(target: DataView, at: number, negative: boolean, high: number, low: number): number {
  let first = mostGroups;
  let last = -1;
  // Each group is what is left when both halves are divided, as on paper; all of it fits a double.
  for (let group = mostGroups - 1; group >= 0; group--) {
    const left = high % base;
    const rest = left * twoTo32 + low;
    high = (high - left) / base;
    low = Math.floor(rest / base);
    const digits = rest - low * base;
    target.setInt16(at + 12 + 2 * group, digits);
    if (digits === 0) continue;
    first = group;
    if (last < 0) last = group;
  }
  const groups = last < 0 ? 0 : last - first + 1;
  for (let group = 0; group < groups; group++) {
    target.setInt16(at + 12 + 2 * group, target.getInt16(at + 12 + 2 * (first + group)));
  }
  target.setInt32(at, 8 + 2 * groups);
  target.setInt16(at + 4, groups);
  target.setInt16(at + 6, groups === 0 ? 0 : mostGroups - 1 - first);
  target.setInt16(at + 8, negative ? negativeSign : 0);
  target.setInt16(at + 10, 0);
  return at + 12 + 2 * groups;
}
