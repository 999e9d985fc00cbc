/** How far the stage in hand has come. */
export interface StageProgress {
  /** Rows read from the sources so far, of all tables; in other stages 0. */
  readonly rows: number;
  /** Bytes written to the warehouse for them. */
  readonly bytes: number;
  /** Datasets built or audited so far. */
  readonly datasets: number;
  /** Rows of the datasets audited so far. */
  readonly datasetRows: number;
}

export const noProgress: StageProgress = { rows: 0, bytes: 0, datasets: 0, datasetRows: 0 };
