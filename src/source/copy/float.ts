import { type CellEncoder, fault } from './cell-encoder.ts';
import { decimalToDouble } from './decimal-to-double.ts';

/** A decimal number as float8. */
export const encodeFloat8: CellEncoder = (source, start, end, target, at) => {
  const value = decimalToDouble(source, start, end);
  if (Number.isNaN(value)) return fault.misread;
  target.setInt32(at, 8);
  target.setFloat64(at + 4, value);
  return at + 12;
};

/**
 * A decimal number as float4. MySQL's text of a FLOAT has six digits and so loses some: the SELECT casts it to DOUBLE,
 * and narrowing that back to 32 bits gives the stored value.
 */
export const encodeFloat4: CellEncoder = (source, start, end, target, at) => {
  const value = decimalToDouble(source, start, end);
  if (Number.isNaN(value)) return fault.misread;
  if (!Number.isFinite(Math.fround(value))) return fault.outOfRange;
  target.setInt32(at, 4);
  target.setFloat32(at + 4, value);
  return at + 8;
};
