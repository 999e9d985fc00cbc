import type { Writable } from 'node:stream';
import type { DeclaredType } from '../pipeline/declared-type.ts';
import type { SourceTable } from '../pipeline/source-table.ts';
import type { ChecksumReader } from './checksums.ts';

/** A column as the live source has it. */
export interface LiveColumn {
  readonly name: string;
  /** As the source prints it: `bigint(20) unsigned`, `character varying(255)`. */
  readonly printed: string;
  /** The declared type that would hold it exactly; `undefined` where the type map has no entry. */
  readonly type: DeclaredType | undefined;
  /**
   * Other declarations that are as good: `boolean` for MySQL's tinyint(1), `bigint` for an unsigned bigint (a value
   * beyond 2^63-1 becomes null and is counted), integers and bytes for bit(1).
   */
  readonly alternatives: readonly DeclaredType[];
  /** Whether our user may select it. */
  readonly readable: boolean;
}

/** A table or view as the live source has it, and as far as it shows it to our user. */
export interface LiveTable {
  readonly schema: string;
  readonly table: string;
  readonly kind: 'table' | 'view';
  /** MySQL's storage engine; `undefined` for views and in PostgreSQL. */
  readonly engine: string | undefined;
  /** Whether its rows lie on another server (PostgreSQL's foreign tables), and so in no snapshot of this one. */
  readonly isForeign: boolean;
  /** The line by which our user sees all rows, where row-level security would keep some from it. */
  readonly unhide: string | undefined;
  readonly columns: readonly LiveColumn[];
  /** Whether a column that is not among them is not there: MySQL hides what it does not let our user use. */
  readonly showsAll: boolean;
  /** Columns of the primary key, in order; empty where there is none. */
  readonly key: readonly string[];
  /** Columns that the source keeps unique and never null, of each key and index by which it does. */
  readonly uniqueKeys: readonly (readonly string[])[];
  /** Rows by the source's own estimate, and bytes; for saying how much room a night needs. */
  readonly estimatedRows: number;
  readonly estimatedBytes: number;
}

export interface AbsentSchema {
  readonly others: readonly string[];
  /** `undefined` where the source hides none. */
  readonly grant: string | undefined;
}

/** A schema (in MySQL: a database) as the live source shows it to our user. */
export interface LiveSchema {
  readonly schema: string;
  readonly tables: readonly LiveTable[];
  /** Whether a table that is not among them is not there. */
  readonly showsAll: boolean;
  /** Where our user is shown no schema of this name: those that it is shown, and the line that lets it see this one. */
  readonly absent: AbsentSchema | undefined;
  /** The line by which an administrator lets our user read a table's columns; all of them where none is named. */
  readonly grant: (table: string, columns: readonly string[]) => string;
}

/** A table to be read: what the pipeline declares and the schema where this environment has it. */
export interface TableToRead {
  readonly declared: SourceTable;
  readonly schema: string;
}

/**
 * Why a cell was changed on its way:
 * `zero-date` and `impossible-date` became null, `nul` was removed, `not-utf8` became U+FFFD, `out-of-range` became null.
 */
export type RepairKind = 'zero-date' | 'impossible-date' | 'nul' | 'not-utf8' | 'out-of-range';

export interface RepairCount {
  /** The raw column. */
  readonly column: string;
  readonly kind: RepairKind;
  readonly cells: number;
}

/** What came of reading one table. */
export interface TableRead {
  /** The raw table. */
  readonly name: string;
  /** Rows by the source's own count(*) in the same snapshot. */
  readonly counted: number;
  /** Rows that arrived and were written. */
  readonly received: number;
  /** Bytes of binary COPY written. */
  readonly bytes: number;
  /** From the first row asked for to the last one written. */
  readonly seconds: number;
  readonly repairs: readonly RepairCount[];
  /** Whether the source keeps the declared key unique by itself. */
  readonly keyIsProved: boolean;
}

/** How long a snapshot burdened its source. In seconds. */
export interface SnapshotTimes {
  /** From its beginning to its end. */
  readonly open: number;
  /** Spent waiting for locks of tables, also before there was a snapshot. */
  readonly locks: number;
}

/** What came of reading a connection. */
export interface SnapshotRead {
  /** The instant of the snapshot by the source's clock. */
  readonly takenAt: Date;
  /** Milliseconds by which that clock is ahead of ours, to within the time that a question to the source takes. */
  readonly clockAhead: number;
  /** The position in the source's own log, where it can name one. */
  readonly position: string | undefined;
  readonly times: SnapshotTimes;
  readonly tables: readonly TableRead[];
  /** Whole sentences for the run's report: the slow path was taken, the volatile tables share the long snapshot, … */
  readonly remarks: readonly string[];
}

export interface SnapshotLimits {
  /** Seconds that a lock of the source may keep us waiting. */
  readonly lockWait: number;
  /** Seconds that the whole snapshot may stay open. */
  readonly snapshotLimit: number;
  /** Bytes that one row may have. */
  readonly rowLimit: number;
}

export interface SnapshotRequest {
  readonly tables: readonly TableToRead[];
  readonly limits: SnapshotLimits;
  /**
   * Begins to write a raw table and gives the stream that takes one whole binary COPY (header to trailer). Its columns
   * are the declared ones in their order, then `nightjar_repaired` (text): null, or what was repaired in this row, as
   * `column:kind` joined by commas. Ending the stream ends the COPY; destroying it rolls it back.
   */
  readonly open: (table: TableToRead, signal: AbortSignal) => Promise<Writable>;
  /**
   * Told when a table was read and its COPY has ended, with the means to ask the source about it in the same snapshot,
   * which stays open until this is done.
   */
  readonly onRead?: (table: TableToRead, checksums: ChecksumReader) => Promise<void>;
  readonly onProgress: (progress: ReadProgress) => void;
  readonly signal: AbortSignal;
}

/** Told at most a few times a second. */
export interface ReadProgress {
  readonly table: string;
  /** Rows of this table so far. */
  readonly rows: number;
  readonly bytes: number;
}

/** A server (MySQL) or database (PostgreSQL) that can be read in one snapshot. */
export interface SourceConnection {
  readonly name: string;
  /** All tables and views of a schema that our user can see. Throws NJ-SOURCE-UNREACHABLE, NJ-SOURCE-DENIED. */
  describe(schema: string, signal: AbortSignal): Promise<LiveSchema>;
  /**
   * Reads the tables as of one instant, each into the stream that `open` gives, and ends the snapshot.
   * Throws SnapshotBroken where a table was truncated or altered underneath: everything must be read again.
   */
  read(request: SnapshotRequest): Promise<SnapshotRead>;
}
