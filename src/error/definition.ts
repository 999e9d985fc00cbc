/**
 * What decides about a retry:
 * - `transient`: the same attempt may pass in a moment (a connection, a lock, a table that changed underneath);
 * - `use`: the command names what is not there, or says what it cannot mean;
 * - `source`: someone must mend the source or its declaration first;
 * - `contract`: the data break their contract;
 * - `guard`: a judgement stopped the candidate;
 * - `release`: this engine or pipeline cannot do what is asked of it;
 * - `capacity`: a disk, a limit, a connection slot is used up;
 * - `bug`: ours.
 */
export type ErrorClass =
  'transient' | 'use' | 'source' | 'contract' | 'guard' | 'release' | 'capacity' | 'bug';

/** One entry of the catalogue. `sentence` and `remedy` never receive a row value or a secret. */
export interface ErrorDefinition<Details> {
  readonly class: ErrorClass;
  /** Made-up details for the manual and for `nightjar explain`: no real names, hosts or people. */
  readonly example: Details;
  /** What was expected, what was found and where: one or more whole sentences. */
  readonly sentence: (details: Details) => string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Gives an entry its type of details; the object itself is returned unchanged. */
export function define<Details>(definition: ErrorDefinition<Details>): ErrorDefinition<Details> {
  return definition;
}
