import { isFailed, judgementName, type Judgement } from '../../src/audit/judgement.ts';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import type { NightRequest } from '../../src/night/night-request.ts';
import type { Dataset, Pipeline } from '../../src/pipeline/pipeline.ts';
import { heldCandidate, judgementsOf } from '../../src/publish/held-candidate.ts';
import { Session } from '../../src/warehouse/session.ts';
import type { System } from '../../samples/tis/hazards/hazard.ts';
import type { WorldOptions } from '../../samples/tis/world/world.ts';
import { sampleNight, type SampleNight } from '../tis/sample-night.ts';
import { runTisNight, shippedProduction, type Production } from '../tis/tis-night.ts';

/** A made-up TIS with a night that is published, on which a scenario plays. */
export interface TisStage extends AsyncDisposable {
  readonly night: SampleNight;
  readonly production: Production;
  /** The following night, perhaps by another release, or on another way to the source. */
  next(asOf: string, other?: OtherNight): Promise<JudgedTisNight>;
}

export interface OtherNight {
  readonly pipeline?: Pipeline;
  readonly connect?: NightRequest['connect'];
}

/** How a night ended. */
export interface JudgedTisNight {
  readonly generation: number | undefined;
  /** Names of the judgements that hold it; empty where it was published. */
  readonly failed: readonly string[];
  /** The sentence of a judgement, whether it failed or not. */
  readonly sentence: (name: string) => string;
}

/** No date of this machine's: what follows from "today" follows from the night alone. */
export const england: WorldOptions = { scale: 1 / 500, seed: 7, today: '2026-06-01', region: 'england' };

export const shipped = await shippedProduction();

export async function tisStage(
  options: WorldOptions = england,
  pipeline?: Pipeline,
  system: System = 'postgres',
): Promise<TisStage> {
  const production = { ...shipped, pipeline: pipeline ?? shipped.pipeline };
  const night = await sampleNight(production, system, options);
  return {
    night,
    production,
    next: (asOf, { pipeline: other, ...way } = {}) =>
      judgedNight(night, async () => {
        const { sample, warehouse } = night;
        const release = { ...production, pipeline: other ?? production.pipeline };
        const report = await runTisNight({
          ...{ production: release, source: sample.target, warehouse, asOf },
          ...way,
        });
        return { generation: report.generation, judgements: report.judgements };
      }),
    [Symbol.asyncDispose]: () => night[Symbol.asyncDispose](),
  };
}

interface Told {
  readonly name: string;
  readonly sentence: string;
}

async function judgedNight(
  { warehouse }: SampleNight,
  run: () => Promise<{ generation: number | undefined; judgements: readonly Judgement[] }>,
): Promise<JudgedTisNight> {
  try {
    const { generation, judgements } = await run();
    const told = judgements.map((one) => ({ name: judgementName(one), sentence: one.sentence }));
    return { generation, failed: judgements.filter(isFailed).map(judgementName), sentence: of(told) };
  } catch (error) {
    if (!(error instanceof NightjarError) || error.code !== 'NJ-GUARD-HELD') throw error;
    const signal = AbortSignal.timeout(30_000);
    await using session = await Session.open({ address: warehouse.address, purpose: 'test', signal });
    const held = await heldCandidate(session);
    const all = held === undefined ? [] : await judgementsOf(session, held.generation);
    return {
      generation: undefined,
      failed: all.filter((one) => one.verdict === 'failed').map((one) => one.name),
      sentence: of(all),
    };
  }
}

function of(all: readonly Told[]): (name: string) => string {
  return (name) => {
    const found = all.find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no judgement ${name}`);
    return found.sentence;
  };
}

/** A release in which one dataset differs. */
export function withDataset(name: string, change: (dataset: Dataset) => Dataset): Pipeline {
  const datasets = shipped.pipeline.datasets.map((dataset) =>
    dataset.name === name ? change(dataset) : dataset,
  );
  return { ...shipped.pipeline, datasets };
}
