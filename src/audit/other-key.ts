import type { Session } from '../warehouse/session.ts';
import { isOfColumns } from './key-text.ts';
import type { LineGeneration } from './published-line.ts';

/** A night and its generation. */
export interface NightOfGeneration {
  readonly generation: number;
  readonly asOf: string;
}

/** What was recorded of a dataset by a key of other columns, which says nothing of the key that is asked for. */
export interface OtherKey {
  readonly columns: readonly string[];
  /** The newest generation with it of those that led to what is published. */
  readonly generation: number;
  /** Whether one of them is still kept. */
  readonly isKept: boolean;
  /** The last night on which rows left by it; null where none did. */
  readonly left: NightOfGeneration | null;
}

/** Whether a key has exactly these columns, in whatever order. */
export function isKeyOf(columns: readonly string[], names: readonly string[]): boolean {
  return columns.toSorted().join('\n') === names.toSorted().join('\n');
}

/**
 * Looks for another key that a dataset had.
 *
 * @param line what led to what is published.
 * @param names the columns of the key that is asked for.
 */
export async function otherKeyOf(
  session: Session,
  dataset: string,
  line: readonly LineGeneration[],
  names: readonly string[],
): Promise<OtherKey | null> {
  const others = line.filter(({ keyColumns }) => keyColumns !== null && !isKeyOf(keyColumns, names));
  const [newest] = others;
  if (newest === undefined || newest.keyColumns === null) return null;
  const [left] = await session.query<{ generation: number; asOf: string }>(
    `the search for what left dataset ${dataset} by another key`,
    `select g.number as generation, g.as_of::text as "asOf" from nightjar.generation g
      where g.number = any($2::bigint[]) and exists (
        select from nightjar.departure d
         where d.generation = g.number and d.dataset = $1 and not ${isOfColumns('d.key', names)})
      order by g.number desc limit 1`,
    [dataset, line.map(({ generation }) => generation)],
  );
  const { keyColumns: columns, generation } = newest;
  return { columns, generation, isKept: others.some(({ isKept }) => isKept), left: left ?? null };
}
