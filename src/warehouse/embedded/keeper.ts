/**
 * A program of its own: it owns one server and one temporary folder for the process that started it, and ends both when
 * its standard input ends, which happens however that process dies, `kill -9` included.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { requestSchema, type KeeperEvent, type RunRequest, type ServeRequest } from './keeper-protocol.ts';
import { KeptProcess, within } from './kept-process.ts';

const [place = '/tmp', name = 'server'] = process.argv.slice(2);
const folder = await mkdtemp(join(place, `nightjar-${name}-`));
// Others may pass through to what they own inside, and see nothing else.
await chmod(folder, 0o711);

let step: KeptProcess | undefined;
let server: { process: KeptProcess; stop: ServeRequest['stop'] } | undefined;
let ending = false;

// Ctrl-C and a closed terminal concern our parent: the server must live until it has finished with it.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.on('SIGTERM', () => void end());
// Our parent may be gone when we answer.
process.stdout.on('error', () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => void obey(line));
lines.on('close', () => void end());
say({ event: 'folder', folder });

async function obey(line: string): Promise<void> {
  const request = requestSchema.parse(JSON.parse(line));
  if (ending) return;
  if (request.do === 'run') await run(request);
  else await serve(request);
}

async function run(request: RunRequest): Promise<void> {
  step = new KeptProcess(request);
  const exit = await within(request.limitMs, step.ended);
  if (exit === undefined) step.kill();
  say({
    event: 'answer',
    id: request.id,
    ok: exit === 'exit code 0',
    exit: exit ?? `no end after ${request.limitMs / 1000} s`,
    output: step.tail,
  });
  step = undefined;
}

async function serve(request: ServeRequest): Promise<void> {
  const kept = new KeptProcess(request);
  server = { process: kept, stop: request.stop };
  const ok = await kept.ready(request.limitMs);
  if (ending) return;
  if (!ok) await kept.stop([]);
  const exit = ok ? '' : await kept.ended;
  say({ event: 'answer', id: request.id, ok, pid: kept.pid, exit, output: kept.tail });
  if (!ok) return;
  void kept.ended.then((how) => {
    say({ event: 'server-exited', exit: how, output: kept.tail });
  });
}

async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  step?.kill();
  await step?.ended;
  await server?.process.stop(server.stop);
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  process.exit(0);
}

function say(event: KeeperEvent): void {
  process.stdout.write(JSON.stringify(event) + '\n');
}
