import { viewOf, writeNull } from '../copy/bytes.ts';
import type { CellEncoder } from '../copy/cell-encoder.ts';
import type { RowWriter } from './row-writer.ts';

/** A column of a result in the binary protocol. */
export interface PacketColumn {
  readonly encode: CellEncoder;
  /** Bytes of each cell; 0 where a cell stands behind its own length. */
  readonly width: number;
}

/**
 * What a length's first byte is when it is not the length itself: 252 to 254, and the length is in the next two, three or
 * eight bytes (MySQL manual, "Protocol::LengthEncodedInteger"). 251 is the text protocol's null and stands for nothing here.
 */
const longLength = 251;
const twoByteLength = 252;
const lengthWidths = [2, 3, 8];

/** Two bits of the bitmap come before that of the first column. */
const bitmapOffset = 2;

/**
 * Turns packets of MySQL's binary protocol into rows. A packet is a zero, a bitmap of the columns that are null, least
 * significant bit first, and the cells of the others (MySQL manual, "Binary Protocol Resultset Row").
 */
export class PacketRows {
  readonly #writer: RowWriter;
  readonly #encoders: readonly CellEncoder[];
  readonly #widths: readonly number[];
  /** Bytes before the first cell. */
  readonly #head: number;
  #packet: Uint8Array = new Uint8Array(0);
  #source = viewOf(this.#packet);

  constructor(writer: RowWriter, columns: readonly PacketColumn[]) {
    this.#writer = writer;
    this.#encoders = columns.map((column) => column.encode);
    this.#widths = columns.map((column) => column.width);
    this.#head = 1 + ((columns.length + bitmapOffset + 7) >> 3);
  }

  /** One row: the bytes `packet[start, end)`. Throws NJ-SOURCE-ROW-TOO-LARGE, NJ-SOURCE-MISREAD. */
  row(packet: Uint8Array, start: number, end: number): void {
    // Hundreds of rows come in one piece of memory.
    if (packet !== this.#packet) {
      this.#packet = packet;
      this.#source = viewOf(packet);
    }
    const source = this.#source;
    const writer = this.#writer;
    const encoders = this.#encoders;
    const widths = this.#widths;
    let from = start + this.#head;
    if (from > end || source.getUint8(start) !== 0) throw writer.misread(0);
    let at = writer.open(end - start);
    let target = writer.target;
    for (let column = 0; column < encoders.length; column++) {
      const bit = column + bitmapOffset;
      if ((source.getUint8(start + 1 + (bit >> 3)) & (1 << (bit & 7))) !== 0) {
        at = writeNull(target, at);
        continue;
      }
      let length = widths[column] ?? 0;
      if (length === 0) {
        if (from >= end) throw writer.misread(column);
        length = source.getUint8(from++);
        if (length >= longLength) {
          const width = lengthWidths[length - twoByteLength] ?? Number.NaN;
          length = from + width <= end ? lengthAt(source, from, width) : Number.NaN;
          from += width;
        }
      }
      const behind = from + length;
      const encode = encoders[column];
      // NaN is not below anything.
      if (encode === undefined || !(behind <= end)) throw writer.misread(column);
      const next = encode(source, from, behind, target, at);
      if (next >= 0) {
        at = next;
      } else {
        at = writer.repair(column, next, packet.subarray(from, behind), at, end - behind);
        target = writer.target;
      }
      from = behind;
    }
    if (from !== end) throw writer.misread(encoders.length - 1);
    writer.close(at);
  }
}

/** A length in `width` bytes, least significant first. */
function lengthAt(source: DataView, from: number, width: number): number {
  let length = 0;
  for (let i = width - 1; i >= 0; i--) length = length * 256 + source.getUint8(from + i);
  return length;
}
