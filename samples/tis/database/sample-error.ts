import { nightjarError, type NightjarError } from '../../../src/error/nightjar-error.ts';

/** NJ-USE-SAMPLE: a sentence for whoever asked for the sample. Never holds a row's value or a password. */
export function sampleError(sentence: string): NightjarError {
  return nightjarError('NJ-USE-SAMPLE', { sentence });
}
