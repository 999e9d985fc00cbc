import type { Session } from '../warehouse/session.ts';

export interface GenerationDataset {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  /** Of its rows, those that an earlier version stands in for. */
  readonly held: number;
  /** Rows that were read and are not in it: broken and never good, or struck out. */
  readonly leftOut: number;
  readonly digest: string;
  readonly shape: string;
  readonly key: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** What a generation holds. */
export async function generationDatasets(
  session: Session,
  generation: number,
): Promise<readonly GenerationDataset[]> {
  return session.query<{
    name: string;
    rows: number;
    bytes: number;
    held: number;
    leftOut: number;
    digest: string;
    shape: string;
    key: readonly string[];
    columns: readonly { readonly name: string; readonly type: string }[];
  }>(
    'the list of datasets',
    `select name, rows, bytes, held_rows as held, left_out_rows as "leftOut", digest, shape, key_columns as key, columns
       from nightjar.dataset where generation = $1 order by name`,
    [generation],
  );
}

/** The same, by name. */
export async function datasetsByName(
  session: Session,
  generation: number,
): Promise<ReadonlyMap<string, GenerationDataset>> {
  const datasets = await generationDatasets(session, generation);
  return new Map(datasets.map((dataset) => [dataset.name, dataset]));
}

type KeyedColumns = Pick<GenerationDataset, 'key' | 'columns'>;

/** Whether keys can be compared: between releases a key can get other columns, or one of its columns another type. */
export function sameKey(before: KeyedColumns, after: KeyedColumns): boolean {
  const typeIn = (of: KeyedColumns, name: string): string | undefined =>
    of.columns.find((column) => column.name === name)?.type;
  return (
    before.key.length === after.key.length &&
    after.key.every((name) => before.key.includes(name) && typeIn(before, name) === typeIn(after, name))
  );
}

/**
 * The columns of a published key in the order in which references name them, which is that of today's; `undefined` where the key
 * is another one.
 */
export function keyReferredTo(
  before: KeyedColumns | undefined,
  after: KeyedColumns | undefined,
): readonly string[] | undefined {
  return before !== undefined && after !== undefined && sameKey(before, after) ? after.key : undefined;
}
