import { NightjarError } from '../../../src/error/nightjar-error.ts';
import { Dice, stream } from '../../../samples/tis/random/dice.ts';
import { calmLanes } from '../calm-lanes.ts';
import type { FaultKind } from '../fault-kind.ts';
import type { FaultPlace } from '../fault-place.ts';
import { failCall, failures, type Failure } from '../injection/failing-calls.ts';
import { inLanes } from '../../harness/lanes.ts';
import { tryFault } from '../try-fault.ts';

/** The n-th call of a night to its databases fails, for every n: in one of three ways by the seed, `--long` in each. */
export const failingCalls: FaultKind = {
  name: 'n-th database call of a night fails',
  needsRoot: false,
  tryAll: async (context, count) => {
    await using lanes = await calmLanes(context, 4);
    const [first] = lanes.all;
    if (first === undefined) return;
    const dice = new Dice(context.seed, stream('failing calls'), 0);
    const pieces = Array.from({ length: await callsOfNight(first.place) }, (_, index) => index + 1).flatMap(
      (at) => (context.long ? failures : [dice.pick(failures)]).map((how) => ({ at, how })),
    );
    await inLanes(lanes.all, pieces, async ({ place, readers }, { at, how }) => {
      let failed: string | undefined;
      await tryFault(
        place,
        {
          get fault() {
            return `call ${at} ${how} (${failed ?? 'not reached'})`;
          },
          readers,
          hurt: async () => {
            failed = await nightWithFailure(place, at, how);
          },
        },
        count,
      );
    });
  },
};

async function callsOfNight(place: FaultPlace): Promise<number> {
  await place.turn();
  using counting = failCall(place, Number.POSITIVE_INFINITY, 'refused');
  await place.night();
  return counting.calls;
}

/** Gives what the failing call asked. A night may bear it (a record of progress), or end with an error that has a code. */
async function nightWithFailure(place: FaultPlace, at: number, how: Failure): Promise<string | undefined> {
  using fault = failCall(place, at, how);
  try {
    await place.night();
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code === 'NJ-INTERNAL-UNEXPECTED')
      throw new Error(`the night ended with an error of no known kind: ${String(error)}`, { cause: error });
  }
  return fault.failed;
}
