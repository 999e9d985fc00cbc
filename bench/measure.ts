import type { MariadbBench, PostgresBench } from './servers.ts';

/** What a measure is given. */
export interface BenchContext {
  readonly mariadb: MariadbBench;
  readonly postgres: PostgresBench;
  /** Smaller tables and fewer repetitions: the whole in under five minutes. */
  readonly quick: boolean;
  readonly say: (line: string) => void;
}

/** One figure against its bar. */
export interface Figure {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  /** `undefined`: a figure for the record, without a bar. */
  readonly bar: { readonly at: number; readonly kind: 'at least' | 'at most' } | undefined;
}

/** A measure: a name to ask for with --only, and what it gives. */
export interface Measure {
  readonly name: string;
  readonly run: (context: BenchContext) => Promise<readonly Figure[]>;
}

export function holds(figure: Figure): boolean {
  if (figure.bar === undefined) return true;
  return figure.bar.kind === 'at least' ? figure.value >= figure.bar.at : figure.value <= figure.bar.at;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Seconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
