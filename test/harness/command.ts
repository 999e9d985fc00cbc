import { startProgram } from './program.ts';

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;

/** What became of a command. */
export interface CommandRun {
  readonly ended: number | NodeJS.Signals;
  /** All that it said, on standard output and then on standard error. */
  readonly output: string;
}

/** Runs `nightjar …` to its end, perhaps in another folder, or another copy of it. */
export async function runCommand(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  where: { readonly folder?: string; readonly program?: string } = {},
): Promise<CommandRun> {
  const started = startProgram([where.program ?? main, ...args], environment, where.folder);
  const lines: string[] = [];
  for (let line = await started.line(); line !== undefined; line = await started.line()) lines.push(line);
  const ended = await started.ended;
  return { ended, output: [...lines, started.complaints()].join('\n') };
}
