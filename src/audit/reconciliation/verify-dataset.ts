import { generationSchemaName } from '../../build/candidate.ts';
import { departedName } from '../../pipeline/check-guards.ts';
import type { Dataset } from '../../pipeline/pipeline.ts';
import { qualified, quoteIdentifier, quoteLiteral } from '../../warehouse/identifier.ts';
import type { Session } from '../../warehouse/session.ts';
import type { GenerationDataset } from '../generation-datasets.ts';
import { datasetChecksums } from './dataset-checksums.ts';
import { DifferenceList, namedKey, type ListedDifference } from './difference-list.ts';
import { findDifferences, type KeyDifference } from './find-differences.ts';

/**
 * `missing`: the source has it, what is published has not; `extra`: the other way round; `changed since`: by its own
 * stamp the source changed it after what is published was read; `left since`: evidence says why it is gone.
 */
export type DatasetDifference = 'missing' | 'extra' | 'differs' | 'changed since' | 'left since';

/** How a published dataset stands to what its sources hold now. Counts are of keys. */
export interface VerifiedDataset {
  readonly name: string;
  readonly publishedRows: number;
  readonly sourceRows: number;
  /** Whether its contract says by which stamp a change can be told. */
  readonly hasStamp: boolean;
  readonly missing: number;
  readonly extra: number;
  readonly differs: number;
  readonly changedSince: number;
  readonly leftSince: number;
  /** Ranges of keys that differ and were not looked into. */
  readonly unread: number;
  readonly listed: readonly ListedDifference<DatasetDifference>[];
}

export interface DatasetPair {
  /** On the path of the candidate's build. */
  readonly session: Session;
  readonly dataset: Dataset;
  readonly published: GenerationDataset & { readonly generation: number };
  /** What was built from the sources as they are now, for the same night. */
  readonly current: GenerationDataset & { readonly generation: number };
  /** The instant from which on a change came after what is published was read. */
  readonly since: Date;
  /** How many keys to name. */
  readonly limit: number;
}

/** Compares a published dataset with the same built anew. Both have one shape. */
export async function verifyDataset(pair: DatasetPair): Promise<VerifiedDataset> {
  const { dataset, published, current, limit } = pair;
  const list = new DifferenceList<DatasetDifference>(limit);
  // Equal digests by one recipe over one shape: nothing to look for.
  const same = published.digest === current.digest && published.rows === current.rows;
  const unread = same ? 0 : await compare(pair, list);
  return {
    name: dataset.name,
    publishedRows: published.rows,
    sourceRows: current.rows,
    hasStamp: dataset.contract.changedAt !== undefined,
    missing: list.count('missing'),
    extra: list.count('extra'),
    differs: list.count('differs'),
    changedSince: list.count('changed since'),
    leftSince: list.count('left since'),
    unread,
    listed: list.listed,
  };
}

/** Whether what is published is what the sources hold, but for what changed since. */
export function isExplained({ missing, extra, differs, unread }: VerifiedDataset): boolean {
  return missing + extra + differs + unread === 0;
}

async function compare(
  { session, dataset, published, current, since }: DatasetPair,
  list: DifferenceList<DatasetDifference>,
): Promise<number> {
  const { key, columns } = dataset.contract;
  const now = datasetChecksums(session, dataset, current.generation, {
    alias: dataset.name,
    note: isNewer(dataset, since),
  });
  const then = datasetChecksums(session, dataset, published.generation, {
    alias: departedName,
    note: hasReason(dataset, current.generation),
  });
  const { unread } = await findDifferences(now, then, (difference) => {
    list.add({
      kind: kindOf(difference),
      key: namedKey(key, difference.key),
      columns: difference.columns.map((index) => columns[index]?.name ?? ''),
    });
  });
  return unread;
}

function kindOf({ kind, left, right }: KeyDifference): DatasetDifference {
  if (kind === 'extra') return right?.note === 'true' ? 'left since' : 'extra';
  return left?.note === 'true' ? 'changed since' : kind;
}

/** Whether the source's own stamp says that a key's row was changed later. */
function isNewer({ contract }: Dataset, since: Date): string {
  if (contract.changedAt === undefined) return 'null';
  const instant = quoteLiteral(since.toISOString().replace('T', ' ').replace('Z', ''));
  return `bool_or((${contract.changedAt}) >= timestamp ${instant})::text`;
}

/** Whether evidence explains that a key is gone. Asked only of what is: it may look through whole raw tables. */
function hasReason({ name, contract }: Dataset, current: number): string {
  const { evidence } = contract.departures;
  if (evidence.length === 0) return 'null';
  const equal = contract.key.map(
    (column) =>
      `there.${quoteIdentifier(column)} = ${quoteIdentifier(departedName)}.${quoteIdentifier(column)}`,
  );
  const isThere = `exists (select from ${qualified(generationSchemaName(current), name)} there where ${equal.join(' and ')})`;
  const reasons = evidence.map(({ sql }) => `when (${sql}) then true`);
  return `bool_or(case when ${isThere} then false ${reasons.join(' ')} else false end)::text`;
}
