import { type CellEncoder, fault } from './cell-encoder.ts';
import { digitAt } from './digits.ts';

const minus = 45;

function writeBoolean(target: DataView, at: number, value: boolean): number {
  target.setInt32(at, 1);
  target.setUint8(at + 4, value ? 1 : 0);
  return at + 5;
}

/** An integer in decimal digits as bool: 0 is false, anything else true, as in a WHERE of MySQL. */
export const encodeBooleanFromInteger: CellEncoder = (source, start, end, target, at) => {
  if (start === end) return fault.misread;
  let value = false;
  for (let i = source.getUint8(start) === minus ? start + 1 : start; i < end; i++) {
    const digit = digitAt(source, i);
    if (digit > 9) return fault.misread;
    if (digit !== 0) value = true;
  }
  return writeBoolean(target, at, value);
};

/** The bytes of a BIT as bool: true where any bit is set. */
export const encodeBooleanFromBits: CellEncoder = (source, start, end, target, at) => {
  let value = false;
  for (let i = start; i < end; i++) if (source.getUint8(i) !== 0) value = true;
  return writeBoolean(target, at, value);
};
