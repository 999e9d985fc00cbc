import { type CellEncoder, fault } from './cell-encoder.ts';

/** An integer of one, two, four or eight bytes, least significant first, in two's complement, as int8. */
export const encodeInt8FromSigned: CellEncoder = (source, start, end, target, at) => {
  const width = end - start;
  if (width === 8) return copyLong(source, start, target, at);
  const value = signedAt(source, start, width);
  if (Number.isNaN(value)) return fault.misread;
  target.setInt32(at, 8);
  target.setInt32(at + 4, value >> 31);
  target.setInt32(at + 8, value);
  return at + 12;
};

/** The same without a sign. */
export const encodeInt8FromUnsigned: CellEncoder = (source, start, end, target, at) => {
  const width = end - start;
  if (width === 8) {
    return source.getUint8(start + 7) > 127 ? fault.outOfRange : copyLong(source, start, target, at);
  }
  const value = unsignedAt(source, start, width);
  if (Number.isNaN(value)) return fault.misread;
  target.setInt32(at, 8);
  target.setInt32(at + 4, 0);
  target.setUint32(at + 8, value);
  return at + 12;
};

/** The integer of one, two or four bytes at `at`; NaN for another width. */
export function signedAt(source: DataView, at: number, width: number): number {
  if (width === 4) return source.getInt32(at, true);
  if (width === 2) return source.getInt16(at, true);
  return width === 1 ? source.getInt8(at) : Number.NaN;
}

/** The same without a sign. */
export function unsignedAt(source: DataView, at: number, width: number): number {
  if (width === 4) return source.getUint32(at, true);
  if (width === 2) return source.getUint16(at, true);
  return width === 1 ? source.getUint8(at) : Number.NaN;
}

function copyLong(source: DataView, start: number, target: DataView, at: number): number {
  target.setInt32(at, 8);
  target.setInt32(at + 4, source.getInt32(start + 4, true));
  target.setInt32(at + 8, source.getInt32(start, true));
  return at + 12;
}
