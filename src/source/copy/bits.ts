import { viewOf } from './bytes.ts';
import { type CellEncoder, fault } from './cell-encoder.ts';
import { encodeNumeric } from './numeric.ts';

/** The bytes of a BIT(n), most significant first, as int8. */
export const encodeInt8FromBits: CellEncoder = (source, start, end, target, at) => {
  const length = end - start;
  if (length > 8 || length === 0) return fault.misread;
  if (length === 8 && source.getUint8(start) > 127) return fault.outOfRange;
  target.setInt32(at, 8);
  for (let i = 0; i < 8 - length; i++) target.setUint8(at + 4 + i, 0);
  for (let i = 0; i < length; i++) target.setUint8(at + 12 - length + i, source.getUint8(start + i));
  return at + 12;
};

/** The bytes of a BIT(n) as numeric, for a BIT(64). Rare enough to take the way through a string. */
export const encodeNumericFromBits: CellEncoder = (source, start, end, target, at) => {
  let value = 0n;
  for (let i = start; i < end; i++) value = value * 256n + BigInt(source.getUint8(i));
  const digits = Buffer.from(value.toString(), 'latin1');
  return encodeNumeric(viewOf(digits), 0, digits.length, target, at);
};
