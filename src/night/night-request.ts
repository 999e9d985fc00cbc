import type { ConnectionDeclaration, Environment } from '../pipeline/deployment.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { SourceConnection } from '../source/source.ts';
import type { WarehouseAddress } from '../warehouse/address.ts';
import type { NightEvent } from './night-event.ts';
import type { StageClock } from './stage-clock.ts';

/** What every run needs, whatever it is for. */
export interface RunRequest {
  readonly environment: Environment;
  readonly pipeline: Pipeline;
  /** Names the engine and the pipeline: see `releaseName`. */
  readonly release: string;
  /** Datasets built, and audited, at a time. */
  readonly workers: number;
  /** Leave the raw tables for inspection until the next run. */
  readonly keepRaw: boolean;
  readonly connect: (declaration: ConnectionDeclaration) => SourceConnection;
  readonly onEvent: (event: NightEvent) => void;
  readonly signal: AbortSignal;
}

/** What a run that is to publish is to do. */
export interface NightRequest extends RunRequest {
  /** The date of the night, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Do everything but publish. */
  readonly dryRun: boolean;
  /** Nothing is published yet, and that is as it should be. */
  readonly first: boolean;
}

/** What a run works with. */
export interface Work {
  readonly run: number;
  readonly fence: number;
  readonly address: () => WarehouseAddress;
  readonly clock: StageClock;
}
