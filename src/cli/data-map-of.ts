import type { ConsumerDeclaration } from '../pipeline/deployment.ts';
import type { Dataset } from '../pipeline/pipeline.ts';

/** What one consumer gets of one dataset, by column name; at least one of the two lists is not empty. */
export interface DatasetMap {
  readonly dataset: string;
  readonly personal: readonly string[];
  readonly special: readonly string[];
}

export interface ConsumerMap {
  readonly name: string;
  readonly logins: readonly string[];
  /** By name; only those with a personal or a special column. */
  readonly datasets: readonly DatasetMap[];
}

/** Which personal and special columns go to whom. */
export function dataMap(
  consumers: readonly ConsumerDeclaration[],
  datasets: readonly Dataset[],
): readonly ConsumerMap[] {
  return consumers.map(({ name, logins, reads }) => ({
    name,
    logins,
    datasets: datasets
      .filter((dataset) => reads.includes(dataset.name))
      .map(datasetMap)
      .filter((dataset) => dataset.personal.length + dataset.special.length > 0)
      .sort((one, other) => one.dataset.localeCompare(other.dataset, 'en')),
  }));
}

function datasetMap({ name, contract }: Dataset): DatasetMap {
  const columns = (privacy: 'personal' | 'special'): readonly string[] =>
    contract.columns.filter((column) => column.privacy === privacy).map((column) => column.name);
  return { dataset: name, personal: columns('personal'), special: columns('special') };
}
