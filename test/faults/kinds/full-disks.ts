import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CrashPoint } from '../../../src/error/crash-point.ts';
import { startPostgres, type RunningPostgres } from '../../harness/postgres.ts';
import type { FaultKind } from '../fault-kind.ts';
import { faultPlace, type FaultPlace } from '../fault-place.ts';
import { watchReaders } from '../oracles/watching-readers.ts';
import { tryFault } from '../try-fault.ts';

/** The size of the warehouse's file system: a cluster, its log and a few generations, in megabytes. */
const megabytes = 160;
/** The server's log keeps what it has once had, so that it is the tables that find no room. */
const settings = { max_wal_size: '64MB', min_wal_size: '64MB', wal_recycle: 'on', shared_buffers: '16MB' };

/** From where on there is no room, and how many bytes are left. */
const points: readonly CrashPoint[] = [
  'prepare.run-recorded',
  'extract.schema-made',
  'extract.compared',
  'build.generation-made',
  'build.dataset-committed',
  'audit.recorded',
  'publish.consumers-made',
  'publish.announced',
  'retain.retired',
];
const leftBytes = [0, 40_960] as const;

/** A full disk under the warehouse, on a small file system of its own. */
export const fullDisks: FaultKind = {
  name: 'disk of the warehouse full',
  needsRoot: true,
  tryAll: async (context, count) => {
    await using disk = await smallDisk();
    const dataFolder = join(disk.path, 'data');
    let server: RunningPostgres = await startPostgres(18, { dataFolder, settings });
    const { port } = server;
    try {
      await using place = await faultPlace({ warehouse: server, source: context.postgres15 });
      const readers = watchReaders(place, context.seed);
      for (const point of points) {
        for (const left of leftBytes) {
          const hurt = async (): Promise<void> => {
            const isDown = await nightWithoutRoom(place, server, disk.path, point, left);
            // A server that finds no room for its log ends; with room again, someone starts it.
            if (isDown) server = await startPostgres(18, { dataFolder, settings, port });
          };
          await tryFault(
            place,
            { fault: `no room but ${left} bytes from ${point} on`, readers, hurt },
            count,
          );
        }
      }
      await readers.stop();
    } finally {
      await server[Symbol.asyncDispose]();
    }
  },
};

/** Says whether the server ended. */
async function nightWithoutRoom(
  place: FaultPlace,
  server: RunningPostgres,
  folder: string,
  point: CrashPoint,
  left: number,
): Promise<boolean> {
  let isDown = false;
  void server.exited.then(() => (isDown = true));
  const night = place.startNight(`stop ${point} 1`);
  const isThere = await Promise.race([night.atPoint.then(() => true), night.ended.then(() => false)]);
  // Nothing was to be retired: then it was an undisturbed night.
  if (!isThere) return false;
  await night.stopped();
  const ballast = join(folder, 'ballast');
  try {
    await fill(ballast, folder, left);
    night.child.kill('SIGCONT');
    await night.ended;
  } finally {
    night.child.kill('SIGCONT');
    await rm(ballast, { force: true });
  }
  return isDown;
}

/** Fills a file system with a file until so many bytes are left. */
async function fill(file: string, folder: string, left: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const piece = Buffer.alloc(1024 * 1024);
  await using handle = await open(file, 'w');
  for (let room = bavail * bsize - left; room > 0; room -= piece.length)
    await handle.write(piece, 0, Math.min(room, piece.length));
}

/** A file system in memory, mounted for as long as it is needed. */
async function smallDisk(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'nightjar-small-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
  if (mounted.status !== 0)
    throw new Error(`no small file system could be mounted: ${String(mounted.stderr)}`);
  await chmod(path, 0o755);
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      // Lazily: a process of the server may still be going.
      spawnSync('umount', ['--lazy', path]);
      await rm(path, { recursive: true, force: true });
    },
  };
}
