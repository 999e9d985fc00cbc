import { spawn } from 'node:child_process';

export interface ChildEnd {
  readonly seconds: number;
  /** The largest resident memory of the process itself, as it says at its end, in MB. */
  readonly residentMegabytes: number;
}

/** Runs a program of ours as a process of its own; its last line is a JSON object of what it measured. */
export async function runChild(script: URL, input: object): Promise<ChildEnd> {
  const child = spawn(process.execPath, [script.pathname, JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  const value: unknown = code === 0 ? JSON.parse(text.trim().split('\n').at(-1) ?? '') : undefined;
  if (!isChildEnd(value)) throw new Error(`${script.pathname} ended with ${String(code)}`);
  return value;
}

function isChildEnd(value: unknown): value is ChildEnd {
  return typeof value === 'object' && value !== null && 'seconds' in value && 'residentMegabytes' in value;
}

/** Runs a shell pipeline and waits for its end; a failure of any part fails it. */
export async function runShell(
  command: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn('bash', ['-c', `set -euo pipefail; ${command}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`a native command ended with ${String(code)}`);
}
