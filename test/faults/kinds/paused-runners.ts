import { setTimeout as sleep } from 'node:timers/promises';
import type { CrashPoint } from '../../../src/error/crash-point.ts';
import { calmLanes } from '../calm-lanes.ts';
import type { FaultKind } from '../fault-kind.ts';
import { faultPlace, type FaultPlace } from '../fault-place.ts';
import { inLanes } from '../../harness/lanes.ts';
import { published } from '../oracles/published.ts';
import { watchReaders } from '../oracles/watching-readers.ts';
import { tryFault } from '../try-fault.ts';

/** Where a runner stands still for longer than its lease lasts. */
const points: readonly CrashPoint[] = [
  'prepare.run-recorded',
  'extract.table-copied',
  'build.dataset-filled',
  'audit.recorded',
  'publish.attached-uncommitted',
  'publish.consumers-made',
  'publish.announced',
  'publish.switched',
  'drop.table-dropped',
];

/** SIGSTOP past the lease: another run publishes meanwhile, and the one that wakes publishes nothing. */
export const pausedRunners: FaultKind = {
  name: 'runner paused past its lease',
  needsRoot: false,
  tryAll: async (context, count) => {
    const { postgres15, postgres18 } = context;
    await using teacher = await faultPlace({ warehouse: postgres18, source: postgres15 });
    // All at once: they wait.
    await Promise.all(
      points.map(async (point, index) => {
        const [warehouse, source] = index % 2 === 0 ? [postgres18, postgres15] : [postgres15, postgres18];
        await using place = await faultPlace({ warehouse, source, references: teacher.references });
        const readers = watchReaders(place, context.seed + index);
        const fault = `SIGSTOP at ${point} past the lease`;
        await tryFault(place, { fault, readers, hurt: () => pausedAt(place, point) }, count);
        await readers.stop();
      }),
    );
  },
};

async function pausedAt(place: FaultPlace, point: CrashPoint): Promise<void> {
  // There must be something to take away.
  if (point.startsWith('drop.')) for (let time = 0; time < 2; time++) await place.night();
  const paused = place.startNight(`stop ${point} 1`);
  await Promise.race([paused.atPoint, paused.ended.then((end) => notReached(end, paused.said()))]);
  await paused.stopped();
  await untilLeaseIsFree(place);
  await place.night();
  const between = await published(place.shop);
  paused.child.kill('SIGCONT');
  await paused.ended;
  const after = await published(place.shop);
  if (after === undefined || after.identity !== between?.identity)
    throw new Error('the runner that woke changed what consumers read');
}

function notReached(end: number | string, said: string): never {
  throw new Error(`it ended with ${end} before it came there: ${said}`);
}

async function untilLeaseIsFree({ shop }: FaultPlace): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const free = await shop.warehouse.asSuperuser(async (client) => {
      const { rows } = await client.query<{ free: boolean }>(
        `select not exists (select from pg_stat_get_activity(f.lease_pid) a where a.backend_start = f.lease_began) as free
           from nightjar.fence f`,
      );
      return rows[0]?.free === true;
    });
    if (free) return;
    if (Date.now() > until) throw new Error('a paused runner kept its lease for a minute');
    await sleep(200);
  }
}

/** Two runners at once: one works, the other says who does and ends with the code for that. */
export const twoRunners: FaultKind = {
  name: 'two runners at once',
  needsRoot: false,
  tryAll: async (context, count) => {
    await using lanes = await calmLanes(context, 2);
    const times = Array.from({ length: context.long ? 60 : 8 }, (_, index) => index);
    await inLanes(lanes.all, times, async ({ place, readers }, time) => {
      const hurt = async (): Promise<void> => {
        const nights = [place.startNight(), place.startNight()];
        const codes = await Promise.all(nights.map((night) => night.ended));
        const refused = nights.filter((_, index) => codes[index] === 5);
        const said = refused.map((night) => night.said());
        const named = nights.map((night) => `process ${night.child.pid}`);
        const worked = codes.filter((code) => code === 0).length;
        if (worked + refused.length !== 2 || worked === 0)
          throw new Error(
            `they ended with ${codes.join(' and ')}: ${nights.map((night) => night.said()).join('\n')}`,
          );
        if (said.some((text) => !named.some((name) => text.includes(name))))
          throw new Error(`the one that was refused did not say who works: ${said.join('\n')}`);
      };
      await tryFault(place, { fault: `two at once, time ${time + 1}`, readers, hurt }, count);
    });
  },
};
