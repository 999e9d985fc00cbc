import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { nightjarError } from '../../error/nightjar-error.ts';
import {
  eventSchema,
  type KeeperAnswer,
  type KeeperRequest,
  type RunRequest,
  type ServeRequest,
} from './keeper-protocol.ts';
import { within } from './kept-process.ts';
import { temporaryPlace } from './unprivileged.ts';

type Without<Request extends KeeperRequest> = Omit<Request, 'do' | 'id'>;

/** The longest a keeper may take to stop its server and remove its folder. */
const STOP_LIMIT_MS = 60_000;

/**
 * A server and a temporary folder that do not outlive this process, however it ends. Closing it stops the server,
 * removes the folder and waits for both.
 */
export interface Keeper extends AsyncDisposable {
  /** An empty folder that others may pass through but not list. Gone with the keeper. */
  readonly folder: string;
  /** Runs a program to its end. */
  run(request: Without<RunRequest>): Promise<KeeperAnswer>;
  /** Starts the server; answers when it is ready, has failed, or has taken too long. */
  serve(request: Without<ServeRequest>): Promise<KeeperAnswer>;
  /** How the server ended, in words; pending while it runs. */
  readonly serverExited: Promise<string>;
  stop(): Promise<void>;
}

/** Starts a keeper. `name` becomes part of its folder's name. */
export async function startKeeper(name: string): Promise<Keeper> {
  const file = fileURLToPath(new URL(`./keeper${extname(import.meta.url)}`, import.meta.url));
  const child = spawn(process.execPath, [file, temporaryPlace(), name], {
    cwd: '/',
    // A session of its own: signals for our process group do not reach it.
    detached: true,
    env: keeperEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const waiting = new Map<number, PromiseWithResolvers<KeeperAnswer>>();
  const folder = Promise.withResolvers<string>();
  const serverExited = Promise.withResolvers<string>();
  let complaint = '';

  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2_000);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = eventSchema.parse(JSON.parse(line));
    if (event.event === 'folder') folder.resolve(event.folder);
    else if (event.event === 'server-exited') serverExited.resolve(event.exit);
    else waiting.get(event.id)?.resolve(event);
  });
  const exited = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      complaint = error.message;
    });
    child.on('close', () => {
      const failure = nightjarError('NJ-WAREHOUSE-EMBEDDED', {
        during: `the life of its keeper (${name})`,
        reason: complaint === '' ? 'it was stopped' : complaint.trim(),
      });
      folder.reject(failure);
      for (const each of waiting.values()) each.reject(failure);
      serverExited.resolve('it was stopped');
      resolve();
    });
  });

  // An idle server is no reason for this process to go on.
  const holdOpen = (hold: boolean) => {
    for (const handle of [child, child.stdin, child.stdout, child.stderr]) {
      if (handle !== child && !(handle instanceof Socket)) continue;
      if (hold) handle.ref();
      else handle.unref();
    }
  };
  let lastId = 0;
  const ask = async (
    request: (Without<RunRequest> & { do: 'run' }) | (Without<ServeRequest> & { do: 'serve' }),
  ) => {
    const id = ++lastId;
    const answer = Promise.withResolvers<KeeperAnswer>();
    waiting.set(id, answer);
    holdOpen(true);
    child.stdin.write(JSON.stringify({ ...request, id }) + '\n');
    try {
      return await answer.promise;
    } finally {
      waiting.delete(id);
      holdOpen(waiting.size > 0);
    }
  };
  const stop = async () => {
    holdOpen(true);
    child.stdin.end();
    await within(STOP_LIMIT_MS, exited);
    child.kill('SIGKILL');
  };

  return {
    folder: await folder.promise,
    run: (request) => ask({ do: 'run', ...request }),
    serve: (request) => ask({ do: 'serve', ...request }),
    serverExited: serverExited.promise,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Nothing of ours that a test runner or a shell may have left there, and no secret. */
function keeperEnvironment(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }),
  };
}
