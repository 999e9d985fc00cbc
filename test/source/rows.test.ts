import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import { encodeInt8FromSigned, encodeInt8FromUnsigned } from '../../src/source/copy/binary-integer.ts';
import { encodeDateFromParts } from '../../src/source/copy/binary-moment.ts';
import { encodeBytea } from '../../src/source/copy/bytea.ts';
import type { CellEncoder } from '../../src/source/copy/cell-encoder.ts';
import { CopyOutput } from '../../src/source/copy/copy-output.ts';
import { encodeDate } from '../../src/source/copy/date.ts';
import { encodeInt8 } from '../../src/source/copy/int8.ts';
import { encodeText } from '../../src/source/copy/text.ts';
import { CellRows } from '../../src/source/mysql/cell-rows.ts';
import { PacketRows } from '../../src/source/mysql/packet-rows.ts';
import { RowWriter } from '../../src/source/mysql/row-writer.ts';
import { RepairLog } from '../../src/source/repair-log.ts';
import { temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { integerCell, momentCell } from './cells.ts';
import { MemorySink } from './memory-sink.ts';
import { packetRow } from './packet-row.ts';
import { finish, RawTables } from './raw-tables.ts';

type Cells = readonly (Uint8Array | null)[];

interface Stage {
  readonly writer: RowWriter;
  readonly output: CopyOutput;
  readonly sink: MemorySink;
  readonly repairs: RepairLog;
}

function stage(columns: number): Stage {
  const sink = new MemorySink();
  const output = new CopyOutput(sink, { pause: () => undefined, resume: () => undefined });
  const names = Array.from({ length: columns }, (_, index) => `c${index}`);
  const repairs = new RepairLog(names);
  const writer = new RowWriter({ table: 'tcs.Person', columns: names, output, repairs, rowLimit: 1_000_000 });
  return { writer, output, sink, repairs };
}

/** Rows of packets, of which each cell stands behind its length unless a width is given. */
function packetRows(
  encoders: readonly CellEncoder[],
  widths: readonly number[] = [],
): Stage & { rows: PacketRows } {
  const on = stage(encoders.length);
  const columns = encoders.map((encode, index) => ({ encode, width: widths[index] ?? 0 }));
  return { ...on, rows: new PacketRows(on.writer, columns) };
}

/** Bytes that are often almost UTF-8: pieces of characters, NULs, and whole ones. */
const nearlyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8, size: 'max' }).map((text) => Buffer.from(text)),
      fc.string({ maxLength: 20, size: 'max' }).map((text) => Buffer.from(text)),
      fc.constantFrom(
        ...[
          'c0af',
          'eda080',
          'f4908080',
          'e282',
          'f09f98',
          '80',
          'ff',
          '00',
          'c2',
          'e0809f',
          'f0808080',
          'efbfbd',
          'efbbbf',
        ].map((hex) => Buffer.from(hex, 'hex')),
      ),
      fc.constant(Buffer.alloc(600, 'é')),
    ),
    { maxLength: 8, size: 'max' },
  )
  .map((pieces) => Buffer.concat(pieces));

test('any bytes become a text that PostgreSQL takes, and it is noted what was repaired', async () => {
  await using database = await temporaryPostgresDatabase(await testPostgres(18));
  await using raw = await RawTables.in(database);
  await fc.assert(
    fc.asyncProperty(fc.array(nearlyText, { minLength: 1, maxLength: 300, size: 'max' }), async (texts) => {
      const text = { column: 't', name: 't', type: { text: 'text', raw: 'text' as const, capacity: [] } };
      const sink = await raw.open({
        schema: '',
        declared: {
          ...{ source: '', table: '', name: 'raw_0', key: [], volatile: false },
          columns: [
            { column: 'n', name: 'n', type: { text: 'bigint', raw: 'int8' as const, capacity: [] } },
            text,
            { ...text, name: 'u' },
          ],
        },
      });
      const output = new CopyOutput(sink, { pause: () => undefined, resume: () => undefined });
      const repairs = new RepairLog(['n', 't', 'u']);
      const writer = new RowWriter({
        table: '',
        columns: ['n', 't', 'u'],
        output,
        repairs,
        rowLimit: 1_000_000,
      });
      const rows = new PacketRows(writer, [
        { encode: encodeInt8FromSigned, width: 4 },
        { encode: encodeText, width: 0 },
        { encode: encodeText, width: 0 },
      ]);
      texts.forEach((bytes, index) => {
        const packet = packetRow([integerCell(BigInt(index), 4), bytes, bytes], [4]);
        rows.row(packet, 0, packet.length);
      });
      writer.end();
      await finish(output, sink);
      const found = await raw.rows('select n, t, u, nightjar_repaired from raw_0 order by n');
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      const wanted = texts.map((bytes, index) => {
        const kinds = [...(bytes.includes(0) ? ['nul'] : []), ...(decodes(bytes) ? [] : ['not-utf8'])];
        const noted = ['t', 'u'].flatMap((column) => kinds.map((kind) => `${column}:${kind}`));
        const repaired = decoder.decode(bytes).replaceAll('\0', '');
        return [String(index), repaired, repaired, noted.length === 0 ? null : noted.join(',')];
      });
      assert.deepEqual(found, wanted);
    }),
    { numRuns: 10, endOnFailure: true },
  );
});

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A column of both ways: what encodes its cells, the width of a binary one, and values as both kinds of cell. */
interface Column {
  readonly text: CellEncoder;
  readonly binary: CellEncoder;
  readonly width: number;
  readonly cells: fc.Arbitrary<{ readonly text: Buffer; readonly binary: Buffer }>;
}

const alike = (cells: fc.Arbitrary<Buffer>): Column['cells'] =>
  cells.map((cell) => ({ text: cell, binary: cell }));
const printed = (values: fc.Arbitrary<string>, toBinary: (text: string) => Buffer): Column['cells'] =>
  values.map((value) => ({ text: Buffer.from(value), binary: toBinary(value) }));

const columns: readonly Column[] = [
  { text: encodeText, binary: encodeText, width: 0, cells: alike(nearlyText) },
  { text: encodeBytea, binary: encodeBytea, width: 0, cells: alike(nearlyText) },
  {
    ...{ text: encodeInt8, binary: encodeInt8FromSigned, width: 2 },
    cells: printed(fc.constantFrom('-32768', '0', '-1', '32767'), (value) => integerCell(BigInt(value), 2)),
  },
  {
    ...{ text: encodeDate, binary: encodeDateFromParts, width: 0 },
    cells: printed(fc.constantFrom('2024-02-29', '0000-00-00', '2024-02-30', '2024-00-01'), momentCell),
  },
  {
    ...{ text: encodeInt8, binary: encodeInt8FromUnsigned, width: 8 },
    cells: printed(fc.constantFrom('0', '9223372036854775808', '1'), (value) =>
      integerCell(BigInt(value), 8),
    ),
  },
];

test('the way of packets and the way of cells give the same bytes, nulls wherever they are', async () => {
  // As many columns as make a bitmap of one byte, of two, of three.
  const shape = fc.array(fc.constantFrom(...columns), { minLength: 1, maxLength: 20, size: 'max' });
  const table = shape.chain((chosen) =>
    fc.record({
      chosen: fc.constant(chosen),
      rows: fc.array(fc.tuple(...chosen.map((column) => fc.option(column.cells, { freq: 2 })))),
      lead: fc.nat({ max: 20 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(table, async ({ chosen, rows, lead }) => {
      const widths = chosen.map((column) => column.width);
      const byPackets = packetRows(
        chosen.map((column) => column.binary),
        widths,
      );
      const byCells = stage(chosen.length);
      const cellRows = new CellRows(
        byCells.writer,
        chosen.map((column) => column.text),
      );
      const packets = rows.map((row) => {
        const cells: Cells = row.map((cell) => cell?.binary ?? null);
        return packetRow(cells, widths);
      });
      // All packets in one piece of memory, as they come off the network.
      const memory = Buffer.concat([Buffer.alloc(lead), ...packets]);
      let at = lead;
      for (const packet of packets) {
        byPackets.rows.row(memory, at, at + packet.length);
        at += packet.length;
      }
      for (const row of rows) cellRows.row(row.map((cell) => cell?.text ?? null));
      await Promise.all([byPackets.output.end(), byCells.output.end()]);
      assert(byPackets.sink.bytes.equals(byCells.sink.bytes));
      assert.deepEqual(byPackets.repairs.counts, byCells.repairs.counts);
      assert.equal(byPackets.writer.rows, rows.length);
      assert.equal(byCells.writer.rows, rows.length);
    }),
  );
});

test('a packet that is no row is refused by table and column, never read beyond', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat({ max: 5 }), (bytes, lead) => {
      const { rows } = packetRows([encodeBytea, encodeInt8FromSigned, encodeText], [0, 4]);
      const memory = Buffer.concat([Buffer.alloc(lead), bytes]);
      try {
        rows.row(memory, lead, memory.length);
      } catch (error) {
        assert(error instanceof NightjarError);
        assert.equal(error.code, 'NJ-SOURCE-MISREAD');
      }
    }),
    { numRuns: 5_000 },
  );
  const { rows } = packetRows([encodeInt8]);
  const packet = packetRow([Buffer.from('12x')]);
  assert.throws(() => rows.row(packet, 0, packet.length), /tcs\.Person\.c0 arrived in a form/);
});

test('a row that ends too early, too late or begins otherwise is refused', () => {
  const encoders = [
    encodeInt8FromSigned,
    encodeText,
    encodeInt8FromUnsigned,
    encodeDateFromParts,
    encodeBytea,
  ];
  const widths = [1, 0, 8];
  const cells: Cells = [
    integerCell(-1n, 1),
    Buffer.from('word'),
    integerCell(7n, 8),
    momentCell('2024-02-29'),
    Buffer.alloc(300),
  ];
  const { rows, writer } = packetRows(encoders, widths);
  // What is behind the packet in memory is the next one's, and must not be taken for this one's.
  const memory = Buffer.concat([packetRow(cells, widths), Buffer.alloc(600)]);
  const length = memory.length - 600;
  rows.row(memory, 0, length);
  const refused = (end: number): void => {
    assert.throws(() => rows.row(memory, 0, end), { code: 'NJ-SOURCE-MISREAD' }, `${end} of ${length} bytes`);
  };
  for (let end = 0; end < length; end++) refused(end);
  for (let end = length + 1; end < memory.length; end++) refused(end);
  memory.writeUInt8(1, 0);
  refused(length);
  assert.equal(writer.rows, 1);
});

test('a row of nulls has a bitmap and nothing else', async () => {
  for (const count of [1, 6, 7, 14, 15, 100]) {
    const on = packetRows(
      Array.from({ length: count }, () => encodeInt8FromSigned),
      Array.from({ length: count }, () => 4),
    );
    const packet = packetRow(Array.from({ length: count }, () => null));
    assert.equal(packet.length, 1 + Math.floor((count + 9) / 8));
    on.rows.row(packet, 0, packet.length);
    await on.output.end();
    const nulls = Buffer.alloc((count + 1) * 4, 0xff);
    assert(on.sink.bytes.subarray(19).equals(Buffer.concat([Buffer.from([0, count + 1]), nulls])));
  }
});

test('a row may grow by its repairs beyond the memory that was made for it', async () => {
  const { rows, output, sink } = packetRows([encodeText, encodeText, encodeBytea]);
  const bad = Buffer.alloc(150_000, 0xff);
  const tail = Buffer.alloc(100_000, 7);
  for (let row = 0; row < 5; row++) {
    const packet = packetRow([bad, bad, tail]);
    rows.row(packet, 0, packet.length);
  }
  await output.end();
  const replaced = Buffer.from('\ufffd'.repeat(150_000));
  const field = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const noted = Buffer.from('c0:not-utf8,c1:not-utf8');
  const one = Buffer.concat([Buffer.from([0, 4]), ...[replaced, replaced, tail, noted].map(field)]);
  assert(sink.bytes.subarray(19).equals(Buffer.concat(Array.from({ length: 5 }, () => one))));
});

test('a row over the limit is refused', () => {
  const { rows } = packetRows([encodeBytea]);
  const packet = packetRow([Buffer.alloc(1_000_000)]);
  assert.throws(() => rows.row(packet, 0, packet.length), { code: 'NJ-SOURCE-ROW-TOO-LARGE' });
});

test('a row of another number of cells is refused', () => {
  const { writer } = stage(2);
  const rows = new CellRows(writer, [encodeText, encodeText]);
  assert.throws(() => rows.row([null]), { code: 'NJ-SOURCE-MISREAD' });
});
