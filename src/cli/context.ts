import type { NightjarError } from '../error/nightjar-error.ts';
import type { Output } from './output.ts';

/** The options that every command takes. */
export interface CommonOptions {
  readonly file?: string;
  readonly environment?: string;
  readonly json?: boolean;
}

/** What a command works with. */
export interface Context {
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** The files are at fault: each fault is to be shown, then the command ends. */
export class FaultyFiles extends Error {
  readonly faults: readonly NightjarError[];

  constructor(faults: readonly NightjarError[]) {
    super('The files are at fault.');
    this.faults = faults;
  }
}
