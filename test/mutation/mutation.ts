/** A guard, a fence or a gate, taken out; and the tests that should see it. */
export interface Mutation {
  /** What is taken out. */
  readonly what: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly old: string;
  readonly by: string;
  readonly test: string;
  /** Of the names of its tests. */
  readonly named: string;
}
