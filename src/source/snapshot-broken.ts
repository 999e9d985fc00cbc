/**
 * A table was truncated or altered under our snapshot. Not an error for people: whoever reads the source starts a new
 * snapshot, and gives up with NJ-SOURCE-TABLE-CHANGED after a few.
 */
export class SnapshotBroken extends Error {
  override readonly name = 'SnapshotBroken';
  /** The raw table. */
  readonly table: string;

  constructor(table: string) {
    super(`The table behind ${table} changed under the snapshot.`);
    this.table = table;
  }
}
