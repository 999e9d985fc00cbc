import type { ContractType } from './contract-type.ts';
import type { Coverage, Departures, GuardSettings, Reference } from './guards.ts';

/**
 * - `required`: no row may be published without it;
 * - `expected`: may be absent, but how often is watched;
 * - `optional`: may be absent.
 */
export type Presence = 'required' | 'expected' | 'optional';

/** `personal`: tells who someone is; `special`: special category data (health, ethnicity, religion, …). */
export type Privacy = 'none' | 'personal' | 'special';

/** A published column. */
export interface ContractColumn {
  readonly name: string;
  readonly type: ContractType;
  readonly presence: Presence;
  readonly privacy: Privacy;
  /** For people: becomes the published column's COMMENT and its line in the data dictionary. */
  readonly description: string;
  /** Where it comes from, in words of the source: `tcs.Person.id`. */
  readonly from: string;
  /** A constant of SQL that stands for the value in a held row whose last good version has none. */
  readonly whenHeld: string | undefined;
}

/** A condition that each row must meet; a row for which it is null meets it. */
export interface RowRule {
  readonly name: string;
  /** One boolean SQL expression over the dataset's columns. */
  readonly sql: string;
  readonly description: string;
}

/** Something wrong with a row that does not keep it from being published; whoever can mend it is told. */
export interface DataFault {
  readonly name: string;
  /** One boolean SQL expression over the row; it may look into raw tables and datasets. */
  readonly sql: string;
  readonly description: string;
  /** Whether a night is held in which more rows have it than in what is published. */
  readonly watched: boolean;
}

/** How many rows of a driving table make the rows of a dataset: its count must be theirs. */
export interface DrivingTable {
  /** A raw table or another dataset, as the SQL names it. */
  readonly table: string;
  /** One boolean SQL expression over that table's columns; absent: all of its rows. */
  readonly where: string | undefined;
}

/** How many cells of one source column may be repaired on the way before the run stops. */
export interface RepairLimit {
  /** A raw table. */
  readonly table: string;
  /** A column of it. */
  readonly column: string;
  readonly atMost: number;
}

/** What a dataset promises to those who read it. */
export interface Contract {
  readonly description: string;
  /** One row for each …: in words. */
  readonly grain: string;
  /** The columns that identify a row; never empty. */
  readonly key: readonly string[];
  /** Empty where the dataset is an aggregate or a selection of its own. */
  readonly driving: readonly DrivingTable[];
  /** In the order in which they are published. */
  readonly columns: readonly ContractColumn[];
  readonly rules: readonly RowRule[];
  /** Further indexes, each a list of columns. */
  readonly indexes: readonly (readonly string[])[];
  readonly repairLimits: readonly RepairLimit[];
  /**
   * Columns of former keys, by which the published generation may still be told or keys were struck out, each with SQL over a
   * new row that gives it.
   */
  readonly keyWas: ReadonlyMap<string, string>;
  readonly departures: Departures;
  readonly references: readonly Reference[];
  /** Columns with a known, small set of values. */
  readonly coded: readonly string[];
  /** Columns over whose values the rows should spread as they did. */
  readonly distribution: readonly string[];
  readonly coverage: readonly Coverage[];
  readonly guards: GuardSettings;
  readonly faults: readonly DataFault[];
  /** SQL over a row that names who can mend it: a local office. */
  readonly office: string | undefined;
  /** SQL over a row that gives the instant (UTC) at which its source says it was last changed. */
  readonly changedAt: string | undefined;
}
