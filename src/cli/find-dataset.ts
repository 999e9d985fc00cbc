import { nightjarError } from '../error/nightjar-error.ts';
import { nearestName } from '../pipeline/nearest-name.ts';
import type { Dataset, Pipeline } from '../pipeline/pipeline.ts';

/** Throws NJ-USE-VALUE, with the one that was probably meant. */
export function findDataset({ datasets }: Pipeline, name: string): Dataset {
  const found = datasets.find((dataset) => dataset.name === name);
  if (found !== undefined) return found;
  const known = datasets.map((dataset) => dataset.name);
  const nearest = nearestName(name, known);
  const expected = nearest === undefined ? `one of ${known.join(', ')}` : `a dataset, such as ${nearest}`;
  throw nightjarError('NJ-USE-VALUE', { option: 'dataset', found: name, expected });
}
