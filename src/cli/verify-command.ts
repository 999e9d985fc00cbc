import { connectSource } from '../night/connect-source.ts';
import { releaseName } from '../night/release-name.ts';
import { verify } from '../night/verify.ts';
import type { CommonOptions, Context } from './context.ts';
import { exitCode, exitCodeOf, type ExitCode } from './exit-code.ts';
import { loadEnvironment } from './load-deployment.ts';
import { Progress } from './progress.ts';
import { printVerified } from './verify-report.ts';

export interface VerifyCommandOptions extends CommonOptions {
  readonly raw?: boolean;
  readonly keys: number;
  readonly workers: number;
}

/** Compares, and tells what it found. */
export async function verifyCommand(
  options: VerifyCommandOptions,
  { output, signal }: Context,
): Promise<ExitCode> {
  const { environment, pipeline } = await loadEnvironment(options);
  using progress = new Progress(output, environment.name);
  const report = await verify({
    ...{ environment, pipeline, release: releaseName(pipeline), workers: options.workers, keepRaw: false },
    ...{ rawOnly: options.raw === true, keys: options.keys },
    connect: connectSource,
    onEvent: progress.show,
    signal,
  });
  progress.end();
  printVerified(output, environment.name, report, {
    rawOnly: options.raw === true,
    remarks: progress.remarks,
  });
  if (report.fault === undefined) return exitCode.done;
  output.complain(report.fault, { environment: environment.name });
  return exitCodeOf(report.fault);
}
