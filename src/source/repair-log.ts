import type { RepairCount, RepairKind } from './source.ts';

/** Counts the cells of one table that were changed on their way, and names those of the row at hand. */
export class RepairLog {
  readonly #columns: readonly string[];
  readonly #counts = new Map<string, { column: string; kind: RepairKind; cells: number }>();
  #row: string[] = [];

  /** @param columns the raw columns, in order. */
  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  note(column: number, kind: RepairKind): void {
    const name = this.#columns[column] ?? '';
    const entry = `${name}:${kind}`;
    const count = this.#counts.get(entry) ?? { column: name, kind, cells: 0 };
    count.cells++;
    this.#counts.set(entry, count);
    this.#row.push(entry);
  }

  /** What was noted since the last call, as `nightjar_repaired` holds it; `undefined` where nothing was. */
  takeRow(): string | undefined {
    if (this.#row.length === 0) return undefined;
    const entries = this.#row.join(',');
    this.#row = [];
    return entries;
  }

  get counts(): readonly RepairCount[] {
    return [...this.#counts.values()];
  }
}
