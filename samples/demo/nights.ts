import type { Context } from '../../src/cli/context.ts';
import { demoFiles } from '../../src/cli/demo-files.ts';
import { Progress } from '../../src/cli/progress.ts';
import { connectSource } from '../../src/night/connect-source.ts';
import { releaseName } from '../../src/night/release-name.ts';
import { exitCode, exitCodeOf } from '../../src/cli/exit-code.ts';
import { NightjarError } from '../../src/error/nightjar-error.ts';
import type { Environment } from '../../src/pipeline/deployment.ts';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import { runNight, type NightReport } from '../../src/night/run-night.ts';
import { readDeployment } from '../../src/pipeline/read-deployment.ts';
import type { Variables } from '../../src/pipeline/setting.ts';
import { demoEnvironments, named } from './environments.ts';
import { pollAsReader, type ReadTally } from './polling-reader.ts';
import type { DemoServer } from './warehouses.ts';

export interface NightsRequest {
  readonly day: string;
  readonly variables: Variables;
  readonly server: DemoServer;
  readonly password: string;
}

/** One day's night in every environment, one after the other, and what the readers met all along. */
export interface NightsReport {
  readonly day: string;
  readonly nights: ReadonlyMap<string, NightReport>;
  /** Why nothing was published in the others: the guards hold the candidate, or a rollback asked for it. */
  readonly held: ReadonlyMap<string, NightjarError>;
  readonly reads: ReadonlyMap<string, ReadTally>;
}

/** Runs the night of each environment while a reader polls each warehouse from before the first to after the last. */
export async function runNights(request: NightsRequest, context: Context): Promise<NightsReport> {
  const { deployment, pipelines, faults } = await readDeployment(demoFiles.deployment, {
    variables: request.variables,
  });
  const [fault] = faults;
  if (deployment === undefined)
    throw fault ?? new Error('The demo wrote a deployment file that cannot be read.');
  const stop = new AbortController();
  const readers = demoEnvironments.map(({ name }) => readerOf(name, request, stop.signal));
  const nights = new Map<string, NightReport>();
  const held = new Map<string, NightjarError>();
  try {
    for (const environment of deployment.environments) {
      const pipeline = pipelines.get(environment.pipeline);
      if (pipeline === undefined) continue;
      const ended = await nightOf(environment, pipeline, request.day, context);
      if (ended instanceof NightjarError) held.set(environment.name, ended);
      else nights.set(environment.name, ended);
    }
  } finally {
    stop.abort();
    await Promise.allSettled(readers);
  }
  return { day: request.day, nights, held, reads: new Map(await Promise.all(readers)) };
}

/** A night that is held is a night like another: those of the other environments go on. Throws what else ends one. */
async function nightOf(
  environment: Environment,
  pipeline: Pipeline,
  day: string,
  { output, signal }: Context,
): Promise<NightReport | NightjarError> {
  using progress = new Progress(output, environment.name);
  try {
    const report = await runNight({
      environment,
      pipeline,
      release: releaseName(pipeline),
      asOf: day,
      workers: 2,
      keepRaw: false,
      dryRun: false,
      first: true,
      connect: connectSource,
      onEvent: progress.show,
      signal,
    });
    progress.end();
    return report;
  } catch (error) {
    if (!(error instanceof NightjarError) || exitCodeOf(error) !== exitCode.held) throw error;
    return error;
  }
}

async function readerOf(
  environment: string,
  { server, password }: NightsRequest,
  signal: AbortSignal,
): Promise<readonly [string, ReadTally]> {
  const { host, port } = server;
  const user = named.login('ndw', environment);
  const login = { host, port, database: named.warehouse(environment), user, password };
  return [
    environment,
    await pollAsReader(
      { login, schema: 'ndw', datasets: ['person', 'placement', 'programme_membership'] },
      signal,
    ),
  ];
}
