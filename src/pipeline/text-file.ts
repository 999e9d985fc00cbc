import type { FaultList } from './fault-list.ts';
import { textPositions } from './text-positions.ts';

/** A file's text, without a byte order mark; `undefined`, and a fault, where the bytes are no text. */
export function decodeTextFile(file: string, bytes: Uint8Array, faults: FaultList): string | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    faults.add(
      'NJ-CONFIG-NOT-TEXT',
      { file, found: 'bytes that are no character' },
      firstBadByte(file, bytes),
    );
    return undefined;
  }
  // A NUL would end the text for PostgreSQL's parser, which then would not see what stands behind it.
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    faults.add('NJ-CONFIG-NOT-TEXT', { file, found: 'a NUL' }, textPositions(file, text).at(nul));
    return undefined;
  }
  if (text.trim() === '') {
    faults.add('NJ-CONFIG-FILE-EMPTY', { file }, { file, line: 1, column: 1 });
    return undefined;
  }
  return text;
}

/** Everything before the first U+FFFD that is not in the bytes themselves was read well. */
function firstBadByte(file: string, bytes: Uint8Array): { file: string; line: number; column: number } {
  const loose = new TextDecoder('utf-8').decode(bytes);
  const encoder = new TextEncoder();
  for (let index = loose.indexOf('\uFFFD'); index !== -1; index = loose.indexOf('\uFFFD', index + 1)) {
    const before = encoder.encode(loose.slice(0, index)).length + (hasByteOrderMark(bytes) ? 3 : 0);
    const written = bytes[before] === 0xef && bytes[before + 1] === 0xbf && bytes[before + 2] === 0xbd;
    if (!written) return textPositions(file, loose).at(index);
  }
  return { file, line: 1, column: 1 };
}

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
