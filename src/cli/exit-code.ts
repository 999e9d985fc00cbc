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

export function exitCodeOf(error: NightjarError): ExitCode {
  if (error.code === 'NJ-INTERNAL-ABORTED') return exitCode.stopped;
  if (error.code === 'NJ-PUBLISH-BUSY') return exitCode.busy;
  if (error.code.startsWith('NJ-CONFIG-')) return exitCode.faultyFiles;
  return error.class === 'guard' ? exitCode.held : exitCode.failed;
}
