/** A date that a lax MySQL stores and the calendar does not have. PostgreSQL gets NULL in its place. */
export interface LaxDateCell {
  readonly lax: string;
}

/** A value on its way to a column. Dates are texts, `bit(1)` is a boolean, ids beyond 2^53 are texts of digits. */
export type Cell = string | number | boolean | null | LaxDateCell;

export type Row = readonly Cell[];
