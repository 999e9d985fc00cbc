import type { Skew } from '../extract/skew.ts';
import { duration } from './output.ts';

/** How long a snapshot was open, and what it waited for. */
export function timesSentence(connection: string, openSeconds: number, lockSeconds: number): string {
  return `The snapshot of ${connection} was open for ${duration(openSeconds)}; waiting for locks took ${duration(lockSeconds)}.`;
}

/** How far apart the snapshots lie; nothing where there is but one. */
export function skewSentence({ seconds, limit }: Skew, snapshots: number): string | undefined {
  if (snapshots < 2) return undefined;
  return `The ${snapshots} snapshots were taken within ${duration(seconds)}; ${limit} s are accepted.`;
}

/** By how much a source's clock differs from ours; nothing where that cannot mislead. */
export function clockSentence(connection: string, clockAheadMs: number): string | undefined {
  if (Math.abs(clockAheadMs) < 1_000) return undefined;
  const far = duration(Math.abs(clockAheadMs) / 1_000);
  return `The clock of ${connection} is ${far} ${clockAheadMs > 0 ? 'ahead of' : 'behind'} ours.`;
}
