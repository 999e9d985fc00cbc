import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { Dice, stream } from '../../../samples/tis/random/dice.ts';
import type { CrashPoint } from '../../../src/error/crash-point.ts';
import { inSession } from '../../publish/in-session.ts';
import { calmLanes, type Lane } from '../calm-lanes.ts';
import type { FaultKind } from '../fault-kind.ts';
import type { FaultPlace } from '../fault-place.ts';
import { inLanes } from '../../harness/lanes.ts';
import { published } from '../oracles/published.ts';
import type { KindCount } from '../tally.ts';
import { tryFault } from '../try-fault.ts';
import { killAt } from './kills-at-points.ts';

/** Who imports. The readers at work are others, and must not notice. */
const importer = 'insider';

/** Where a night dies while an import is open: around the switch that waits for it. */
const nightPoints: readonly CrashPoint[] = [
  'publish.consumers-uncommitted',
  'publish.announced',
  'publish.switched',
  'publish.in-force',
  'retain.raw-dropped',
  'end.recorded',
];
const duePoints: readonly CrashPoint[] = ['due.announced', 'due.switched'];

interface Piece {
  readonly fault: string;
  readonly hurt: (place: FaultPlace) => Promise<void>;
}

/** An import is open, and the night, the word that it is over, or who does not wait for it, is killed. */
export const brokenImports: FaultKind = {
  name: 'import open: its night, its end or its switch-due killed',
  needsRoot: false,
  tryAll: async (context, count) => {
    await using lanes = await calmLanes(context, 4);
    const dice = new Dice(context.seed, stream('imports'), 0);
    const waits = (most: number): readonly number[] =>
      Array.from({ length: context.long ? 60 : 6 }, () => dice.below(most));
    const pieces: readonly Piece[] = [
      ...nightPoints.map((point) => ({
        fault: `night killed at ${point} with an import open`,
        hurt: async (place: FaultPlace) => {
          await beginImport(place);
          await killAt(place, point, 1);
        },
      })),
      ...[...duePoints, ...duePoints].map((point) => ({
        fault: `switch-due killed at ${point}`,
        hurt: (place: FaultPlace) => killSwitchDue(place, point),
      })),
      // It takes a second until what waited counts; most of what can go wrong is at its beginning.
      ...[...waits(60), ...waits(1_300)].map((wait) => ({
        fault: `acknowledge() ended after ${wait} ms`,
        hurt: (place: FaultPlace) => endCall(place, 'acknowledge', wait),
      })),
      ...waits(1_300).map((wait) => ({
        fault: `begin_import() ended after ${wait} ms`,
        hurt: (place: FaultPlace) => endCall(place, 'begin_import', wait),
      })),
    ];
    await inLanes(lanes.all, pieces, (lane, piece) => tryBroken(lane, piece, count));
  },
};

async function tryBroken({ place, readers }: Lane, { fault, hurt }: Piece, count: KindCount): Promise<void> {
  const hurtIt = async (): Promise<void> => {
    await hurt(place);
    // One whole generation, or a sentence while a publication may still be completed.
    await readWhole(place).catch((error: unknown) => {
      if (!(error instanceof DatabaseError) || error.code !== 'NJ006') throw error;
    });
  };
  await tryFault(place, { fault, readers, hurt: hurtIt }, count);
  try {
    // The next night has been: whoever imports is served, and its word that it is over gives it what is published.
    await readWhole(place);
    await inSession(place.shop, importer, (client) => client.query('call shop_view.acknowledge()'));
    const read = await readWhole(place);
    if (read !== (await published(place.shop))?.identity)
      count.violation(fault, 'who acknowledged does not read what is published');
  } catch (error) {
    count.violation(fault, `who imported is not served after the next night: ${String(error)}`);
  }
}

async function beginImport({ shop }: FaultPlace): Promise<void> {
  await inSession(shop, importer, (client) => client.query('call shop_view.begin_import()'));
}

async function killSwitchDue(place: FaultPlace, point: CrashPoint): Promise<void> {
  await beginImport(place);
  await place.night();
  const program = place.startSwitchDue(importer, `kill ${point} 1`);
  const end = await program.ended;
  if (end !== 'SIGKILL') throw new Error(`it was not killed, but ended with ${end}: ${program.said()}`);
}

/** Something waits, and whoever takes it is ended. */
async function endCall(
  place: FaultPlace,
  routine: 'acknowledge' | 'begin_import',
  wait: number,
): Promise<void> {
  await beginImport(place);
  await place.night();
  const client = await place.shop.warehouse.connectAs(importer);
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const called = client.query(`call shop_view.${routine}()`).catch(() => undefined);
  await sleep(wait);
  await place.shop.warehouse.asSuperuser((other) =>
    other.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]),
  );
  await called;
  await client.end().catch(() => undefined);
}

/** The identity of the generation that the importer reads: all of it, and of one night. */
async function readWhole({ shop }: FaultPlace): Promise<string> {
  return inSession(shop, importer, async (client) => {
    const { rows } = await client.query<{ identity: string; rows: number; markers: number }>(
      `select g.identity::text, count(*)::int as rows, count(distinct s.marker)::int as markers
         from shop_view.generation g cross join shop_view.secret s group by 1`,
    );
    const [read] = rows;
    if (read?.rows !== 5 || read.markers !== 1) throw new Error('the importer reads no whole generation');
    return read.identity;
  });
}
