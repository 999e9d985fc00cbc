import type { FilePosition } from '../error/nightjar-error.ts';
import type { FaultList } from './fault-list.ts';
import { textPositions } from './text-positions.ts';

/** One cell of a CSV file. */
export interface CsvCell {
  readonly text: string;
  /** `""` is a text without letters; a cell with nothing in it is no value. */
  readonly quoted: boolean;
  readonly position: FilePosition;
}

/**
 * Parses CSV by RFC 4180: cells between commas, rows between line breaks, quotes around a cell that holds either or a
 * quote, which is doubled inside. An empty line at the end is no row. `undefined`, and a fault, where it is no CSV.
 */
export function parseCsv(
  file: string,
  text: string,
  faults: FaultList,
): readonly (readonly CsvCell[])[] | undefined {
  const positions = textPositions(file, text);
  const rows: CsvCell[][] = [];
  let row: CsvCell[] = [];
  let at = 0;
  while (at < text.length || row.length > 0) {
    const start = at;
    const quoted = text[at] === '"';
    let cell = '';
    if (quoted) {
      const end = closingQuote(text, at + 1);
      if (end === undefined) {
        faults.add(
          'NJ-CONFIG-CSV',
          { reason: 'the quote that opens here is never closed' },
          positions.at(start),
        );
        return undefined;
      }
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      while (at < text.length && !/[,\r\n"]/.test(text.charAt(at))) at += 1;
      cell = text.slice(start, at);
    }
    row.push({ text: cell, quoted, position: positions.at(start) });
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    const lineBreak = /^(?:\r?\n|\r)/.exec(text.slice(at, at + 2))?.[0];
    if (lineBreak === undefined && at < text.length) {
      const reason = quoted
        ? 'something stands behind a closing quote'
        : 'a quote stands within a cell that does not begin with one';
      faults.add('NJ-CONFIG-CSV', { reason }, positions.at(at));
      return undefined;
    }
    rows.push(row);
    row = [];
    at += lineBreak?.length ?? 0;
  }
  return rows;
}

function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return undefined;
}
