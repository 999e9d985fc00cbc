import type { FieldPacket } from 'mysql2';
import type { RawType } from '../../pipeline/raw-type.ts';
import {
  encodeFloat4FromDouble,
  encodeFloat4FromFloat,
  encodeFloat8FromDouble,
} from '../copy/binary-float.ts';
import { encodeInt8FromSigned, encodeInt8FromUnsigned } from '../copy/binary-integer.ts';
import {
  encodeDateFromParts,
  encodeIntervalFromParts,
  encodeTimestampFromParts,
} from '../copy/binary-moment.ts';
import { encodeNumericFromSigned, encodeNumericFromUnsigned } from '../copy/binary-numeric.ts';
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
import { type WireForm, wireFormOf } from './wire-form.ts';

/** The two ways in which MySQL's protocol has cells: all of them as text, or each in the form of its type. */
export type CellFormat = 'text' | 'binary';

/** What encodes cells of each format; `undefined` where that format does not hold the value exactly. */
type Encoders = Readonly<Record<CellFormat, CellEncoder | undefined>>;

/** A cell that is the same in both formats. */
const alike = (encode: CellEncoder): Encoders => ({ text: encode, binary: encode });

const bool: Encoders = { text: encodeBooleanFromInteger, binary: encodeBooleanFromBits };

const encoders: Readonly<Record<RawType, Partial<Record<WireForm, Encoders>>>> = {
  int8: {
    signed: { text: encodeInt8, binary: encodeInt8FromSigned },
    unsigned: { text: encodeInt8, binary: encodeInt8FromUnsigned },
    bits: alike(encodeInt8FromBits),
  },
  numeric: {
    signed: { text: encodeNumeric, binary: encodeNumericFromSigned },
    unsigned: { text: encodeNumeric, binary: encodeNumericFromUnsigned },
    decimal: alike(encodeNumeric),
    bits: alike(encodeNumericFromBits),
  },
  float4: {
    // Its text has six digits: 16777215 would arrive as 16777200. Where text is read, the SELECT makes it a double.
    float: { text: undefined, binary: encodeFloat4FromFloat },
    double: { text: encodeFloat4, binary: encodeFloat4FromDouble },
  },
  float8: { double: { text: encodeFloat8, binary: encodeFloat8FromDouble } },
  bool: { signed: bool, unsigned: bool, bits: alike(encodeBooleanFromBits) },
  date: { date: { text: encodeDate, binary: encodeDateFromParts } },
  timestamp: { timestamp: { text: encodeTimestamp, binary: encodeTimestampFromParts } },
  interval: { time: { text: encodeInterval, binary: encodeIntervalFromParts } },
  text: { text: alike(encodeText), json: alike(encodeText) },
  bytea: { bytes: alike(encodeBytea), bits: alike(encodeBytea) },
};

/** What encodes the cells of a result's column as a raw type; `undefined` where that type cannot come of this column. */
export function encoderFor(raw: RawType, field: FieldPacket, format: CellFormat): CellEncoder | undefined {
  const form = wireFormOf(field);
  return form === undefined ? undefined : encoders[raw][form]?.[format];
}
