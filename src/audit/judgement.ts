import type { GuardName } from '../pipeline/guards.ts';

/**
 * The guards: those that a contract can set, and those that nobody can.
 * - `first`: nothing is published to compare with;
 * - `gap`: what is published is of more than a day before, or of a later night; or a dataset is not in it and was before;
 * - `gone`: a dataset is published and no longer built;
 * - `measures`: what several guards compare could not be measured;
 * - `empty`: a dataset has no row where there were rows.
 */
export type Guard = 'first' | 'gap' | 'gone' | 'measures' | 'empty' | GuardName;

/** `noted`: it passed, and there is something to say. */
export type Verdict = 'passed' | 'noted' | 'failed';

/** What one guard says of one dataset, or of one column or reference of it. */
export interface Judgement {
  readonly guard: Guard;
  /** `undefined`: the whole candidate. */
  readonly dataset: string | undefined;
  readonly subject: string | undefined;
  readonly verdict: Verdict;
  /** For a data manager. Names keys and coded values only. */
  readonly sentence: string;
  /** Rows. */
  readonly found: number;
  readonly allowed: number;
  /** A few keys, printed. */
  readonly sample: readonly string[];
  /** Shows the rows; for the warehouse's own role. */
  readonly sql: string | undefined;
}

/** `guard:dataset.subject`, as far as it has them: what an approval names. */
export function judgementName({
  guard,
  dataset,
  subject,
}: Pick<Judgement, 'guard' | 'dataset' | 'subject'>): string {
  const place = [dataset, subject].filter((part) => part !== undefined).join('.');
  return place === '' ? guard : `${guard}:${place}`;
}

/** What speaks of the most rows first: a cause stands before its effects. */
const gravestFirst: readonly Guard[] = [
  ...(['first', 'gap', 'gone', 'empty', 'measures', 'coverage', 'departures', 'rekeyed', 'parents'] as const),
  ...(['pace', 'held_rows', 'faults', 'nulls', 'orphans', 'codes', 'distribution'] as const),
];

/** The same judgements, the gravest first. */
export function byGravity<One extends Pick<Judgement, 'guard'>>(judgements: readonly One[]): readonly One[] {
  const rank = ({ guard }: One): number => gravestFirst.indexOf(guard);
  return judgements.toSorted((one, other) => rank(one) - rank(other));
}

export function isFailed({ verdict }: Judgement): boolean {
  return verdict === 'failed';
}
