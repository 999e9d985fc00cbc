import { startProgram } from './program.ts';

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;

/** What became of a command. */
export interface CommandEnd {
  readonly code: number | NodeJS.Signals;
  /** Standard output, line by line. */
  readonly lines: readonly string[];
  /** Standard error. */
  readonly complaints: string;
  /** Both, one after the other. */
  readonly output: string;
}

/** Runs `nightjar …` to its end, perhaps in another folder, or another copy of it. */
export async function runNightjar(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  where: { readonly folder?: string; readonly program?: string } = {},
): Promise<CommandEnd> {
  const started = startProgram(
    [where.program ?? main, ...args],
    { NO_COLOR: '1', ...environment },
    where.folder,
  );
  const lines: string[] = [];
  for (let line = await started.line(); line !== undefined; line = await started.line()) lines.push(line);
  const code = await started.ended;
  const complaints = started.complaints();
  return { code, lines, complaints, output: [...lines, complaints].join('\n') };
}
