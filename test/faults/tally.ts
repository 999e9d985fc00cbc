/** What became of one kind of fault. */
interface Row {
  readonly kind: string;
  readonly violations: string[];
  tried: number;
  seconds: number;
  /** Why it was not tried. */
  skipped?: string;
}

/** Counts the faults tried and keeps the violations found, by kind. */
export class Tally {
  readonly #rows: Row[] = [];
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  get violations(): number {
    return this.#rows.reduce((sum, row) => sum + row.violations.length, 0);
  }

  async time(kind: string, work: (count: KindCount) => Promise<void>): Promise<void> {
    const row: Row = { kind, violations: [], tried: 0, seconds: 0 };
    this.#rows.push(row);
    this.#say(`${kind} …`);
    const began = performance.now();
    const count: KindCount = {
      tried: () => {
        row.tried++;
      },
      violation: (fault, what) => {
        row.violations.push(`${fault}: ${what}`);
        this.#say(`  VIOLATION after ${fault}: ${what}`);
      },
    };
    try {
      await work(count);
    } finally {
      row.seconds = (performance.now() - began) / 1000;
      const found = `${row.violations.length} violation${row.violations.length === 1 ? '' : 's'}`;
      this.#say(`  ${row.tried} tried, ${found}, ${row.seconds.toFixed(0)} s`);
    }
  }

  skip(kind: string, reason: string): void {
    this.#rows.push({ kind, violations: [], tried: 0, seconds: 0, skipped: reason });
  }

  /** A line for each kind, then the violations. */
  lines(): readonly string[] {
    const width = Math.max(...this.#rows.map((row) => row.kind.length), 'fault'.length);
    const line = (kind: string, tried: string, violations: string, seconds: string): string =>
      `${kind.padEnd(width)}  ${tried.padStart(6)}  ${violations.padStart(10)}  ${seconds.padStart(7)}`;
    const of = (row: Row): string =>
      row.skipped === undefined
        ? line(row.kind, String(row.tried), String(row.violations.length), row.seconds.toFixed(0))
        : `${row.kind.padEnd(width)}  not tried: ${row.skipped}`;
    const sum = (pick: (row: Row) => number): number => this.#rows.reduce((all, row) => all + pick(row), 0);
    return [
      line('fault', 'tried', 'violations', 'seconds'),
      ...this.#rows.map(of),
      line(
        'all',
        String(sum((row) => row.tried)),
        String(this.violations),
        sum((row) => row.seconds).toFixed(0),
      ),
      ...this.#rows.flatMap((row) => row.violations.map((what) => `✖ ${row.kind}: ${what}`)),
    ];
  }
}

/** Where the faults of one kind are counted. */
export interface KindCount {
  /** One more fault was done and judged. */
  tried(): void;
  /** An oracle found something after a fault. */
  violation(fault: string, what: string): void;
}
