import type { FieldPacket } from 'mysql2';

/** What the cells of a result's column look like. */
export type WireForm =
  | 'signed'
  | 'unsigned'
  | 'decimal'
  | 'float'
  | 'double'
  | 'date'
  | 'timestamp'
  | 'time'
  | 'bits'
  | 'text'
  | 'bytes'
  | 'json';

type TypeForm = Exclude<WireForm, 'signed' | 'unsigned' | 'text'> | 'integer' | 'string';

/** The types of MySQL's protocol (include/mysql/field_types.h). */
const forms: Readonly<Record<number, TypeForm>> = {
  0: 'decimal',
  1: 'integer',
  2: 'integer',
  3: 'integer',
  4: 'float',
  5: 'double',
  7: 'timestamp',
  8: 'integer',
  9: 'integer',
  10: 'date',
  11: 'time',
  12: 'timestamp',
  13: 'integer',
  14: 'date',
  15: 'string',
  16: 'bits',
  242: 'bytes',
  245: 'json',
  246: 'decimal',
  247: 'string',
  248: 'string',
  249: 'string',
  250: 'string',
  251: 'string',
  252: 'string',
  253: 'string',
  254: 'string',
  255: 'bytes',
};

/** Bytes of a cell in the binary protocol, of those types whose cells have no length before them. */
const widths: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 4, 4: 4, 5: 8, 8: 8, 9: 4, 13: 2 };

/** The character set of what is not text. */
const binary = 63;
/** Of the flags of a field (include/mysql_com.h). */
const unsigned = 32;

/** The form of a column; `undefined` where no raw type can come of it. */
export function wireFormOf({ columnType, characterSet, flags }: FieldPacket): WireForm | undefined {
  const form = forms[columnType ?? -1];
  // Text and bytes have the same types, and differ in the character set alone.
  if (form === 'string') return characterSet === binary ? 'bytes' : 'text';
  if (form !== 'integer') return form;
  return typeof flags === 'number' && (flags & unsigned) !== 0 ? 'unsigned' : 'signed';
}

/** Bytes of each of the column's cells in the binary protocol; 0 where a cell stands behind its own length. */
export function cellWidthOf({ columnType }: FieldPacket): number {
  return widths[columnType ?? -1] ?? 0;
}
