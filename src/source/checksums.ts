import type { RawType } from '../pipeline/raw-type.ts';
import type { SourceColumn, SourceTable } from '../pipeline/source-table.ts';

/** A column that checksums are made of. */
export interface ChecksumColumn {
  readonly name: string;
  /** What gives its value in the relation at hand, quoted. */
  readonly sql: string;
  readonly type: RawType;
  /** A text without a bound: its digest stands for it, so that the text of a row stays short. */
  readonly long: boolean;
}

/** Which rows: all, unless something narrows them. */
export interface KeyRange {
  /** Bounds, both included, of the key's first column, where that is an integer. */
  readonly numbers?: { readonly low: bigint; readonly high: bigint };
  /** Only the rows whose key has no such number. */
  readonly unnumbered?: true;
  /** Hexadecimal digits with which the digest of the key begins. */
  readonly prefix: string;
}

export const everyRow: KeyRange = { prefix: '' };

/** How the rows of a range fall into smaller ones: by so many numbers, or by so many digits of the key's digest. */
export type RangeSplit =
  { readonly by: 'number'; readonly width: bigint } | { readonly by: 'digest'; readonly digits: number };

/** How far the numbers of a range reach. */
export interface Extent {
  readonly rows: number;
  readonly low: bigint | undefined;
  readonly high: bigint | undefined;
}

/** The rows of a range, and the sum of their digests: equal for equal rows in whatever order. */
export interface RangeSum {
  readonly rows: number;
  readonly sum: string;
}

/** The rows of one key; more than one where the key is none. */
export interface KeySum {
  /** The canonical text of each of the key's columns. */
  readonly key: readonly (string | null)[];
  readonly rows: number;
  /** Of each column, in order. */
  readonly columns: readonly string[];
  /** What the reader was asked to say of it: repairs, or when it changed last. */
  readonly note: string | undefined;
}

/** A relation of which checksums can be had: of rows, in one canonical text, whichever system they lie in. */
export interface ChecksumReader {
  extent(range: KeyRange): Promise<Extent>;
  /** By bucket: a quotient, digits of a digest, or '' for rows that have no number. */
  sums(range: KeyRange, split: RangeSplit): Promise<ReadonlyMap<string, RangeSum>>;
  /** By key, as text. */
  keys(range: KeyRange): Promise<ReadonlyMap<string, KeySum>>;
}

/** Characters that a text may have for its own sake to stand in the text of a row. */
const longText = 1_000;

/**
 * The columns of a declared table, by their raw names.
 *
 * @param sql what gives a column's value, in the source or in its raw table.
 */
export function checksumColumns(
  table: SourceTable,
  sql: (column: SourceColumn) => string,
): readonly ChecksumColumn[] {
  return table.columns.map((column) => ({
    name: column.name,
    sql: sql(column),
    type: column.type.raw,
    long: column.type.raw === 'text' && (column.type.capacity[0] ?? 0) > longText,
  }));
}
