import { NightjarError } from '../../../src/error/nightjar-error.ts';
import { Dice, stream } from '../../../samples/tis/random/dice.ts';
import { setting } from '../../harness/warehouse.ts';
import type { NightOptions } from '../../harness/shop-nights.ts';
import { calmLanes } from '../calm-lanes.ts';
import type { FaultKind } from '../fault-kind.ts';
import type { FaultPlace } from '../fault-place.ts';
import { lineFaults, startLineProxy, type LineFault, type LineProxy } from '../injection/line-proxy.ts';
import { inLanes } from '../../harness/lanes.ts';
import { tryFault } from '../try-fault.ts';

const sides = ['warehouse', 'source'] as const;
type Side = (typeof sides)[number];

/** Connections to the warehouse and to the source cut, reset, half open or slow, from a byte of the night on. */
export const hurtLines: FaultKind = {
  name: 'connection cut, reset, half open or slow',
  needsRoot: false,
  tryAll: async (context, count) => {
    await using lanes = await calmLanes(context, 4);
    const [first] = lanes.all;
    if (first === undefined) return;
    const dice = new Dice(context.seed, stream('lines'), 0);
    const bytes = {
      warehouse: await bytesOf(first.place, 'warehouse'),
      source: await bytesOf(first.place, 'source'),
    };
    const pieces = Array.from({ length: context.long ? 60 : 7 }, () => dice.share()).flatMap((share) =>
      sides.flatMap((side) =>
        lineFaults.map((fault) => ({ side, fault, after: Math.ceil(share * bytes[side]) })),
      ),
    );
    await inLanes(lanes.all, pieces, async ({ place, readers }, { side, fault, after }) => {
      const words = `line to the ${side} ${fault} from byte ${after} of ${bytes[side]}`;
      await tryFault(
        place,
        { fault: words, readers, hurt: () => nightOver(place, side, fault, after) },
        count,
      );
    });
  },
};

async function bytesOf(place: FaultPlace, side: Side): Promise<number> {
  await place.turn();
  await using proxy = await proxyOf(place, side, 'cut', Number.POSITIVE_INFINITY);
  await place.night(through(place, side, proxy));
  return proxy.bytes;
}

async function proxyOf(
  { shop }: FaultPlace,
  side: Side,
  fault: LineFault,
  after: number,
): Promise<LineProxy> {
  const { host, port } = side === 'warehouse' ? shop.warehouse.address : shop.source;
  return startLineProxy({ host, port }, fault, after);
}

function through({ shop }: FaultPlace, side: Side, proxy: LineProxy): NightOptions {
  const port = setting(proxy.port);
  if (side === 'warehouse') return { warehouse: { ...shop.environment.warehouse, port } };
  // A source that says nothing more is given up when its snapshot has been open for too long.
  const connections = shop.environment.connections.map((one) => ({ ...one, port, snapshotLimit: 3 }));
  return { environment: { connections } };
}

/**
 * A night whose line is hurt. One over a half-open line to the warehouse waits, as it would for a long statement, until it
 * is told to stop; then it must end.
 */
async function nightOver(place: FaultPlace, side: Side, fault: LineFault, after: number): Promise<void> {
  await using proxy = await proxyOf(place, side, fault, after);
  const stop = new AbortController();
  if (fault === 'half open' && side === 'warehouse')
    void proxy.happened.then(() => stop.abort('the line is half open'));
  try {
    await place.night({ ...through(place, side, proxy), signal: stop.signal });
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code === 'NJ-INTERNAL-UNEXPECTED')
      throw new Error(`the night ended with an error of no known kind: ${String(error)}`, { cause: error });
  }
}
