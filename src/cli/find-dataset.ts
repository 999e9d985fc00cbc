import type { Dataset, Pipeline } from '../pipeline/pipeline.ts';
import { unknownName } from '../pipeline/unknown-name.ts';

/** Throws NJ-USE-UNKNOWN, with the one that was probably meant. */
export function findDataset({ datasets }: Pipeline, name: string): Dataset {
  const found = datasets.find((dataset) => dataset.name === name);
  if (found !== undefined) return found;
  throw unknownName(
    'dataset',
    name,
    datasets.map((dataset) => dataset.name),
  );
}
