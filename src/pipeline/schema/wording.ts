/** How the faults of one kind of file are worded. */
export interface SchemaWording {
  /** What the file is: `a contract`. */
  readonly what: string;
  /** True for a key whose value may be a secret and is not repeated in a message. */
  readonly isSecret?: (key: string) => boolean;
  /** The dataset whose contract it is: that it names no key has a sentence of its own. */
  readonly dataset?: string;
}
