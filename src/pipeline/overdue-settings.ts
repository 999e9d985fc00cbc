import { guardNames, type GuardName, type Loosening } from './guards.ts';
import type { Pipeline } from './pipeline.ts';

/** A guard that was loosened by hand up to a night that has passed. */
export interface OverdueSetting extends Loosening {
  readonly dataset: string;
  readonly guard: GuardName;
}

/** Settings that no longer hold and still stand in a contract. */
export function overdueSettings(pipeline: Pipeline, today: string): readonly OverdueSetting[] {
  return pipeline.datasets.flatMap(({ name, contract }) =>
    guardNames.flatMap((guard) => {
      const { loosened } = contract.guards[guard];
      return loosened === undefined || loosened.until >= today ? [] : [{ dataset: name, guard, ...loosened }];
    }),
  );
}
