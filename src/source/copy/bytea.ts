import { bytesOf } from './bytes.ts';
import type { CellEncoder } from './cell-encoder.ts';

/** From this length on the runtime's own copying is faster than a loop, in spite of the views it needs. */
const worthViews = 512;

/** Bytes as they are, as bytea. */
export const encodeBytea: CellEncoder = (source, start, end, target, at) => {
  const length = end - start;
  target.setInt32(at, length);
  const shift = at + 4 - start;
  if (length >= worthViews) {
    bytesOf(target, at + 4, at + 4 + length).set(bytesOf(source, start, end));
  } else {
    let i = start;
    for (; i <= end - 4; i += 4) target.setInt32(i + shift, source.getInt32(i));
    for (; i < end; i++) target.setUint8(i + shift, source.getUint8(i));
  }
  return at + 4 + length;
};
