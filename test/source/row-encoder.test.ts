import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import { encodeBytea } from '../../src/source/copy/bytea.ts';
import type { CellEncoder } from '../../src/source/copy/cell-encoder.ts';
import { CopyOutput } from '../../src/source/copy/copy-output.ts';
import { encodeDate } from '../../src/source/copy/date.ts';
import { encodeInt8 } from '../../src/source/copy/int8.ts';
import { encodeText } from '../../src/source/copy/text.ts';
import { RowEncoder } from '../../src/source/mysql/row-encoder.ts';
import { RepairLog } from '../../src/source/repair-log.ts';
import { temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { MemorySink } from './memory-sink.ts';
import { finish, RawTables } from './raw-tables.ts';
import { textRow } from './text-row.ts';

type Cells = readonly (Uint8Array | null)[];

function encoderOf(
  encoders: readonly CellEncoder[],
  sink = new MemorySink(),
): { encoder: RowEncoder; output: CopyOutput; sink: MemorySink; repairs: RepairLog } {
  const output = new CopyOutput(sink, { pause: () => undefined, resume: () => undefined });
  const names = encoders.map((_, index) => `c${index}`);
  const repairs = new RepairLog(names);
  const columns = encoders.map((encode, index) => ({ name: names[index] ?? '', encode }));
  const encoder = new RowEncoder({ table: 'tcs.Person', columns, output, repairs, rowLimit: 1_000_000 });
  return { encoder, output, sink, repairs };
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
      const columns = [encodeInt8, encodeText, encodeText].map((encode) => ({ name: '', encode }));
      const encoder = new RowEncoder({ table: '', columns, output, repairs, rowLimit: 1_000_000 });
      texts.forEach((bytes, index) => {
        const packet = textRow([Buffer.from(String(index)), bytes, bytes]);
        encoder.packet(packet, 0, packet.length);
      });
      encoder.end();
      await finish(output, sink);
      const rows = await raw.rows('select n, t, u, nightjar_repaired from raw_0 order by n');
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      const wanted = texts.map((bytes, index) => {
        const kinds = [...(bytes.includes(0) ? ['nul'] : []), ...(decodes(bytes) ? [] : ['not-utf8'])];
        const noted = ['t', 'u'].flatMap((column) => kinds.map((kind) => `${column}:${kind}`));
        const repaired = decoder.decode(bytes).replaceAll('\0', '');
        return [String(index), repaired, repaired, noted.length === 0 ? null : noted.join(',')];
      });
      assert.deepEqual(rows, wanted);
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

test('the way of packets and the way of cells give the same bytes', async () => {
  const encoders = [encodeText, encodeBytea, encodeDate];
  const cell = fc.option(nearlyText);
  const date = fc.option(
    fc.constantFrom('2024-02-29', '0000-00-00', '2024-02-30').map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, date)), fc.nat({ max: 20 }), async (rows, lead) => {
      const byPackets = encoderOf(encoders);
      const byCells = encoderOf(encoders);
      const packets = rows.map((row: Cells) => textRow(row));
      // All packets in one piece of memory, as they come off the network.
      const memory = Buffer.concat([Buffer.alloc(lead), ...packets]);
      let at = lead;
      for (const packet of packets) {
        byPackets.encoder.packet(memory, at, at + packet.length);
        at += packet.length;
      }
      for (const row of rows) byCells.encoder.cells(row);
      await Promise.all([byPackets.output.end(), byCells.output.end()]);
      assert(byPackets.sink.bytes.equals(byCells.sink.bytes));
      assert.deepEqual(byPackets.repairs.counts, byCells.repairs.counts);
      assert.equal(byPackets.encoder.rows, rows.length);
    }),
  );
});

test('a packet that is no row is refused by table and column, never read beyond', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat({ max: 5 }), (bytes, lead) => {
      const { encoder } = encoderOf([encodeBytea, encodeBytea, encodeText]);
      const memory = Buffer.concat([Buffer.alloc(lead), bytes]);
      try {
        encoder.packet(memory, lead, memory.length);
      } catch (error) {
        assert(error instanceof NightjarError);
        assert.equal(error.code, 'NJ-SOURCE-MISREAD');
      }
    }),
    { numRuns: 5_000 },
  );
  const { encoder } = encoderOf([encodeInt8]);
  const packet = textRow([Buffer.from('12x')]);
  assert.throws(() => encoder.packet(packet, 0, packet.length), /tcs\.Person\.c0 arrived in a form/);
});

test('a row may grow by its repairs beyond the memory that was made for it', async () => {
  const { encoder, output, sink } = encoderOf([encodeText, encodeText, encodeBytea]);
  const bad = Buffer.alloc(150_000, 0xff);
  const tail = Buffer.alloc(100_000, 7);
  for (let row = 0; row < 5; row++) {
    const packet = textRow([bad, bad, tail]);
    encoder.packet(packet, 0, packet.length);
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
  const { encoder } = encoderOf([encodeBytea]);
  const packet = textRow([Buffer.alloc(1_000_000)]);
  assert.throws(() => encoder.packet(packet, 0, packet.length), { code: 'NJ-SOURCE-ROW-TOO-LARGE' });
});
