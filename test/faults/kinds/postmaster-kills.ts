import { join } from 'node:path';
import { startPostgres, type RunningPostgres } from '../../harness/postgres.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';
import type { FaultContext, FaultKind } from '../fault-kind.ts';
import { faultPlace } from '../fault-place.ts';
import { watchReaders } from '../oracles/watching-readers.ts';
import type { KindCount } from '../tally.ts';
import { tryFault } from '../try-fault.ts';
import { passings } from './kills-at-points.ts';

/** Of each stage a point, and of the publication every one: beyond that the server's own processes are killed elsewhere. */
const points = [
  ...['prepare.run-recorded', 'extract.table-copied', 'extract.snapshots-ended', 'build.generation-made'],
  ...['audit.dataset-sealed', 'audit.recorded', 'audit.decided', 'retain.retired', 'end.recorded'],
];

/** `kill -9` of the warehouse's first process: nobody starts the server again but us, and until then nobody gets in. */
export const postmasterKills: FaultKind = {
  name: 'warehouse’s postmaster killed, and started again',
  needsRoot: false,
  tryAll: async (context, count) => {
    await Promise.all(([18, 15] as const).map((major) => onMajor(major, context, count)));
  },
};

async function onMajor(major: 15 | 18, context: FaultContext, count: KindCount): Promise<void> {
  await using folder = await temporaryFolder();
  const dataFolder = join(folder.path, 'data');
  let server: RunningPostgres = await startPostgres(major, { dataFolder });
  const { port } = server;
  await using owned = new AsyncDisposableStack();
  owned.defer(() => server[Symbol.asyncDispose]());
  const source = major === 18 ? context.postgres15 : context.postgres18;
  await using place = await faultPlace({ warehouse: server, source });
  const readers = watchReaders(place, context.seed);
  owned.defer(() => readers.stop());
  const all = (await passings(place)).filter(
    ({ point, time }) =>
      (time === 1 || context.long) && (points.includes(point) || point.startsWith('publish.')),
  );
  // Each major its half.
  const wanted = all.filter((_, index) => context.long || index % 2 === (major === 18 ? 0 : 1));
  for (const { point, time } of wanted) {
    const hurt = async (): Promise<void> => {
      const night = place.startNight(`stop ${point} ${time}`);
      await night.atPoint;
      await night.stopped();
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
      night.child.kill('SIGCONT');
      await night.ended;
      await server[Symbol.asyncDispose]();
      server = await startPostgres(major, { dataFolder, port });
    };
    await tryFault(place, { fault: `postmaster killed at ${point}`, readers, hurt }, count);
  }
}
