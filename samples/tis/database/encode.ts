import type { Cell, Row } from './cell.ts';

export type TextDialect = 'mysql' | 'postgres';

/** Enough for one packet to be worth sending, little enough for two streams to stay small. */
const chunkLength = 128 * 1024;

/**
 * Rows as the text that both `LOAD DATA` and `COPY … FROM STDIN` read with a tab between cells: they differ in how a
 * bit and an impossible date are written, and in nothing else.
 */
export function* encodeRows(
  rows: Iterable<Row>,
  dialect: TextDialect,
  onRows?: (rows: number) => void,
): Iterable<Buffer> {
  let text = '';
  let count = 0;
  for (const row of rows) {
    for (let at = 0; at < row.length; at += 1) {
      if (at > 0) text += '\t';
      text += encodeCell(row[at] ?? null, dialect);
    }
    text += '\n';
    count += 1;
    if (text.length >= chunkLength) {
      yield Buffer.from(text);
      onRows?.(count);
      text = '';
      count = 0;
    }
  }
  if (text !== '') yield Buffer.from(text);
  onRows?.(count);
}

const special = /[\t\n\r\\]/;

function encodeCell(cell: Cell, dialect: TextDialect): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'string') return special.test(cell) ? escape(cell) : cell;
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return dialect === 'postgres' ? (cell ? 't' : 'f') : cell ? '\u0001' : '\\0';
  return dialect === 'postgres' ? '\\N' : cell.lax;
}

function escape(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}
