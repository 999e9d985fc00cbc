/** The guards that a contract can set, in the order in which their judgements are told. */
export const guardNames = [
  'held_rows',
  'departures',
  'parents',
  'rekeyed',
  'nulls',
  'orphans',
  'codes',
  'distribution',
  'coverage',
  'faults',
  'pace',
] as const;

export type GuardName = (typeof guardNames)[number];

/**
 * What a guard lets pass: so many rows, or so many percent of the rows it compares with, whichever is more. The number
 * keeps a tiny table from crying wolf, the percentage a large one from hiding a loss.
 */
export interface Tolerance {
  readonly rows: number;
  readonly percent: number;
}

/** The same of the rows of a source table, and by how much less time it may be read: the more of the two again. */
export interface PaceTolerance extends Tolerance {
  readonly seconds: number;
  readonly secondsPercent: number;
}

/** Who widened a tolerance for a while, and why. */
export interface Loosening {
  /** Who answers for it. */
  readonly owner: string;
  readonly reason: string;
  /** The last night for which it holds, `YYYY-MM-DD`. */
  readonly until: string;
}

export interface GuardSetting<Allowed extends Tolerance = Tolerance> {
  readonly tolerance: Allowed;
  readonly loosened: (Allowed & Loosening) | undefined;
}

/** One for each guard. */
type ForEachGuard<Of, OfPace> = Readonly<Record<Exclude<GuardName, 'pace'>, Of>> & { readonly pace: OfPace };

export type GuardSettings = ForEachGuard<GuardSetting, GuardSetting<PaceTolerance>>;

/** What holds where a contract says nothing. */
export const defaultTolerances: ForEachGuard<Tolerance, PaceTolerance> = {
  held_rows: { rows: 20, percent: 0.1 },
  departures: { rows: 10, percent: 0.1 },
  parents: { rows: 10, percent: 0.1 },
  rekeyed: { rows: 10, percent: 1 },
  nulls: { rows: 20, percent: 1 },
  orphans: { rows: 20, percent: 1 },
  codes: { rows: 10, percent: 0.1 },
  distribution: { rows: 20, percent: 20 },
  coverage: { rows: 20, percent: 0.5 },
  faults: { rows: 20, percent: 0.5 },
  pace: { rows: 20, percent: 20, seconds: 60, secondsPercent: 75 },
};

/** A condition that explains why a key left. */
export interface DepartureReason {
  readonly name: string;
  /** One boolean SQL expression over the published row, which it names `departed`. */
  readonly sql: string;
  /** In words, as a clause: `it ended more than 8 weeks ago`. */
  readonly reason: string;
}

/** What a contract says about keys that leave. */
export interface Departures {
  /** Sees the published generation only, with the date of the new night: what could be known the day before. */
  readonly foretold: readonly DepartureReason[];
  /** Sees tonight's raw tables and datasets: a deletion that left a trace. */
  readonly evidence: readonly DepartureReason[];
  /** True where the source still has what the key stands for; of tonight's raw tables. Explains nothing by itself. */
  readonly inSource: string | undefined;
}

/** Columns whose values are keys of another dataset. */
export interface Reference {
  readonly name: string;
  readonly columns: readonly string[];
  /** Of the dataset's key, in the order of the key's columns. */
  readonly dataset: string;
}

/** Two raw tables of which one should have a row for each row of the other. */
export interface Coverage {
  readonly name: string;
  /** A raw table, and which of its rows count. */
  readonly of: string;
  readonly where: string | undefined;
  /** The raw table that should cover it. */
  readonly by: string;
  /** Columns of `of`, each with the column of `by` that equals it. */
  readonly on: ReadonlyMap<string, string>;
}
