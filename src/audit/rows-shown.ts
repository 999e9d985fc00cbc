import { buildPath, type BuildScope } from '../build/build-session.ts';
import { generationSchemaName } from '../build/candidate.ts';
import { identifierList, qualified, quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { GenerationDataset } from './generation-datasets.ts';

/** SQL that shows the keys of a dataset of a generation. */
export function keysIn(generation: number, { name, key }: Pick<GenerationDataset, 'name' | 'key'>): string {
  return `select ${identifierList(key)} from ${qualified(generationSchemaName(generation), name)} order by ${identifierList(key)}`;
}

/** SQL that shows the values of a column of a generation's dataset, and how many rows have each. */
export function valuesIn(generation: number, dataset: string, column: string): string {
  return `select ${quoteIdentifier(column)}, count(*) as rows from ${qualified(generationSchemaName(generation), dataset)} group by 1 order by 2 desc`;
}

/** SQL that holds an expression of a contract, for whoever pastes it: that means what it should on the path and the date of the build. */
export function asInBuild(scope: BuildScope, sql: string): string {
  return `set search_path = ${buildPath(scope)}; set nightjar.as_of = ${quoteLiteral(scope.asOf)}; ${sql}`;
}
