import { connectSample } from './database/connect.ts';
import { requireSample } from './database/mark.ts';
import { SampleError } from './database/sample-error.ts';
import type { SampleTarget } from './database/target.ts';
import type { FaultOptions } from './faults/fault.ts';
import { faults } from './faults/registry.ts';

/** Does one named harm to a loaded sample. Harm is undone by making the sample again. */
export async function hurtSample(
  target: SampleTarget,
  fault: string,
  options: FaultOptions = {},
): Promise<{ readonly sentence: string }> {
  const found = faults.find((candidate) => candidate.name === fault);
  if (found === undefined) {
    throw new SampleError(
      `There is no harm called ${fault}. There are: ${faults.map(({ name }) => name).join(', ')}.`,
    );
  }
  await using database = await connectSample(target);
  await requireSample(database);
  return { sentence: await found.apply(database, options) };
}

/** Each harm with a sentence about it, for those who choose. */
export const faultList: readonly { readonly name: string; readonly describes: string }[] = faults.map(
  ({ name, describes }) => ({ name, describes }),
);
