import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RawType } from '../../src/pipeline/raw-type.ts';
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
import { RowEncoder } from '../../src/source/mysql/row-encoder.ts';
import { RepairLog } from '../../src/source/repair-log.ts';
import { temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { MemorySink } from './memory-sink.ts';
import { finish, RawTables } from './raw-tables.ts';
import { textRow } from './text-row.ts';

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
  /** The text that PostgreSQL reads the same from, where it is another. */
  readonly asPostgres?: (text: string) => string;
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
    texts: fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  },
  {
    raw: 'timestamp',
    encode: encodeTimestamp,
    texts: fc
      .tuple(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        fc.stringMatching(/^(\.[0-9]{1,6})?$/),
      )
      .map(([date, fraction]) => `${date.toISOString().slice(0, 19).replace('T', ' ')}${fraction}`),
  },
  {
    raw: 'interval',
    encode: encodeInterval,
    texts: fc.stringMatching(/^-?[0-8][0-3][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?$/),
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
];

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
  const encoder = new RowEncoder({
    table: 'test',
    columns: [
      { name: 'n', encode: encodeInt8 },
      { name: 'v', encode: subject.encode },
    ],
    output,
    repairs: new RepairLog(['n', 'v']),
    rowLimit: 1_000_000,
  });
  texts.forEach((text, row) => {
    const packet = textRow([Buffer.from(String(row)), Buffer.from(text)]);
    encoder.packet(packet, 0, packet.length);
  });
  encoder.end();
  await finish(output, sink);
  const { asPostgres = (text: string): string => text } = subject;
  // The bytes too: -0 is equal to 0, and 1.0 to 1.
  const send = `${subject.raw}${/^(date|timestamp|interval|numeric)$/.test(subject.raw) ? '_' : ''}send`;
  const { rows } = await raw.client.query<{ wrong: string | null }>(
    `select string_agg(format('%s is not %s', v, wanted), '; ') as wrong
       from unnest($1::text[]) with ordinality as w(wanted, n) left join raw_0 r on r.n + 1 = w.n
      where ${send}(r.v) is distinct from ${send}(w.wanted::${subject.raw}) or r.nightjar_repaired is not null`,
    [texts.map(asPostgres)],
  );
  assert.equal(rows[0]?.wrong, null);
}

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
