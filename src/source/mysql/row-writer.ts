import { nightjarError } from '../../error/nightjar-error.ts';
import { bytesOf, writeNull } from '../copy/bytes.ts';
import { cellRoom, fault } from '../copy/cell-encoder.ts';
import type { CopyOutput } from '../copy/copy-output.ts';
import { copyHeader, copyTrailer } from '../copy/frame.ts';
import { repairText } from '../copy/repair-text.ts';
import type { RepairLog } from '../repair-log.ts';
import type { RepairKind } from '../source.ts';

export interface RowWriterOptions {
  /** For messages: `tcs.Person`. */
  readonly table: string;
  /** The columns' names in the source, for messages. */
  readonly columns: readonly string[];
  readonly output: CopyOutput;
  readonly repairs: RepairLog;
  /** Bytes that one row may have. */
  readonly rowLimit: number;
}

const repairKinds: Readonly<Record<number, RepairKind>> = {
  [fault.zeroDate]: 'zero-date',
  [fault.impossibleDate]: 'impossible-date',
  [fault.outOfRange]: 'out-of-range',
};

/**
 * Writes the rows of one table as binary COPY, each with what was repaired in it as its last column. A row is `open`, then
 * its cells into `target` from there on, by their encoders, then `close`.
 */
export class RowWriter {
  /** Rows so far. */
  rows = 0;
  readonly #options: RowWriterOptions;
  readonly #output: CopyOutput;
  /** Bytes of a row beyond those of its cells: the number of fields, lengths, and the last column. */
  readonly #overhead: number;

  constructor(options: RowWriterOptions) {
    this.#options = options;
    this.#output = options.output;
    this.#overhead = 2 + options.columns.length * cellRoom + 4;
    this.#output.append(copyHeader);
  }

  /** Behind the last row. */
  end(): void {
    this.#output.append(copyTrailer);
  }

  /** What the row is written into. Another one after `open`, and after a repair. */
  get target(): DataView {
    return this.#output.target;
  }

  /**
   * Begins a row of `size` bytes; gives the offset of its first cell. Throws NJ-SOURCE-ROW-TOO-LARGE.
   */
  open(size: number): number {
    const { rowLimit, table, columns } = this.#options;
    if (size > rowLimit)
      throw nightjarError('NJ-SOURCE-ROW-TOO-LARGE', { table, bytes: size, limit: rowLimit });
    const output = this.#output;
    output.room(size + this.#overhead);
    output.target.setInt16(output.at, columns.length + 1);
    return output.at + 2;
  }

  /** Ends a row whose cells end before `at`. */
  close(at: number): void {
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

  /**
   * Writes what PostgreSQL can hold in place of a cell that it cannot, and notes it; gives the offset behind. Throws
   * NJ-SOURCE-MISREAD.
   *
   * @param found the fault that the cell's encoder gave.
   * @param rest bytes of the cells to come.
   */
  repair(column: number, found: number, cell: Uint8Array, at: number, rest: number): number {
    const { repairs } = this.#options;
    const kind = repairKinds[found];
    if (kind !== undefined) {
      repairs.note(column, kind);
      return writeNull(this.#output.target, at);
    }
    if (found !== fault.badText) throw this.misread(column);
    const { bytes, hadNul, wasNotUtf8 } = repairText(cell);
    if (hadNul) repairs.note(column, 'nul');
    if (wasNotUtf8) repairs.note(column, 'not-utf8');
    // U+FFFD has three bytes where there may have been one: the row may outgrow the room that was made for it.
    return this.#writeBytes(bytes, this.#output.roomWithin(at, 4 + bytes.length + rest + this.#overhead));
  }

  /** NJ-SOURCE-MISREAD about a column. */
  misread(column: number): Error {
    const { table, columns } = this.#options;
    return nightjarError('NJ-SOURCE-MISREAD', { table, column: columns[column] ?? '' });
  }

  #writeBytes(bytes: Uint8Array, at: number): number {
    const { target } = this.#output;
    const behind = at + 4 + bytes.length;
    target.setInt32(at, bytes.length);
    bytesOf(target, at + 4, behind).set(bytes);
    return behind;
  }
}
