import type { FilePosition } from '../error/nightjar-error.ts';

/** Turns places in a file's text into line and column. Columns count characters, not bytes or UTF-16 units. */
export interface TextPositions {
  /** `offset` counts UTF-16 units, as in `text[offset]`. */
  readonly at: (offset: number) => FilePosition;
}

export function textPositions(file: string, text: string): TextPositions {
  let starts: number[] | undefined;
  return {
    at(offset) {
      starts ??= lineStarts(text);
      const place = Math.max(0, Math.min(offset, text.length));
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= place) low = middle;
        else high = middle - 1;
      }
      const column = Array.from(text.slice(starts[low], place)).length + 1;
      return { file, line: low + 1, column };
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
