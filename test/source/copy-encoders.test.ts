import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RawType } from '../../src/pipeline/raw-type.ts';
import {
  encodeFloat4FromDouble,
  encodeFloat4FromFloat,
  encodeFloat8FromDouble,
} from '../../src/source/copy/binary-float.ts';
import { encodeInt8FromSigned, encodeInt8FromUnsigned } from '../../src/source/copy/binary-integer.ts';
import {
  encodeDateFromParts,
  encodeIntervalFromParts,
  encodeTimestampFromParts,
} from '../../src/source/copy/binary-moment.ts';
import { encodeNumericFromSigned, encodeNumericFromUnsigned } from '../../src/source/copy/binary-numeric.ts';
import { encodeInt8FromBits, encodeNumericFromBits } from '../../src/source/copy/bits.ts';
import { encodeBooleanFromBits, encodeBooleanFromInteger } from '../../src/source/copy/boolean.ts';
import { encodeBytea } from '../../src/source/copy/bytea.ts';
import { viewOf } from '../../src/source/copy/bytes.ts';
import { type CellEncoder, cellRoom, fault } from '../../src/source/copy/cell-encoder.ts';
import { CopyOutput } from '../../src/source/copy/copy-output.ts';
import { encodeDate } from '../../src/source/copy/date.ts';
import { encodeFloat4, encodeFloat8 } from '../../src/source/copy/float.ts';
import { encodeInt8 } from '../../src/source/copy/int8.ts';
import { encodeInterval } from '../../src/source/copy/interval.ts';
import { encodeNumeric } from '../../src/source/copy/numeric.ts';
import { encodeText } from '../../src/source/copy/text.ts';
import { encodeTimestamp } from '../../src/source/copy/timestamp.ts';
import { CellRows } from '../../src/source/mysql/cell-rows.ts';
import { RowWriter } from '../../src/source/mysql/row-writer.ts';
import { RepairLog } from '../../src/source/repair-log.ts';
import { temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { doubleCell, floatCell, integerCell, intervalCell, momentCell } from './cells.ts';
import { MemorySink } from './memory-sink.ts';
import { finish, RawTables } from './raw-tables.ts';

const encoders: Readonly<Record<string, CellEncoder>> = {
  encodeInt8FromBits,
  encodeNumericFromBits,
  encodeBooleanFromBits,
  encodeBooleanFromInteger,
  encodeBytea,
  encodeDate,
  encodeFloat4,
  encodeFloat8,
  encodeInt8,
  encodeInterval,
  encodeNumeric,
  encodeText,
  encodeTimestamp,
  encodeInt8FromSigned,
  encodeInt8FromUnsigned,
  encodeNumericFromSigned,
  encodeNumericFromUnsigned,
  encodeFloat4FromFloat,
  encodeFloat4FromDouble,
  encodeFloat8FromDouble,
  encodeDateFromParts,
  encodeTimestampFromParts,
  encodeIntervalFromParts,
};

/** Bytes that look much like what each encoder expects, and now and then are. */
const almost = fc.oneof(
  fc.stringMatching(/^[-+]?[0-9]{0,25}(\.[0-9]{0,20})?([eE][-+]?[0-9]{0,4})?$/),
  fc.stringMatching(/^[0-9]{3,4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{0,7})?)?$/),
  fc.stringMatching(/^-?[0-9]{1,4}:[0-9]{2}:[0-9]{1,2}(\.[0-9]{0,7})?$/),
  fc.string({ unit: 'binary' }),
);
const anything = fc.oneof(
  almost.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 30 }),
);

for (const [name, encode] of Object.entries(encoders)) {
  test(`${name} stays inside its cell and its room, whatever the cell`, () => {
    fc.assert(
      fc.property(anything, fc.nat({ max: 9 }), fc.nat({ max: 9 }), (cell, lead, tail) => {
        // A cell at the very end of its memory: reading behind it would throw.
        const source = Buffer.concat([Buffer.alloc(lead, 0x35), cell]);
        const room = cell.length + cellRoom;
        const target = Buffer.alloc(lead + room + tail, 0xa5);
        const end = encode(viewOf(source), lead, source.length, viewOf(target), lead);
        assert(Object.values(fault).some((code) => code === end) || (end >= lead + 4 && end <= lead + room));
        if (end > 0) assert.equal(target.readInt32BE(lead), end - lead - 4);
        assert(target.subarray(0, lead).every((byte) => byte === 0xa5));
        assert(target.subarray(lead + room).every((byte) => byte === 0xa5));
      }),
      { numRuns: 2_000 },
    );
  });
}

const digits = (max: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom('0', '0', '0', '1', '9', '5', '8'),
    minLength: 1,
    maxLength: max,
    size: 'max',
  });
const signed = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom('', '-'), text).map((parts) => parts.join(''));

interface Subject {
  readonly raw: RawType;
  readonly encode: CellEncoder;
  readonly texts: fc.Arbitrary<string>;
  /** What makes the cell of a text, where it is not the text itself. */
  readonly toCell?: (text: string) => Uint8Array;
  /** The text that PostgreSQL reads the same from, where it is another. */
  readonly asPostgres?: (text: string) => string;
}

const dates = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const timestamps = fc
  .tuple(
    fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    fc.stringMatching(/^(\.[0-9]{1,6})?$/),
    fc.boolean(),
  )
  .map(([date, fraction, midnight]) => {
    const [day = '', time = ''] = date.toISOString().slice(0, 19).split('T');
    return midnight ? `${day} 00:00:00` : `${day} ${time}${fraction}`;
  });
const intervals = fc.oneof(
  fc.stringMatching(/^-?[0-8][0-3][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?$/),
  fc.constantFrom('838:59:59.999999', '-838:59:59.999999', '00:00:00', '-00:00:00.000001', '24:00:00'),
);

/** Integers of a width in bytes, with and without a sign. */
function integers(width: number, isSigned: boolean): readonly Subject[] {
  const bits = BigInt(8 * width);
  const [min, max] = isSigned ? [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n] : [0n, 2n ** bits - 1n];
  const values = (most: bigint): fc.Arbitrary<string> =>
    fc
      .oneof(
        fc.bigInt({ min, max: most }),
        fc.constantFrom(min, most, 0n, 1n),
        // Groups of zeros in a numeric.
        fc.tuple(fc.bigInt({ min: 1n, max: 99n }), fc.nat({ max: 18 })).map(([n, zeros]) => {
          const value = n * 10n ** BigInt(zeros);
          return value <= most ? value : n;
        }),
      )
      .map(String);
  const toCell = (text: string): Uint8Array => integerCell(BigInt(text), width);
  // Beyond is out of range, which is tested below.
  const mostInt8 = max < 2n ** 63n ? max : 2n ** 63n - 1n;
  return [
    {
      ...{ raw: 'int8', texts: values(mostInt8), toCell },
      encode: isSigned ? encodeInt8FromSigned : encodeInt8FromUnsigned,
    },
    {
      ...{ raw: 'numeric', texts: values(max), toCell },
      encode: isSigned ? encodeNumericFromSigned : encodeNumericFromUnsigned,
    },
  ];
}

const subjects: readonly Subject[] = [
  {
    raw: 'int8',
    encode: encodeInt8,
    texts: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  },
  { raw: 'int8', encode: encodeInt8, texts: signed(digits(18)) },
  {
    raw: 'numeric',
    encode: encodeNumeric,
    texts: signed(fc.tuple(digits(40), digits(40)).map((parts) => parts.join('.'))),
  },
  { raw: 'numeric', encode: encodeNumeric, texts: signed(digits(65)) },
  {
    raw: 'float8',
    encode: encodeFloat8,
    texts: fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      signed(fc.tuple(digits(20), digits(9)).map((parts) => parts.join('.'))),
      signed(fc.tuple(digits(3), fc.integer({ min: -300, max: 300 })).map((parts) => parts.join('e'))),
    ),
  },
  {
    raw: 'float4',
    encode: encodeFloat4,
    texts: fc.float({ noNaN: true, noDefaultInfinity: true }).map(String),
  },
  {
    raw: 'date',
    encode: encodeDate,
    texts: dates,
  },
  {
    raw: 'timestamp',
    encode: encodeTimestamp,
    texts: timestamps,
  },
  {
    raw: 'interval',
    encode: encodeInterval,
    texts: intervals,
  },
  {
    raw: 'text',
    encode: encodeText,
    texts: fc
      .string({ unit: 'binary', maxLength: 600, size: 'max' })
      .map((text) => text.replaceAll('\0', '')),
  },
  {
    raw: 'bytea',
    encode: encodeBytea,
    texts: fc.string({ maxLength: 600, size: 'max' }),
    asPostgres: (text) => `\\x${Buffer.from(text).toString('hex')}`,
  },
  ...[1, 2, 4, 8].flatMap((width) => [...integers(width, true), ...integers(width, false)]),
  {
    ...{ raw: 'float4', encode: encodeFloat4FromFloat },
    texts: fc.float({ noNaN: true, noDefaultInfinity: true }).map(printNumber),
    toCell: (text) => floatCell(Number(text)),
  },
  {
    ...{ raw: 'float4', encode: encodeFloat4FromDouble },
    texts: fc.float({ noNaN: true, noDefaultInfinity: true }).map(printNumber),
    toCell: (text) => doubleCell(Number(text)),
  },
  {
    ...{ raw: 'float8', encode: encodeFloat8FromDouble },
    texts: fc.double({ noNaN: true, noDefaultInfinity: true }).map(printNumber),
    toCell: (text) => doubleCell(Number(text)),
  },
  { raw: 'date', encode: encodeDateFromParts, texts: dates, toCell: momentCell },
  { raw: 'timestamp', encode: encodeTimestampFromParts, texts: timestamps, toCell: momentCell },
  { raw: 'interval', encode: encodeIntervalFromParts, texts: intervals, toCell: intervalCell },
];

/** With its sign, also of zero. */
function printNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

for (const major of [15, 18] as const) {
  test(`PostgreSQL ${major} reads what was encoded as it reads the text`, async (t) => {
    await using database = await temporaryPostgresDatabase(await testPostgres(major));
    await using raw = await RawTables.in(database);
    for (const [index, subject] of subjects.entries()) {
      await t.test(`${subject.encode.name} ${index}`, async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.array(subject.texts, { minLength: 1, maxLength: 400, size: 'max' }),
            async (texts) => {
              await roundTrip(raw, subject, texts);
            },
          ),
          { numRuns: 4, endOnFailure: true },
        );
      });
    }
  });
}

async function roundTrip(raw: RawTables, subject: Subject, texts: readonly string[]): Promise<void> {
  const sink = await raw.open({
    schema: '',
    declared: {
      ...{ source: '', table: '', name: 'raw_0', key: [], volatile: false },
      columns: [
        { column: 'n', name: 'n', type: { text: 'bigint', raw: 'int8', capacity: [] } },
        { column: 'v', name: 'v', type: { text: subject.raw, raw: subject.raw, capacity: [] } },
      ],
    },
  });
  const output = new CopyOutput(sink, { pause: () => undefined, resume: () => undefined });
  const { toCell = (text: string): Uint8Array => Buffer.from(text) } = subject;
  const writer = new RowWriter({
    table: 'test',
    columns: ['n', 'v'],
    output,
    repairs: new RepairLog(['n', 'v']),
    rowLimit: 1_000_000,
  });
  const rows = new CellRows(writer, [encodeInt8, subject.encode]);
  texts.forEach((text, row) => {
    rows.row([Buffer.from(String(row)), toCell(text)]);
  });
  writer.end();
  await finish(output, sink);
  const { asPostgres = (text: string): string => text } = subject;
  // The bytes too: -0 is equal to 0, and 1.0 to 1.
  const send = `${subject.raw}${/^(date|timestamp|interval|numeric)$/.test(subject.raw) ? '_' : ''}send`;
  const { rows: wrong } = await raw.client.query<{ wrong: string | null }>(
    `select string_agg(format('%s is not %s', v, wanted), '; ') as wrong
       from unnest($1::text[]) with ordinality as w(wanted, n) left join raw_0 r on r.n + 1 = w.n
      where ${send}(r.v) is distinct from ${send}(w.wanted::${subject.raw}) or r.nightjar_repaired is not null`,
    [texts.map(asPostgres)],
  );
  assert.equal(wrong[0]?.wrong, null);
}

/** Cells of the binary protocol that PostgreSQL cannot hold, or that no server sends. */
const faults: readonly (readonly [encode: CellEncoder, cell: Uint8Array, code: number])[] = [
  [encodeInt8FromUnsigned, integerCell(2n ** 63n, 8), fault.outOfRange],
  [encodeInt8FromUnsigned, integerCell(2n ** 64n - 1n, 8), fault.outOfRange],
  [encodeInt8FromSigned, Buffer.alloc(3), fault.misread],
  [encodeInt8FromUnsigned, Buffer.alloc(0), fault.misread],
  [encodeNumericFromSigned, Buffer.alloc(3), fault.misread],
  [encodeNumericFromUnsigned, Buffer.alloc(16), fault.misread],
  [encodeFloat4FromDouble, doubleCell(1e39), fault.outOfRange],
  [encodeFloat4FromDouble, doubleCell(Number.NaN), fault.misread],
  [encodeFloat4FromDouble, doubleCell(Number.POSITIVE_INFINITY), fault.misread],
  [encodeFloat4FromFloat, floatCell(Number.NaN), fault.misread],
  [encodeFloat4FromFloat, floatCell(Number.NEGATIVE_INFINITY), fault.misread],
  [encodeFloat8FromDouble, doubleCell(Number.NaN), fault.misread],
  [encodeFloat8FromDouble, doubleCell(Number.NEGATIVE_INFINITY), fault.misread],
  ...[
    '0000-00-00',
    '2024-02-30',
    '2024-00-15',
    '2024-05-00',
    '0000-05-01',
    '1900-02-29',
    '2024-13-01',
  ].flatMap((day): (readonly [CellEncoder, Uint8Array, number])[] => {
    const code = day === '0000-00-00' ? fault.zeroDate : fault.impossibleDate;
    return [
      [encodeDateFromParts, momentCell(day), code],
      [encodeTimestampFromParts, momentCell(day), code],
      [encodeTimestampFromParts, momentCell(`${day} 10:00:00`), code],
      [encodeTimestampFromParts, momentCell(`${day} 10:00:00.5`), code],
    ];
  }),
  [encodeDateFromParts, Buffer.alloc(4), fault.zeroDate],
  [encodeTimestampFromParts, Buffer.alloc(11), fault.zeroDate],
  [encodeDateFromParts, momentCell('10000-01-01'), fault.misread],
  [encodeDateFromParts, momentCell('2024-01-01 10:00:00'), fault.misread],
  [encodeTimestampFromParts, momentCell('2024-01-01 24:00:00'), fault.misread],
  [encodeTimestampFromParts, momentCell('2024-01-01 00:60:00'), fault.misread],
  [encodeTimestampFromParts, momentCell('2024-01-01 00:00:60'), fault.misread],
  [encodeTimestampFromParts, momentCell('2024-01-01 00:00:00.1000000'), fault.misread],
  [encodeTimestampFromParts, Buffer.alloc(5), fault.misread],
  [encodeIntervalFromParts, intervalCell('840:00:00'), fault.misread],
  [encodeIntervalFromParts, intervalCell('00:60:00'), fault.misread],
  [encodeIntervalFromParts, Buffer.from([2, 0, 0, 0, 0, 1, 0, 0]), fault.misread],
  [encodeIntervalFromParts, Buffer.alloc(7), fault.misread],
];

test('what PostgreSQL cannot hold, and what no server sends, is told apart', () => {
  for (const [encode, cell, code] of faults) {
    const target = Buffer.alloc(cell.length + cellRoom);
    const found = encode(viewOf(cell), 0, cell.length, viewOf(target), 0);
    assert.equal(found, code, `${encode.name} of ${Buffer.from(cell).toString('hex')}`);
  }
});

test('memory is written to again only when the sink has taken it, and the source waits meanwhile', async () => {
  let paused = 0;
  let resumed = 0;
  const sink = new MemorySink(() => new Promise((resolve) => setTimeout(resolve, 1)));
  const output = new CopyOutput(sink, { pause: () => paused++, resume: () => resumed++ });
  const expected: Buffer[] = [];
  for (let row = 0; row < 4_000; row++) {
    const piece = Buffer.alloc(1_000 + (row % 7) * 100 + (row % 501 === 0 ? 300_000 : 0), row % 251);
    expected.push(piece);
    output.append(piece);
    // The source sends no more than what was already here while it is paused.
    if (paused > resumed) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await output.end();
  assert(sink.bytes.equals(Buffer.concat(expected)));
  assert.equal(output.bytes, sink.bytes.length);
  assert(paused > 2);
  assert(paused - resumed <= 1);
});
