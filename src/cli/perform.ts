import { asNightjarError } from '../error/as-nightjar-error.ts';
import { FaultyFiles, type Context } from './context.ts';
import { exitCode, exitCodeOf, type ExitCode } from './exit-code.ts';
import { Output } from './output.ts';
import { stopSignal } from './stop-signal.ts';

/** Does a command's work and tells of what stopped it; gives the exit code. */
export async function perform(
  json: boolean,
  work: (context: Context) => Promise<ExitCode>,
): Promise<ExitCode> {
  const output = new Output(json);
  const stop = stopSignal();
  try {
    return await work({ output, signal: stop.signal });
  } catch (error) {
    if (error instanceof FaultyFiles) {
      for (const fault of error.faults) output.complain(fault);
      return exitCode.faultyFiles;
    }
    const known = asNightjarError(error);
    output.complain(known);
    if (known.code === 'NJ-INTERNAL-UNEXPECTED' && process.env['NIGHTJAR_DEBUG'] !== undefined) {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    }
    return exitCodeOf(known);
  } finally {
    stop[Symbol.dispose]();
  }
}
