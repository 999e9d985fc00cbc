/** A sentence for whoever asked for the sample. Never holds a row's value or a password. */
export class SampleError extends Error {
  override readonly name = 'SampleError';
}
