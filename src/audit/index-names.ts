import type { Dataset } from '../pipeline/pipeline.ts';
import { ownName } from '../warehouse/own-name.ts';

/** The name of the index that proves a dataset's key: like those below, the only one of its schema. */
export function keyName({ name }: Pick<Dataset, 'name'>): string {
  return ownName('key', [name]);
}

/** @param place which of the contract's `indexes` it is. */
export function indexName({ name }: Pick<Dataset, 'name'>, place: number): string {
  return ownName('index', [name, place]);
}
