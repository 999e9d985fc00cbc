import { Dice, stream } from '../../../samples/tis/random/dice.ts';
import { temporaryPostgresDatabase, type TemporaryPostgresDatabase } from '../../harness/databases.ts';
import type { TestWarehouse } from '../../harness/warehouse.ts';
import { createSample } from '../../../samples/tis/create.ts';
import { runTisNight, shippedProduction, tisWarehouse, type Production } from '../../tis/tis-night.ts';
import { coded } from '../coded.ts';
import type { FaultContext, FaultKind } from '../fault-kind.ts';
import { failCall, failures, type Failure } from '../injection/failing-calls.ts';
import { inLanes } from '../../harness/lanes.ts';
import { left } from '../oracles/nothing-left.ts';
import { tisPublished } from '../oracles/tis-published.ts';
import type { KindCount } from '../tally.ts';

const options = { scale: 1 / 500, seed: 7, today: '2026-11-20', region: 'england' } as const;

/** How many calls of a night of TIS fail, evenly spread from where the seed says. */
const bounded = 24;
const long = 80;

/** The shipped pipeline over a small made-up TIS: every k-th call of its night fails. */
export const failingCallsOfTis: FaultKind = {
  name: 'k-th database call of a night of TIS fails',
  needsRoot: false,
  tryAll: async (context, count) => {
    const production = await shippedProduction();
    await using begun = new AsyncDisposableStack();
    const lanes = await Promise.all(
      [0, 1].map(async (index) => begun.use(await tisPlace(context, production, index))),
    );
    const [first] = lanes;
    if (first === undefined) return;
    const calls = await callsOfNight(first);
    const dice = new Dice(context.seed, stream('calls of TIS'), 0);
    const step = calls / (context.long ? long : bounded);
    const pieces: Piece[] = [];
    for (let at = 1 + dice.below(step); at <= calls; at += step)
      pieces.push({ at: Math.floor(at), how: dice.pick(failures) });
    await inLanes(lanes, pieces, (place, piece) => tryCall(place, piece, count));
  },
};

async function callsOfNight(place: TisPlace): Promise<number> {
  using counting = failCall(place, Number.POSITIVE_INFINITY, 'refused');
  await place.night();
  return counting.calls;
}

interface Piece {
  readonly at: number;
  readonly how: Failure;
}

interface TisPlace extends AsyncDisposable {
  readonly shop: {
    readonly warehouse: TestWarehouse;
    readonly source: TemporaryPostgresDatabase;
  };
  /** What an undisturbed night publishes. */
  readonly reference: string;
  /** @param isHurt a fault is done to it. */
  night(isHurt?: boolean): Promise<void>;
}

async function tisPlace(context: FaultContext, production: Production, index: number): Promise<TisPlace> {
  const { postgres15, postgres18 } = context;
  const [at, from] = index % 2 === 0 ? [postgres18, postgres15] : [postgres15, postgres18];
  await using begun = new AsyncDisposableStack();
  const database = begun.use(await temporaryPostgresDatabase(from));
  const source = { ...database, kind: 'postgres' } as const;
  await createSample(source, options);
  const warehouse = begun.use(await tisWarehouse(at, production.environment));
  const night = async (isHurt = false): Promise<void> => {
    await runTisNight({ production, source, warehouse, asOf: options.today, isHurt });
  };
  await night();
  const { content: reference } = await tisPublished(warehouse);
  const owned = begun.move();
  return { shop: { warehouse, source }, reference, night, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function tryCall(place: TisPlace, { at, how }: Piece, count: KindCount): Promise<void> {
  let failed: string | undefined;
  const found = (what: string): void => {
    count.violation(`call ${at} ${how} (${failed ?? 'not reached'}) of a night of TIS`, what);
  };
  try {
    const before = await tisPublished(place.shop.warehouse);
    {
      using fault = failCall(place, at, how);
      await coded(place.night(true));
      ({ failed } = fault);
    }
    const after = await tisPublished(place.shop.warehouse);
    if (after.content !== place.reference) found('consumers read what is no whole generation');
    await place.night();
    const recovered = await tisPublished(place.shop.warehouse);
    if (recovered.content !== place.reference)
      found('the next run did not publish what an undisturbed one does');
    if (recovered.identity === before.identity) found('the next run published nothing');
    for (const what of await left(place.shop)) found(`left behind: ${what}`);
  } catch (error) {
    found(
      `the case itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
  count.tried();
}
