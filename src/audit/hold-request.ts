import type { BuildScope } from '../build/build-session.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import type { Session } from '../warehouse/session.ts';
import type { GenerationDataset } from './generation-datasets.ts';
import type { UnreadableTable } from './unreadable-rows.ts';

/** A dataset that was just built, and what its broken rows are compared with. */
export interface HoldRequest {
  readonly session: Session;
  readonly scope: BuildScope;
  readonly dataset: Dataset;
  readonly ordinal: number;
  /** How many rows its SELECT gave. */
  readonly read: number;
  /** The table of the keys of rows that do not fit their types. */
  readonly misfits: string | undefined;
  /** Raw tables of which a cell that could not be held comes into the dataset. */
  readonly unreadable: readonly UnreadableTable[];
  /** The published generation and its datasets; `undefined` where there is none. */
  readonly published:
    { readonly generation: number; readonly datasets: ReadonlyMap<string, GenerationDataset> } | undefined;
  /** The datasets of the pipeline by name. */
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** Datasets of the candidate that are built. */
  readonly built: ReadonlySet<string>;
}
