import { type CellEncoder, cellRoom, fault } from '../copy/cell-encoder.ts';
import type { CopyOutput } from '../copy/copy-output.ts';
import { bytesOf, viewOf, writeNull } from '../copy/bytes.ts';
import { copyHeader, copyTrailer } from '../copy/frame.ts';
import { repairText } from '../copy/repair-text.ts';
import { nightjarError } from '../../error/nightjar-error.ts';
import type { RepairLog } from '../repair-log.ts';
import type { RepairKind } from '../source.ts';

export interface EncodedColumn {
  /** For messages. */
  readonly name: string;
  readonly encode: CellEncoder;
}

export interface RowEncoderOptions {
  /** For messages: `tcs.Person`. */
  readonly table: string;
  readonly columns: readonly EncodedColumn[];
  readonly output: CopyOutput;
  readonly repairs: RepairLog;
  /** Bytes that one row may have. */
  readonly rowLimit: number;
}

/**
 * What a cell's first byte is when it is not its length: 251 null, 252 to 254 a length in the next two, three or eight
 * bytes (MySQL manual, "Protocol::LengthEncodedInteger", "Text Resultset Row").
 */
const nullCell = 251;
const twoByteLength = 252;
const lengthWidths = [2, 3, 8];

const repairKinds: Readonly<Record<number, RepairKind>> = {
  [fault.zeroDate]: 'zero-date',
  [fault.impossibleDate]: 'impossible-date',
  [fault.outOfRange]: 'out-of-range',
};

/** Turns the rows of one table, as packets of MySQL's text protocol, into rows of binary COPY. */
export class RowEncoder {
  /** Rows so far. */
  rows = 0;
  readonly #options: RowEncoderOptions;
  readonly #encoders: readonly CellEncoder[];
  readonly #output: CopyOutput;
  /** Bytes of a row beyond those of its packet: the number of fields, lengths, and the last column. */
  readonly #overhead: number;
  #packet: Uint8Array = new Uint8Array(0);
  #source = viewOf(this.#packet);

  constructor(options: RowEncoderOptions) {
    this.#options = options;
    this.#encoders = options.columns.map((column) => column.encode);
    this.#output = options.output;
    this.#overhead = 2 + options.columns.length * cellRoom + 4;
    this.#output.append(copyHeader);
  }

  /** Behind the last row. */
  end(): void {
    this.#output.append(copyTrailer);
  }

  /** One row: the bytes `packet[start, end)`. Throws NJ-SOURCE-ROW-TOO-LARGE, NJ-SOURCE-MISREAD. */
  packet(packet: Uint8Array, start: number, end: number): void {
    // Hundreds of rows come in one piece of memory.
    if (packet !== this.#packet) {
      this.#packet = packet;
      this.#source = viewOf(packet);
    }
    const source = this.#source;
    const encoders = this.#encoders;
    const count = encoders.length;
    const output = this.#output;
    this.#open(end - start);
    let target = output.target;
    let at = output.at;
    target.setInt16(at, count + 1);
    at += 2;
    let from = start;
    for (let column = 0; column < count; column++) {
      if (from >= end) throw this.#misread(column);
      let length = source.getUint8(from++);
      if (length >= nullCell) {
        if (length === nullCell) {
          at = writeNull(target, at);
          continue;
        }
        const width = lengthWidths[length - twoByteLength] ?? Number.NaN;
        length = from + width <= end ? lengthAt(source, from, width) : Number.NaN;
        from += width;
      }
      const behind = from + length;
      const encode = encoders[column];
      // NaN is not below anything.
      if (encode === undefined || !(behind <= end)) throw this.#misread(column);
      const next = encode(source, from, behind, target, at);
      if (next >= 0) {
        at = next;
      } else {
        at = this.#repair(column, next, packet.subarray(from, behind), at, end - behind);
        target = output.target;
      }
      from = behind;
    }
    if (from !== end) throw this.#misread(count - 1);
    this.#close(at);
  }

  /** One row from its cells: the slow way, for when packets cannot be had. */
  cells(cells: readonly (Uint8Array | null)[]): void {
    if (cells.length !== this.#encoders.length) throw this.#misread(0);
    let rest = cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
    const output = this.#output;
    this.#open(rest);
    let at = output.at;
    output.target.setInt16(at, this.#encoders.length + 1);
    at += 2;
    this.#encoders.forEach((encode, column) => {
      const cell = cells[column] ?? null;
      if (cell === null) {
        at = writeNull(output.target, at);
        return;
      }
      rest -= cell.length;
      const next = encode(viewOf(cell), 0, cell.length, output.target, at);
      at = next >= 0 ? next : this.#repair(column, next, cell, at, rest);
    });
    this.#close(at);
  }

  #open(size: number): void {
    const { rowLimit, table } = this.#options;
    if (size > rowLimit)
      throw nightjarError('NJ-SOURCE-ROW-TOO-LARGE', { table, bytes: size, limit: rowLimit });
    this.#output.room(size + this.#overhead);
  }

  #close(at: number): void {
    const output = this.#output;
    const repaired = this.#options.repairs.takeRow();
    this.rows++;
    if (repaired === undefined) {
      output.commit(writeNull(output.target, at));
      return;
    }
    const bytes = Buffer.from(repaired, 'utf8');
    output.commit(this.#writeBytes(bytes, output.roomWithin(at, bytes.length + 4)));
  }

  #writeBytes(bytes: Uint8Array, at: number): number {
    const { target } = this.#output;
    const behind = at + 4 + bytes.length;
    target.setInt32(at, bytes.length);
    bytesOf(target, at + 4, behind).set(bytes);
    return behind;
  }

  /**
   * Writes what PostgreSQL can hold in place of a cell that it cannot, and notes it; gives the offset behind.
   *
   * @param rest bytes of the cells to come.
   */
  #repair(column: number, found: number, cell: Uint8Array, at: number, rest: number): number {
    const { repairs } = this.#options;
    const kind = repairKinds[found];
    if (kind !== undefined) {
      repairs.note(column, kind);
      return writeNull(this.#output.target, at);
    }
    if (found !== fault.badText) throw this.#misread(column);
    const { bytes, hadNul, wasNotUtf8 } = repairText(cell);
    if (hadNul) repairs.note(column, 'nul');
    if (wasNotUtf8) repairs.note(column, 'not-utf8');
    // U+FFFD has three bytes where there may have been one: the row may outgrow the room that was made for it.
    return this.#writeBytes(bytes, this.#output.roomWithin(at, 4 + bytes.length + rest + this.#overhead));
  }

  #misread(column: number): Error {
    const { table, columns } = this.#options;
    return nightjarError('NJ-SOURCE-MISREAD', { table, column: columns[column]?.name ?? '' });
  }
}

/** A length in `width` bytes, least significant first. */
function lengthAt(source: DataView, from: number, width: number): number {
  let length = 0;
  for (let i = width - 1; i >= 0; i--) length = length * 256 + source.getUint8(from + i);
  return length;
}
