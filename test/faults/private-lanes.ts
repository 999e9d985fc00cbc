import type { PostgresAddress } from '../harness/address.ts';
import { startPostgres } from '../harness/postgres.ts';
import type { Lane } from './calm-lanes.ts';
import type { FaultContext } from './fault-kind.ts';
import { faultPlace } from './fault-place.ts';
import { watchReaders } from './oracles/watching-readers.ts';

/** A lane whose servers may be hurt. */
export interface PrivateLane extends Lane {
  readonly warehouse: PostgresAddress;
  readonly source: PostgresAddress;
}

/** Lanes with servers of their own, a warehouse on 18 and one on 15, each with a source of the other. */
export async function privateLanes(
  context: FaultContext,
): Promise<AsyncDisposable & { readonly all: readonly PrivateLane[] }> {
  await using begun = new AsyncDisposableStack();
  const all = await Promise.all(
    ([18, 15] as const).map(async (major, index): Promise<PrivateLane> => {
      const warehouse = begun.use(await startPostgres(major));
      const source = begun.use(await startPostgres(major === 18 ? 15 : 18));
      const place = begun.use(await faultPlace({ warehouse, source }));
      const readers = watchReaders(place, context.seed + index);
      begun.defer(() => readers.stop());
      return { place, readers, warehouse, source };
    }),
  );
  const owned = begun.move();
  return { all, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
