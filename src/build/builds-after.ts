import type { Dataset } from '../pipeline/pipeline.ts';

/**
 * Which datasets each waits for: those that it reads, and, as far as the pipeline's order allows, those that it refers to,
 * so that a row that is held is known to have its parent.
 *
 * @param datasets in the order of the pipeline.
 */
export function buildsAfter(datasets: readonly Dataset[]): (dataset: Dataset) => readonly string[] {
  const places = new Map(datasets.map(({ name }, index) => [name, index]));
  const place = (name: string): number => places.get(name) ?? 0;
  return ({ name, readsDatasets, contract }) => [
    ...readsDatasets,
    ...contract.references
      .map((reference) => reference.dataset)
      .filter((parent) => place(parent) < place(name)),
  ];
}
