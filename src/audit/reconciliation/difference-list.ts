/** A key that differs, and in which columns. */
export interface ListedDifference<Kind extends string> {
  readonly kind: Kind;
  /** Canonical text by column; empty where rows cannot be named. */
  readonly key: Readonly<Record<string, string | null>>;
  /** Of a key that both sides have: the columns that differ. */
  readonly columns: readonly string[];
}

/** Counts differences by kind, and keeps the first of them to be shown. */
export class DifferenceList<Kind extends string> {
  readonly #counts = new Map<Kind, number>();
  readonly #listed: ListedDifference<Kind>[] = [];
  readonly #limit: number;

  /** @param limit how many to keep. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(difference: ListedDifference<Kind>): void {
    const { kind } = difference;
    this.#counts.set(kind, this.count(kind) + 1);
    if (this.#listed.length < this.#limit) this.#listed.push(difference);
  }

  count(kind: Kind): number {
    return this.#counts.get(kind) ?? 0;
  }

  get listed(): readonly ListedDifference<Kind>[] {
    return this.#listed;
  }
}

/** The values of a key by its columns' names. */
export function namedKey(
  names: readonly string[],
  values: readonly (string | null)[],
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(values.map((value, index) => [names[index] ?? '', value]));
}
