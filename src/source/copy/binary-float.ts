import { type CellEncoder, fault } from './cell-encoder.ts';

/** The bits of an exponent: all of them are set in what is no number, and in the infinities. */
const exponentOfFloat = 0x7f80_0000;
const exponentOfDouble = 0x7ff0_0000;

/** Four bytes of an IEEE float, least significant first, as float4. */
export const encodeFloat4FromFloat: CellEncoder = (source, start, end, target, at) => {
  if (end - start !== 4) return fault.misread;
  const bits = source.getInt32(start, true);
  if ((bits & exponentOfFloat) === exponentOfFloat) return fault.misread;
  target.setInt32(at, 4);
  target.setInt32(at + 4, bits);
  return at + 8;
};

/** Eight bytes of an IEEE double, least significant first, as float4. */
export const encodeFloat4FromDouble: CellEncoder = (source, start, end, target, at) => {
  if (end - start !== 8) return fault.misread;
  const value = source.getFloat64(start, true);
  if (!Number.isFinite(value)) return fault.misread;
  if (!Number.isFinite(Math.fround(value))) return fault.outOfRange;
  target.setInt32(at, 4);
  target.setFloat32(at + 4, value);
  return at + 8;
};

/** Eight bytes of an IEEE double, least significant first, as float8. */
export const encodeFloat8FromDouble: CellEncoder = (source, start, end, target, at) => {
  if (end - start !== 8) return fault.misread;
  const high = source.getInt32(start + 4, true);
  if ((high & exponentOfDouble) === exponentOfDouble) return fault.misread;
  target.setInt32(at, 8);
  target.setInt32(at + 4, high);
  target.setInt32(at + 8, source.getInt32(start, true));
  return at + 12;
};
