/** How often a part is given: a fixed number, and more for every ten thousand rows there are. */
export type Often = readonly [base: number, perTenThousand: number];

export interface Bearer<Part extends string> {
  readonly part: Part;
  /** Counts the bearers of this part from 0. */
  readonly ordinal: number;
}

/**
 * Who plays which part. The rows of a table are mostly blameless; some, evenly spread over them, are given one part
 * each, in exactly planned numbers. So a hazard can be counted beforehand and found by SQL afterwards.
 */
export interface Plan<Part extends string> {
  /** How many bear this part. */
  count(part: Part): number;
  bearerAt(index: number): Bearer<Part> | undefined;
  /** The rows that bear a part, in order. */
  bearersOf(part: Part): readonly number[];
}

export function makePlan<Part extends string>(
  parts: Readonly<Record<Part, Often>>,
  rows: number,
): Plan<Part> {
  const counts = new Map<Part, number>();
  const cast: Bearer<Part>[] = [];
  for (const part of namesOf(parts)) {
    const [base, perTenThousand] = parts[part];
    const count = base + Math.floor((rows * perTenThousand) / 10_000);
    counts.set(part, count);
    for (let ordinal = 0; ordinal < count; ordinal += 1) cast.push({ part, ordinal });
  }
  if (cast.length * 2 > rows) throw new Error(`${cast.length} parts cannot be spread over ${rows} rows.`);
  const mixed = spreadOut(cast);

  const rowOfSlot = (slot: number) => Math.floor(((slot + 0.5) * rows) / mixed.length);
  return {
    count: (part) => counts.get(part) ?? 0,
    bearerAt(index) {
      const slot = Math.floor((index * mixed.length) / rows);
      return rowOfSlot(slot) === index ? mixed[slot] : undefined;
    },
    bearersOf(part) {
      return mixed.flatMap((bearer, slot) => (bearer.part === part ? [rowOfSlot(slot)] : []));
    },
  };
}

/** The bearers of one part would otherwise stand side by side: all in one office, one year, one page of rows. */
function spreadOut<T>(list: readonly T[]): T[] {
  let step = Math.max(1, Math.round(list.length * 0.618));
  while (commonDivisor(step, list.length) !== 1) step += 1;
  const mixed: T[] = [];
  for (let at = 0; at < list.length; at += 1) {
    const item = list[(at * step) % list.length];
    if (item !== undefined) mixed.push(item);
  }
  return mixed;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

function namesOf<Part extends string>(parts: Readonly<Record<Part, Often>>): Part[] {
  return Object.keys(parts).filter((name): name is Part => name in parts);
}
