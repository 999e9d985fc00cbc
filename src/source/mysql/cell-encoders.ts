import type { FieldPacket } from 'mysql2';
import type { RawType } from '../../pipeline/raw-type.ts';
import { encodeInt8FromBits, encodeNumericFromBits } from '../copy/bits.ts';
import { encodeBooleanFromBits, encodeBooleanFromInteger } from '../copy/boolean.ts';
import { encodeBytea } from '../copy/bytea.ts';
import type { CellEncoder } from '../copy/cell-encoder.ts';
import { encodeDate } from '../copy/date.ts';
import { encodeFloat4, encodeFloat8 } from '../copy/float.ts';
import { encodeInt8 } from '../copy/int8.ts';
import { encodeInterval } from '../copy/interval.ts';
import { encodeNumeric } from '../copy/numeric.ts';
import { encodeText } from '../copy/text.ts';
import { encodeTimestamp } from '../copy/timestamp.ts';

/** The types of MySQL's protocol (include/mysql/field_types.h), by what their text looks like. */
const wireForms: Readonly<Record<number, WireForm>> = {
  0: 'decimal',
  1: 'integer',
  2: 'integer',
  3: 'integer',
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

type WireForm =
  | 'integer'
  | 'decimal'
  | 'double'
  | 'date'
  | 'timestamp'
  | 'time'
  | 'bits'
  | 'string'
  | 'bytes'
  | 'json'
  | 'text';

const encoders: Readonly<Record<RawType, Partial<Record<WireForm, CellEncoder>>>> = {
  int8: { integer: encodeInt8, bits: encodeInt8FromBits },
  numeric: { decimal: encodeNumeric, integer: encodeNumeric, bits: encodeNumericFromBits },
  float4: { double: encodeFloat4 },
  float8: { double: encodeFloat8 },
  bool: { integer: encodeBooleanFromInteger, bits: encodeBooleanFromBits },
  date: { date: encodeDate },
  timestamp: { timestamp: encodeTimestamp },
  interval: { time: encodeInterval },
  text: { text: encodeText, json: encodeText },
  bytea: { bytes: encodeBytea, bits: encodeBytea },
};

/** The character set of what is not text. */
const binary = 63;

/** What encodes the cells of a result's column as a raw type; `undefined` where that type cannot come of this column. */
export function encoderFor(raw: RawType, field: FieldPacket): CellEncoder | undefined {
  const form = wireForms[field.columnType ?? -1];
  if (form === undefined) return undefined;
  // Text and bytes have the same types, and differ in the character set alone.
  if (form === 'string') return encoders[raw][field.characterSet === binary ? 'bytes' : 'text'];
  return encoders[raw][form];
}
