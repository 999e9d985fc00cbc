import type { NightjarError } from '../error/nightjar-error.ts';

/** Exit codes of the command line: docs/reference/command-line.md. */
export const exitCode = {
  done: 0,
  failed: 1,
  wrongUse: 2,
  faultyFiles: 3,
  held: 4,
  busy: 5,
  /** As a shell gives for SIGINT. */
  stopped: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Whether it tells that someone stopped the work, rather than that the work failed. */
export function wasStopped({ code }: NightjarError): boolean {
  return code === 'NJ-INTERNAL-ABORTED' || code === 'NJ-NIGHT-STOPPED';
}

export function exitCodeOf(error: NightjarError): ExitCode {
  if (wasStopped(error)) return exitCode.stopped;
  if (error.code === 'NJ-PUBLISH-BUSY') return exitCode.busy;
  if (error.code.startsWith('NJ-USE-')) return exitCode.wrongUse;
  if (error.code.startsWith('NJ-CONFIG-')) return exitCode.faultyFiles;
  return error.class === 'guard' ? exitCode.held : exitCode.failed;
}
