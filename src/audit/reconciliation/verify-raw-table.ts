import type { SourceTable } from '../../pipeline/source-table.ts';
import type { ChecksumReader } from '../../source/checksums.ts';
import { DifferenceList, namedKey, type ListedDifference } from './difference-list.ts';
import { findDifferences, type KeyDifference } from './find-differences.ts';

/** `repaired`: the row differs where it was repaired on its way, and nowhere else. */
export type RawDifference = 'missing' | 'extra' | 'differs' | 'repaired';

/** How a raw table stands to its source in the same snapshot. Counts are of keys. */
export interface VerifiedTable {
  readonly name: string;
  readonly sourceRows: number;
  readonly rawRows: number;
  readonly missing: number;
  readonly extra: number;
  readonly differs: number;
  readonly repaired: number;
  /** Ranges of keys that differ and were not looked into. */
  readonly unread: number;
  readonly listed: readonly ListedDifference<RawDifference>[];
}

/** Compares a raw table with its source. `limit`: how many keys to name. */
export async function verifyRawTable(
  table: SourceTable,
  source: ChecksumReader,
  raw: ChecksumReader,
  limit: number,
): Promise<VerifiedTable> {
  const list = new DifferenceList<RawDifference>(limit);
  const compared = await findDifferences(source, raw, (difference) => {
    const columns = difference.columns.map((index) => table.columns[index]?.name ?? '');
    const kind = isRepair(difference, columns) ? 'repaired' : difference.kind;
    list.add({ kind, key: namedKey(table.key, difference.key), columns });
  });
  return {
    name: table.name,
    sourceRows: compared.leftRows,
    rawRows: compared.rightRows,
    missing: list.count('missing'),
    extra: list.count('extra'),
    differs: list.count('differs'),
    repaired: list.count('repaired'),
    unread: compared.unread,
    listed: list.listed,
  };
}

/** Whether a table was copied as its source has it. */
export function isFaithful({ missing, extra, differs, unread }: VerifiedTable): boolean {
  return missing + extra + differs + unread === 0;
}

function isRepair({ kind, left, right }: KeyDifference, columns: readonly string[]): boolean {
  if (kind !== 'differs' || left?.rows !== right?.rows) return false;
  const repaired = new Set(right?.note?.split(',').map((entry) => entry.slice(0, entry.lastIndexOf(':'))));
  return columns.every((name) => repaired.has(name));
}
