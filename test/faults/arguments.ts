import { parseArgs } from 'node:util';

export interface FaultArguments {
  /** What is tried at random instants and places depends on it alone. */
  readonly seed: number;
  /** Ten times as many random faults, and eighty calls of a night of TIS in place of a few. */
  readonly long: boolean;
  /** Only the kinds whose names hold one of these; all where there is none. */
  readonly only: readonly string[];
}

/** `--seed N --long --only KIND …`. Throws a TypeError that says what is wrong. */
export function faultArguments(args: readonly string[]): FaultArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      long: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  if (!/^\d{1,9}$/.test(values.seed)) throw new TypeError('--seed must be a whole number.');
  return { seed: Number(values.seed), long: values.long, only: values.only };
}
