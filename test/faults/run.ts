/**
 * npm run test:faults [-- --seed N --long --only KIND]
 *
 * Hurts nights in every way that we can think of, and asks the same questions after each (docs/how-to/read-the-fault-table.md).
 * Exits 1 where anything was found. Whatever ends it, no process and no folder of its is left.
 */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runInGroup } from '../harness/group.ts';
import { installNeededPrograms } from '../harness/needed-programs.ts';
import { startSharedServers, withoutColours } from '../harness/shared-servers.ts';
import { faultArguments } from './arguments.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    process.exitCode = 128 + constants.signals[signal];
    interruption.abort(signal);
  });
}

try {
  const code = await main(process.argv.slice(2), interruption.signal);
  process.exitCode ??= code;
} catch (error) {
  if (!interruption.signal.aborted) throw error;
}
if (interruption.signal.aborted)
  console.log('Interrupted; the servers are stopped and their folders removed.');

async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  faultArguments(args);
  const missing = installNeededPrograms();
  if (missing !== undefined) {
    console.log(missing);
    return 1;
  }
  await using servers = await startSharedServers('faults');
  // A group: a run that stands still (SIGSTOP) must not outlive us either.
  const program = fileURLToPath(new URL('./try-kinds.ts', import.meta.url));
  const { code } = await runInGroup(process.execPath, [program, ...args], {
    capture: false,
    environment: { ...withoutColours, ...servers.environment },
    signal,
  });
  await unmountBelow(servers.folder);
  return code;
}

/** A small file system that is still mounted, since whoever mounted it was interrupted. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '');
  for (const path of mounts.filter((mount) => mount.startsWith(`${folder}/`)))
    spawnSync('umount', ['--lazy', path]);
}
