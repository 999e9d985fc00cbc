import type { Extent, KeyRange, RangeSplit } from '../../source/checksums.ts';

/** Rows that a part of a range should have. */
const rowsAPart = 1_024;
/** Hexadecimal digits by which a range is split at most at a time. */
const mostDigits = 3;

/** How to split a range so that its parts have about as many rows as can be looked at key by key. */
export function splitRange(range: KeyRange, ends: readonly Extent[]): RangeSplit {
  const rows = Math.max(...ends.map((end) => end.rows));
  const parts = Math.max(1, Math.ceil(rows / rowsAPart));
  const low = extreme(
    ends,
    (end) => end.low,
    (one, other) => one < other,
  );
  const high = extreme(
    ends,
    (end) => end.high,
    (one, other) => one > other,
  );
  if (low !== undefined && high !== undefined && (high > low || range.numbers === undefined)) {
    return { by: 'number', width: (high - low) / BigInt(parts) + 1n };
  }
  const digits = Math.min(mostDigits, Math.max(1, Math.ceil(Math.log2(parts) / 4)));
  return { by: 'digest', digits };
}

/** The part of a range that a bucket of its sums stands for. */
export function subRange(range: KeyRange, split: RangeSplit, bucket: string): KeyRange {
  if (split.by === 'digest') return { ...range, prefix: bucket };
  if (bucket === '') return { unnumbered: true, prefix: range.prefix };
  const quotient = BigInt(bucket);
  const first = quotient * split.width;
  // Quotients are cut off towards zero.
  const low = quotient > 0n ? first : first - split.width + 1n;
  const high = quotient < 0n ? first : first + split.width - 1n;
  const { numbers } = range;
  return {
    numbers: {
      low: numbers !== undefined && numbers.low > low ? numbers.low : low,
      high: numbers !== undefined && numbers.high < high ? numbers.high : high,
    },
    prefix: range.prefix,
  };
}

function extreme(
  ends: readonly Extent[],
  of: (end: Extent) => bigint | undefined,
  before: (one: bigint, other: bigint) => boolean,
): bigint | undefined {
  let found: bigint | undefined;
  for (const end of ends) {
    const value = of(end);
    if (value !== undefined && (found === undefined || before(value, found))) found = value;
  }
  return found;
}
