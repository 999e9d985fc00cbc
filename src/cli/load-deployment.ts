import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { Deployment, Environment } from '../pipeline/deployment.ts';
import { nearestName } from '../pipeline/nearest-name.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { readDeployment } from '../pipeline/read-deployment.ts';
import { tonight } from '../night/tonight.ts';
import { FaultyFiles, type CommonOptions } from './context.ts';
import { deploymentFile, isDemoFile } from './deployment-file.ts';

/** A deployment and pipelines of it, all without fault. */
export interface LoadedDeployment {
  readonly deployment: Deployment;
  /** Those that were read, by folder. */
  readonly pipelines: ReadonlyMap<string, Pipeline>;
  /** See `DeploymentFile`. */
  readonly today: string | undefined;
}

/**
 * The deployment file, checked whole, and pipelines. Where an environment is named its pipeline alone is read: what is amiss
 * in another's files keeps nobody from looking, or from going back.
 *
 * @param pipelinesOf those whose pipelines are read, where it is not that one, or all.
 */
export async function loadDeployment(
  options: CommonOptions,
  pipelinesOf = listed(environmentInUse(options.environment)),
): Promise<LoadedDeployment> {
  const { file, variables, today } = await deploymentFile(options);
  const { deployment, pipelines, faults } = await readDeployment(file, { variables, pipelinesOf });
  if (deployment === undefined) throw new FaultyFiles(faults);
  return { deployment, pipelines, today };
}

function listed(name: string | undefined): readonly string[] | undefined {
  return name === undefined ? undefined : [name];
}

export interface LoadedEnvironment {
  readonly environment: Environment;
  readonly pipeline: Pipeline;
  /** Today in the environment's time zone, `YYYY-MM-DD`; in a demo, the day that it lives. */
  readonly today: string;
}

/** One environment and its pipeline, both without fault. */
export async function loadEnvironment(options: CommonOptions): Promise<LoadedEnvironment> {
  const { deployment, pipelines, today } = await loadDeployment(options);
  const environment = chooseEnvironment(deployment, options.environment);
  const pipeline = pipelines.get(environment.pipeline);
  if (pipeline === undefined) throw new FaultyFiles([]);
  return { environment, pipeline, today: today ?? tonight(environment.timeZone) };
}

function chooseEnvironment(deployment: Deployment, name: string | undefined): Environment {
  const wanted = environmentInUse(name);
  const [first] = deployment.environments;
  // The demo's commands are to be short: there the first one is meant.
  if (
    wanted === undefined &&
    first !== undefined &&
    (deployment.environments.length === 1 || isDemoFile(deployment.file))
  ) {
    return first;
  }
  const found = deployment.environments.find((environment) => environment.name === wanted);
  if (found === undefined) throw unknownEnvironment(deployment, wanted);
  return found;
}

/** The one that is named, or all. Throws NJ-USE-ENVIRONMENT. */
export function chooseEnvironments(deployment: Deployment, name: string | undefined): readonly Environment[] {
  const wanted = environmentInUse(name);
  if (wanted === undefined) return deployment.environments;
  const found = deployment.environments.filter((environment) => environment.name === wanted);
  if (found.length === 0) throw unknownEnvironment(deployment, wanted);
  return found;
}

/** The one that the command line names, or else the variable. */
function environmentInUse(name: string | undefined): string | undefined {
  return name ?? process.env['NIGHTJAR_ENVIRONMENT'];
}

function unknownEnvironment(deployment: Deployment, wanted = ''): NightjarError {
  const names = deployment.environments.map((environment) => environment.name);
  return nightjarError('NJ-USE-ENVIRONMENT', {
    wanted,
    known: names.join(', '),
    nearest: nearestName(wanted, names) ?? names.find((name) => wanted !== '' && name.startsWith(wanted)),
  });
}
