import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ended {
  readonly code: number;
  /** Empty unless it was asked for. */
  readonly output: string;
}

/**
 * Runs a program in a group of its own, which does not outlive this process. Once `signal` is aborted, the group gets
 * SIGINT, and SIGKILL if it takes too long.
 */
export async function runInGroup(
  program: string,
  args: readonly string[],
  options: {
    readonly capture: boolean;
    readonly environment?: NodeJS.ProcessEnv;
    readonly signal: AbortSignal;
  },
): Promise<Ended> {
  options.signal.throwIfAborted();
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', options.capture ? 'pipe' : 'inherit', options.capture ? 'pipe' : 'inherit'],
    env: { ...process.env, ...options.environment },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  const release = guard(child);
  const stop = () => {
    signalGroup(child, 'SIGINT');
    setTimeout(() => signalGroup(child, 'SIGKILL'), 20_000).unref();
  };
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve(status ?? 1));
    });
    return { code, output: output.join('') };
  } finally {
    options.signal.removeEventListener('abort', stop);
    // Whatever a program leaves behind in its group is not left behind by us.
    signalGroup(child, 'SIGKILL');
    release();
  }
}

function guard(child: ChildProcess): () => void {
  const file = fileURLToPath(new URL('./group-watchdog.ts', import.meta.url));
  const watchdog = spawn(process.execPath, [file, String(child.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.stdin.on('error', () => undefined);
  return () => watchdog.stdin.end('done');
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in it.
  }
}
