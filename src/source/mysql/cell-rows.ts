import { viewOf, writeNull } from '../copy/bytes.ts';
import type { CellEncoder } from '../copy/cell-encoder.ts';
import type { RowWriter } from './row-writer.ts';

/** Turns cells of MySQL's text protocol, which the driver has taken apart, into rows: the slow way. */
export class CellRows {
  readonly #writer: RowWriter;
  readonly #encoders: readonly CellEncoder[];

  constructor(writer: RowWriter, encoders: readonly CellEncoder[]) {
    this.#writer = writer;
    this.#encoders = encoders;
  }

  /** Throws NJ-SOURCE-ROW-TOO-LARGE, NJ-SOURCE-MISREAD. */
  row(cells: readonly (Uint8Array | null)[]): void {
    const writer = this.#writer;
    if (cells.length !== this.#encoders.length) throw writer.misread(0);
    let rest = cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
    let at = writer.open(rest);
    this.#encoders.forEach((encode, column) => {
      const cell = cells[column] ?? null;
      if (cell === null) {
        at = writeNull(writer.target, at);
        return;
      }
      rest -= cell.length;
      const next = encode(viewOf(cell), 0, cell.length, writer.target, at);
      at = next >= 0 ? next : writer.repair(column, next, cell, at, rest);
    });
    writer.close(at);
  }
}
