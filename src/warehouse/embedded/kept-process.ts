import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import type { RunRequest, ServeRequest } from './keeper-protocol.ts';

const TAIL = 6_000;

/** A process of the keeper's: in a group of its own, so that a Ctrl-C at the terminal does not reach it. */
export class KeptProcess {
  readonly ended: Promise<string>;
  #child: ChildProcess;
  #tail = '';
  #ready = Promise.withResolvers<boolean>();

  constructor(request: RunRequest | ServeRequest) {
    const folder = request.folder === undefined ? undefined : openSync(request.folder, 'r');
    this.#child = spawn(request.program, request.args, {
      cwd: '/',
      detached: true,
      env: request.environment,
      stdio: ['ignore', 'pipe', 'pipe', ...(folder === undefined ? [] : [folder])],
      ...request.user,
    });
    if (folder !== undefined) closeSync(folder);
    const ready = request.do === 'serve' ? new RegExp(request.ready, 'm') : undefined;
    const logFile = request.do === 'serve' ? request.logFile : undefined;
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#tail = (this.#tail + text).slice(-TAIL);
        if (logFile !== undefined) append(logFile, text);
        if (ready?.test(this.#tail) === true) this.#ready.resolve(true);
      });
    }
    this.ended = new Promise((resolve) => {
      this.#child.on('error', (error) => {
        resolve(error.message);
      });
      this.#child.on('close', (code, signal) => {
        resolve(signal ?? `exit code ${code ?? 'unknown'}`);
      });
    });
    void this.ended.then(() => {
      this.#ready.resolve(false);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get tail(): string {
    return this.#tail;
  }

  /** True once the server says so; false when it ended, or said nothing in time. */
  async ready(limitMs: number): Promise<boolean> {
    return (await within(limitMs, this.#ready.promise)) ?? false;
  }

  async stop(stages: ServeRequest['stop']): Promise<void> {
    for (const { signal, limitMs } of stages) {
      this.#child.kill(signal);
      if ((await within(limitMs, this.ended)) !== undefined) return;
    }
    this.kill();
    await within(5_000, this.ended);
  }

  /** The whole group, for a program may have started others. */
  kill(): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
  }
}

/** What the promise gives, or undefined when the time is over first. */
export async function within<T>(limitMs: number, promise: Promise<T>): Promise<T | undefined> {
  const timeout = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    timeout.resolve(undefined);
  }, limitMs);
  try {
    return await Promise.race([promise, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function append(file: string, text: string): void {
  try {
    appendFileSync(file, text, { mode: 0o600 });
  } catch {
    // A full disk must not end the server's keeper.
  }
}
