import { grouped } from '../error/amount.ts';
import type { GuardSetting, Tolerance } from '../pipeline/guards.ts';

/** However long a warehouse stood still, what may change grows no further than in two weeks. */
export const mostDays = 14;

/** And to no more than this part of the rows, where the setting itself does not give more: no guard switches itself off. */
const mostGrown = 0.5;

/** Between which nights a guard judges. */
export interface Nights {
  /** The night of the candidate, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Days since the night of the published generation; 0 for a second one of the same night. */
  readonly days: number;
  /** The night of the published generation. */
  readonly publishedAsOf: string;
}

/**
 * How many rows a guard lets pass of so many that it compares with: the more of the two that the setting gives, for each
 * day since the published night, up to half of what it compares with.
 */
export function allowedRows(setting: GuardSetting, total: number, { asOf, days }: Nights): number {
  const { rows, percent } = toleranceOf(setting, asOf);
  const growth = Math.min(Math.max(days, 1), mostDays);
  const usual = Math.max(rows, (total * percent) / 100);
  return Math.floor(Math.min(usual * growth, Math.max(usual, total * mostGrown)));
}

/** What a guard lets pass on a night. A widened setting holds up to its last night, and then no more. */
export function toleranceOf<Allowed extends Tolerance>(
  { tolerance, loosened }: GuardSetting<Allowed>,
  asOf: string,
): Allowed {
  return loosened !== undefined && asOf <= loosened.until ? loosened : tolerance;
}

/** `1 is allowed`, `6,402 are allowed`: how every guard tells how much it lets pass. */
export function areAllowed(allowed: number): string {
  return `${grouped(allowed)} ${allowed === 1 ? 'is' : 'are'} allowed`;
}
