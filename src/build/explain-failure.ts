import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { buildPath, type BuildScope } from './build-session.ts';

/** Meanings of the SQLSTATEs that SQL over good tables can still end with. */
export const meanings: Readonly<Record<string, string>> = {
  '22003': 'a number is out of range',
  '22012': 'something is divided by zero',
  '22007': 'a text is no date or time',
  '22008': 'a date or time is out of range',
  '22P02': 'a text cannot be read as the type it is cast to',
  '21000': 'a subquery that must give one row gave more',
  '42P01': 'a table it names does not exist',
  '42703': 'a column it names does not exist',
  '42804': 'a column has another type than its contract',
};

/** What a SQLSTATE says of a SELECT; `undefined` where it is not one that the data or the SQL are to blame for. */
export function explainFailure(
  scope: BuildScope,
  dataset: Dataset,
  sqlstate: string,
): NightjarError | undefined {
  const meaning = meanings[sqlstate];
  return meaning === undefined ? undefined : selectFailed(scope, dataset, sqlstate, meaning);
}

/** NJ-CONTRACT-BUILD, with what someone needs to run the SELECT by hand. */
export function selectFailed(
  scope: BuildScope,
  dataset: Dataset,
  sqlstate: string,
  meaning: string,
): NightjarError {
  const byHand = { path: buildPath(scope), asOf: scope.asOf };
  return nightjarError('NJ-CONTRACT-BUILD', { dataset: dataset.name, sqlstate, meaning, byHand });
}
