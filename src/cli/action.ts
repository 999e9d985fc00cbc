import type { Command } from 'commander';
import type { CommonOptions, Context } from './context.ts';
import type { ExitCode } from './exit-code.ts';

/**
 * Adds the options that every command takes.
 *
 * @param leftOut what becomes of a command that names no environment.
 */
export function withCommonOptions(command: Command, leftOut = 'may be left out where there is one'): Command {
  return command
    .option('-e, --environment <name>', `the environment (${leftOut})`)
    .option('-f, --file <path>', 'the deployment file (default: nightjar.yaml)')
    .option('--json', 'one JSON object a line, for programs');
}

/** Adds them to a command that takes all environments where none is named. */
export function withAllEnvironments(command: Command): Command {
  return withCommonOptions(command, 'default: all of them');
}

/**
 * Runs a command's work: one abort signal for Ctrl-C, errors as sentences, an exit code that means something. How that
 * is done is loaded here, so that help need not wait for it.
 *
 * @param left what is left as it is when a second Ctrl-C ends it at once: a sentence.
 */
export async function act(
  options: CommonOptions,
  work: (context: Context) => Promise<ExitCode>,
  left = 'What it had begun is left as it is.',
): Promise<void> {
  const { perform } = await import('./perform.ts');
  process.exitCode = await perform({ json: options.json === true, left }, work);
}
