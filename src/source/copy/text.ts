import { isUtf8 } from 'node:buffer';
import { bytesOf } from './bytes.ts';
import { type CellEncoder, fault } from './cell-encoder.ts';

/** From this length on the runtime's own check and copy are faster than a loop, in spite of the views they need. */
const worthViews = 512;

/** UTF-8 text as text. PostgreSQL takes neither a NUL nor anything that is not UTF-8: both are `badText`. */
export const encodeText: CellEncoder = (source, start, end, target, at) => {
  const length = end - start;
  target.setInt32(at, length);
  if (length >= worthViews) return copyLong(source, start, end, target, at + 4);
  const shift = at + 4 - start;
  const lastWord = end - 4;
  let i = start;
  while (i < end) {
    while (i <= lastWord) {
      const word = source.getInt32(i);
      if (!isPlain(word)) break;
      target.setInt32(i + shift, word);
      i += 4;
    }
    if (i === end) break;
    if (i > lastWord && length >= 4) {
      // Less than a word is left: take the last four bytes again, most of them for the second time.
      const word = source.getInt32(lastWord);
      if (isPlain(word)) {
        target.setInt32(lastWord + shift, word);
        break;
      }
    }
    // A character that is more than one byte, or the few before it.
    const behind = characterEnd(source, i, end);
    if (behind === 0) return fault.badText;
    for (; i < behind; i++) target.setUint8(i + shift, source.getUint8(i));
  }
  return at + 4 + length;
};

/** Whether four bytes are all from 1 to 127: a byte of 0 borrows, and so sets its highest bit in the difference. */
function isPlain(word: number): boolean {
  return ((word | (word - 0x01010101)) & 0x80808080) === 0;
}

/** Where the character at `at` ends; 0 where it is a NUL or not well formed (Unicode 15, table 3-7). */
function characterEnd(source: DataView, at: number, end: number): number {
  const first = source.getUint8(at);
  if (first < 0x80) return first === 0 ? 0 : at + 1;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (first < 0xc2 || first > 0xf4 || at + length > end) return 0;
  const second = source.getUint8(at + 1);
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let i = at + 2; i < at + length; i++) {
    if ((source.getUint8(i) & 0xc0) !== 0x80) return 0;
  }
  return at + length;
}

function copyLong(source: DataView, start: number, end: number, target: DataView, at: number): number {
  const bytes = bytesOf(source, start, end);
  if (bytes.includes(0) || !isUtf8(bytes)) return fault.badText;
  bytesOf(target, at, at + bytes.length).set(bytes);
  return at + bytes.length;
}
