import { everyRow, type ChecksumReader, type KeyRange, type KeySum } from '../../source/checksums.ts';
import { splitRange, subRange } from './split-range.ts';

/** Rows of one key that are not the same on both sides. */
export interface KeyDifference {
  /** The canonical text of each column of the key; empty where the table has none. */
  readonly key: readonly (string | null)[];
  /** `missing`: only the left side has it. `extra`: only the right side has it. */
  readonly kind: 'missing' | 'extra' | 'differs';
  /** Of a key that both have as often: the places of the columns that differ. */
  readonly columns: readonly number[];
  readonly left: KeySum | undefined;
  readonly right: KeySum | undefined;
}

/** What came of comparing two relations. */
export interface Comparison {
  readonly leftRows: number;
  readonly rightRows: number;
  /** Ranges that differ and were not looked into, so that a table that differs everywhere comes to an end. */
  readonly unread: number;
}

/** A range of so many rows is looked at key by key. */
const keysAtOnce = 8_192;
/** Ranges that are looked at key by key before the rest is only counted. */
const rangesLookedInto = 100;

/**
 * Compares two relations by sums over ranges of their keys, and narrows what differs to keys. Holds the sums of one
 * range's parts and the keys of one range, whatever the size of the relations.
 */
export async function findDifferences(
  left: ChecksumReader,
  right: ChecksumReader,
  onDifference: (difference: KeyDifference) => void,
): Promise<Comparison> {
  const [leftAll, rightAll] = [await left.extent(everyRow), await right.extent(everyRow)];
  const waiting: KeyRange[] = [everyRow];
  let looked = 0;
  let unread = 0;
  for (let range = waiting.shift(); range !== undefined; range = waiting.shift()) {
    const ends =
      range === everyRow ? [leftAll, rightAll] : [await left.extent(range), await right.extent(range)];
    const split = splitRange(range, ends);
    const before = await left.sums(range, split);
    const after = await right.sums(range, split);
    for (const bucket of new Set([...before.keys(), ...after.keys()])) {
      const [one, other] = [before.get(bucket), after.get(bucket)];
      if (one?.rows === other?.rows && one?.sum === other?.sum) continue;
      const part = subRange(range, split, bucket);
      if (looked + waiting.length >= rangesLookedInto) {
        unread++;
      } else if (Math.max(one?.rows ?? 0, other?.rows ?? 0) > keysAtOnce && part.prefix.length < 12) {
        waiting.push(part);
      } else {
        looked++;
        compareKeys(await left.keys(part), await right.keys(part), onDifference);
      }
    }
  }
  return { leftRows: leftAll.rows, rightRows: rightAll.rows, unread };
}

function compareKeys(
  left: ReadonlyMap<string, KeySum>,
  right: ReadonlyMap<string, KeySum>,
  onDifference: (difference: KeyDifference) => void,
): void {
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const [one, other] = [left.get(name), right.get(name)];
    const key = one?.key ?? other?.key ?? [];
    if (one === undefined || other === undefined) {
      const kind = one === undefined ? 'extra' : 'missing';
      onDifference({ key, kind, columns: [], left: one, right: other });
      continue;
    }
    const kind = 'differs';
    if (one.rows !== other.rows) {
      onDifference({ key, kind, columns: [], left: one, right: other });
      continue;
    }
    const columns = one.columns.flatMap((sum, index) => (sum === other.columns[index] ? [] : [index]));
    if (columns.length > 0) onDifference({ key, kind, columns, left: one, right: other });
  }
}
