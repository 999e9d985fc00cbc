import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ownFolder, root, searchPath } from './paths.mjs';

/** A Ctrl-C comes from the terminal and, a moment later, once more from npm: that is one. */
const SAME_SIGNAL_MS = 500;
const PARENT_POLL_MS = 500;

/** Ends what it starts when this process is told to end, or when the npm that started it dies. */
export class Follower {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** @type {NodeJS.Signals | undefined} */
  signalled;

  constructor() {
    /** @type {Map<string, number>} */
    const last = new Map();
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGWINCH'])) {
      process.on(signal, () => {
        const now = Date.now();
        if (signal === 'SIGINT' && now - (last.get(signal) ?? 0) < SAME_SIGNAL_MS) return;
        last.set(signal, now);
        this.#pass(signal);
      });
    }
    if (process.env['npm_lifecycle_event'] !== undefined) this.#watchParent();
  }

  /**
   * Runs a program that is not ours; its own output goes to standard error.
   * @param {string} program
   * @param {string[]} args
   * @param {import('node:child_process').SpawnOptions} options
   * @param {(pid: number) => void} onStart
   */
  run(program, args, options, onStart) {
    return this.#start(program, args, { ...options, stdio: ['ignore', 2, 2] }, onStart);
  }

  /**
   * Starts Nightjar's own program under the pinned Node; the answer is the exit code for us to pass on.
   * @param {string} node
   * @param {string[]} args
   */
  handOver(node, args) {
    const follow = new URL('follow-parent.mjs', import.meta.url).href;
    return this.#start(node, ['--import', follow, ...args], {
      // A session of its own: it hears a signal once, from us.
      detached: true,
      stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
      env: {
        NODE_COMPILE_CACHE: join(ownFolder, 'compile-cache'),
        ...process.env,
        PATH: searchPath(node),
        NIGHTJAR_PARENT_PIPE: '3',
        NIGHTJAR_ROOT: root,
      },
    });
  }

  /**
   * @param {string} program
   * @param {string[]} args
   * @param {import('node:child_process').SpawnOptions} options
   * @param {(pid: number) => void} [onStart]
   * @returns {Promise<number>}
   */
  #start(program, args, options, onStart) {
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, options);
      this.#child = child;
      if (child.pid !== undefined) onStart?.(child.pid);
      child.on('error', reject);
      child.on('exit', (code, signal) => {
        this.#child = undefined;
        resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
      });
    });
  }

  /** @param {NodeJS.Signals} signal */
  #pass(signal) {
    if (signal !== 'SIGWINCH') this.signalled = signal;
    this.#child?.kill(signal);
  }

  /** npm passes SIGTERM and SIGINT on, but a killed npm passes nothing, and gives no sign but this. */
  #watchParent() {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      this.#pass('SIGTERM');
    }, PARENT_POLL_MS);
    timer.unref();
  }
}
