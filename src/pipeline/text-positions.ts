import type { FilePosition } from '../error/nightjar-error.ts';

/** Turns places in a file's text into line and column. Columns count characters, not bytes or UTF-16 units. */
export interface TextPositions {
  /** `offset` counts UTF-16 units, as in `text[offset]`. */
  readonly at: (offset: number) => FilePosition;
}

export function textPositions(file: string, text: string): TextPositions {
  let starts: readonly number[] | undefined;
  let seconds: readonly number[] | undefined;
  return {
    at(offset) {
      starts ??= lineStarts(text);
      // Of a line of a million characters too, each place is found in a moment: none is counted through.
      seconds ??= secondUnits(text);
      const place = Math.max(0, Math.min(offset, text.length));
      const line = countUpTo(starts, place);
      const start = starts[line - 1] ?? 0;
      const column = place - start - (countUpTo(seconds, place - 1) - countUpTo(seconds, start - 1)) + 1;
      return { file, line, column };
    },
  };
}

/** How many of these, which rise, are not above the limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the second UTF-16 unit of a character stands, of each that has two. */
function secondUnits(text: string): readonly number[] {
  return Array.from(text.matchAll(/[\u{10000}-\u{10ffff}]/gu), (match) => match.index + 1);
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
