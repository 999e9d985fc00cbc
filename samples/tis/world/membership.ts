import type { TrainingKind } from '../reference/training.ts';
import type { Day } from '../time/day.ts';

/** One stretch of training in one programme. */
export interface Membership {
  /** Counts a person's memberships from 0. */
  readonly ordinal: number;
  readonly kind: TrainingKind;
  /** Index of the programme. */
  readonly programme: number;
  readonly start: Day;
  readonly end: Day;
  /** Months of grace as written beside the curriculum membership; `undefined` leaves it to the curriculum. */
  readonly grace?: number | undefined;
  /** Index of a curriculum to be used in place of the programme's own. */
  readonly curriculum?: number | undefined;
  readonly left: boolean;
}
