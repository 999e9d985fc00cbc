import { NightjarError } from '../../src/error/nightjar-error.ts';

/** Runs a night that may fail, but only with an error of ours that says what happened. Says whether it ended well. */
export async function coded(night: Promise<void>): Promise<boolean> {
  try {
    await night;
    return true;
  } catch (error) {
    if (error instanceof NightjarError && error.code !== 'NJ-INTERNAL-UNEXPECTED') return false;
    throw new Error(`the night ended with an error of no known kind: ${String(error)}`, { cause: error });
  }
}
