import type { SnapshotRead } from '../source/source.ts';

/** How far apart the snapshots of a run lie, and how far apart they may. In seconds. */
export interface Skew {
  readonly seconds: number;
  readonly limit: number;
}

/**
 * Seconds between the first and the last snapshot, all by our own clock: each source names the instant by its own, and
 * two of those that differ would show a skew where there is none, or hide one.
 */
export function skewOf(reads: readonly Pick<SnapshotRead, 'takenAt' | 'clockAhead'>[]): number {
  const instants = reads.map((read) => read.takenAt.getTime() - read.clockAhead);
  return instants.length === 0 ? 0 : (Math.max(...instants) - Math.min(...instants)) / 1000;
}
