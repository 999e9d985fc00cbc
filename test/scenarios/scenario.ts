/** One night that went wrong once, lived again. */
export interface Scenario {
  /** When it happened, or what it stands for. */
  readonly date: string;
  /** What was wrong in the source, the release or the warehouse. */
  readonly what: string;
  /** What became of it then. */
  readonly then: string;
  /** Lives the night, asserts how it is judged and in which words; gives what becomes of it now, in a sentence. */
  readonly play: () => Promise<string>;
}
