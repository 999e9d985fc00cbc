import { NightjarError, nightjarError } from './nightjar-error.ts';

/** What was thrown, as an entry of the catalogue: a foreign error becomes a fault of ours, without its words. */
export function asNightjarError(error: unknown): NightjarError {
  if (error instanceof NightjarError) return error;
  const kind = error instanceof Error ? error.name : typeof error;
  return nightjarError('NJ-INTERNAL-UNEXPECTED', { during: 'the run', kind });
}
