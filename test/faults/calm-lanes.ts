import type { FaultContext } from './fault-kind.ts';
import { faultPlace, type FaultPlace } from './fault-place.ts';
import { watchReaders, type WatchingReaders } from './oracles/watching-readers.ts';

/** A place with readers at work. */
export interface Lane {
  readonly place: FaultPlace;
  readonly readers: WatchingReaders;
}

/**
 * Lanes on the shared servers, 15 and 18 in turn, each with the other as its source. More than there are processors: a
 * publication is mostly a wait for its instant.
 */
export async function calmLanes(
  context: FaultContext,
  count: number,
): Promise<AsyncDisposable & { readonly all: readonly Lane[] }> {
  const { postgres15, postgres18 } = context;
  await using begun = new AsyncDisposableStack();
  const all = await Promise.all(
    Array.from({ length: count }, async (_, index): Promise<Lane> => {
      const [warehouse, source] = index % 2 === 0 ? [postgres18, postgres15] : [postgres15, postgres18];
      const place = begun.use(await faultPlace({ warehouse, source }));
      const readers = watchReaders(place, context.seed + index);
      begun.defer(() => readers.stop());
      return { place, readers };
    }),
  );
  const owned = begun.move();
  return { all, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
