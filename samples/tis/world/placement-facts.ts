import type { Day } from '../time/day.ts';

/** A date as stored: a day, nothing, or one that only a lax MySQL takes (H11). */
export type StoredDate = Day | null | LaxDate;
export interface LaxDate {
  readonly lax: string;
}

export interface Placement {
  /** Index of the post; null where the link is missing. */
  readonly post: number | null;
  readonly from: StoredDate;
  readonly to: StoredDate;
  /** The dates before any fault was planted: what other rows go by. */
  readonly begins: Day;
  readonly ends: Day;
  readonly wte: number | null;
  readonly grade: string;
  /** Index of the specialty. */
  readonly specialty: number;
  /** Index of the site. */
  readonly site: number;
  readonly draft: boolean;
  readonly type: string;
}
