import { asNightjarError } from '../error/as-nightjar-error.ts';
import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import { FaultyFiles, type Context } from './context.ts';
import { exitCode, exitCodeOf, wasStopped, type ExitCode } from './exit-code.ts';
import { Output } from './output.ts';
import { stopSignal } from './stop-signal.ts';

export interface PerformOptions {
  readonly json: boolean;
  /** What is left as it is when a second Ctrl-C ends the command at once: a sentence. */
  readonly left: string;
}

/** Does a command's work and tells of what stopped it; gives the exit code. */
export async function perform(
  { json, left }: PerformOptions,
  work: (context: Context) => Promise<ExitCode>,
): Promise<ExitCode> {
  const output = new Output(json);
  using stop = stopSignal(left);
  try {
    return await work({ output, signal: stop.signal });
  } catch (error) {
    if (error instanceof FaultyFiles) {
      for (const fault of error.faults) output.complain(fault);
      return exitCode.faultyFiles;
    }
    const known = asNightjarError(error, 'the command');
    const end = stop.signal.aborted && !wasStopped(known) ? stopped(stop.signal) : known;
    output.complain(end);
    return exitCodeOf(end);
  }
}

/** Once someone has asked to stop, whatever ends the work is that: what fails then fails because of it. */
function stopped({ reason }: AbortSignal): NightjarError {
  return nightjarError('NJ-INTERNAL-ABORTED', { what: 'The command', reason: String(reason) });
}
