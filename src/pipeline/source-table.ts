import type { DeclaredType } from './declared-type.ts';

/** A column of a source table that the pipeline reads. */
export interface SourceColumn {
  /** Its name in the source, letter for letter. */
  readonly column: string;
  /** Its name in the raw table. */
  readonly name: string;
  readonly type: DeclaredType;
}

/** A table (or view) of a source that the pipeline reads. */
export interface SourceTable {
  /** The source it belongs to: `tcs`. A deployment says which connection and which schema that is. */
  readonly source: string;
  /** Its name in the source, letter for letter: `PersonOwner`. */
  readonly table: string;
  /** The name of its raw table: `tcs_person_owner`. */
  readonly name: string;
  /** Columns that identify a row, by their raw names; empty where the table has no key. */
  readonly key: readonly string[];
  /** The source empties and refills it at night: it is read first, in a snapshot of its own that ends at once. */
  readonly volatile: boolean;
  /** In the order of the file. */
  readonly columns: readonly SourceColumn[];
}
