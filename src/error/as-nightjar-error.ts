import { NightjarError, nightjarError } from './nightjar-error.ts';

/**
 * What was thrown, as an entry of the catalogue: a foreign error becomes a fault of ours, without its words.
 *
 * @param during what it befell, as a noun: `the run`.
 */
export function asNightjarError(error: unknown, during: string): NightjarError {
  if (error instanceof NightjarError) return error;
  const kind = error instanceof Error ? error.name : typeof error;
  return nightjarError('NJ-INTERNAL-UNEXPECTED', { during, kind });
}
