import { NightjarError, nightjarError } from './nightjar-error.ts';
import { ourLines } from './our-lines.ts';

/**
 * What was thrown, as an entry of the catalogue: a foreign error becomes a fault of ours, without its words, but with
 * the lines of ours that it came from.
 *
 * @param during what it befell, as a noun: `the run`.
 */
export function asNightjarError(error: unknown, during: string): NightjarError {
  if (error instanceof NightjarError) return error;
  return nightjarError('NJ-INTERNAL-UNEXPECTED', { during, kind: kindOf(error) }, undefined, ourLines(error));
}

/** The name of an error and its code, where that looks like one (`error 23505`, `Error ECONNRESET`). */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const name = /^\w{1,40}$/.test(error.name) ? error.name : 'Error';
  return /^[A-Z0-9_]{2,40}$/.test(code) ? `${name} ${code}` : name;
}
