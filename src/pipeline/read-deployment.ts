import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { NightjarError } from '../error/nightjar-error.ts';
import type { Deployment, Environment } from './deployment.ts';
import { FaultList } from './fault-list.ts';
import type { Pipeline } from './pipeline.ts';
import { reasonOf } from './read-folder.ts';
import { readEnvironment } from './read-environment.ts';
import { readPipeline } from './read-pipeline.ts';
import { deploymentSchema } from './schema/deployment-schema.ts';
import { readBySchema } from './schema/read-schema.ts';
import type { Variables } from './setting.ts';
import { decodeTextFile } from './text-file.ts';

/** A deployment and its pipelines, or why it is none. */
export interface ReadDeployment {
  /** `undefined` exactly where there are faults. */
  readonly deployment: Deployment | undefined;
  /** The pipelines of its environments that are without fault, by folder as in `Environment.pipeline`. */
  readonly pipelines: ReadonlyMap<string, Pipeline>;
  /** All of them, in the file and in the pipelines, by file, line and column. */
  readonly faults: readonly NightjarError[];
}

export interface ReadDeploymentOptions {
  /** Where `${NAME}` is looked up, at each use; the process's own environment unless given. */
  readonly variables?: Variables;
}

/** Values of these keys may be secrets that someone put in the wrong place. */
const secretKeys = new Set(['host', 'port', 'user', 'password', 'database', 'ca', 'tls', 'people']);

/**
 * Reads and checks a deployment file and the pipelines that its environments name, each once. No setting is looked up
 * and no server is asked; nothing is thrown for what is in the files.
 */
export async function readDeployment(
  file: string,
  options: ReadDeploymentOptions = {},
): Promise<ReadDeployment> {
  const faults = new FaultList();
  const pipelines = new Map<string, Pipeline>();
  const failed = (): ReadDeployment => ({ deployment: undefined, pipelines, faults: faults.sorted() });
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    faults.add('NJ-CONFIG-FILE-UNREADABLE', { file, reason: reasonOf(error) }, { file, line: 1, column: 1 });
    return failed();
  }
  const text = decodeTextFile(file, bytes, faults);
  if (text === undefined) return failed();
  const wording = { what: 'a deployment file', isSecret: (key: string) => secretKeys.has(key) };
  const read = readBySchema(file, text, deploymentSchema, wording, faults);
  if (read === undefined) return failed();

  const { yaml, value } = read;
  const folder = dirname(resolve(file));
  const reading = { yaml, folder, variables: options.variables ?? process.env, faults };
  const pipelineFaults: NightjarError[] = [];
  const checked = new Set<string>();
  const environments: Environment[] = [];
  for (const name of yaml.keysOf(['environments'])) {
    const written = value.environments[name];
    if (written === undefined) continue;
    const pipelineFolder = resolve(folder, written.pipeline);
    if (!checked.has(pipelineFolder)) {
      checked.add(pipelineFolder);
      const result = await readPipeline(pipelineFolder);
      if (result.pipeline !== undefined) pipelines.set(pipelineFolder, result.pipeline);
      pipelineFaults.push(...result.faults);
    }
    environments.push(readEnvironment(reading, name, written, pipelines.get(pipelineFolder)));
  }
  if (environments.length === 0) {
    const details = {
      place: 'environments',
      expected: 'at least one environment',
      found: 'none',
      nearest: undefined,
    };
    faults.add('NJ-CONFIG-VALUE', details, yaml.keyAt(['environments']));
  }
  checkWarehouses(environments, reading.yaml, faults);
  const all = [...faults.sorted(), ...pipelineFaults];
  return { deployment: all.length === 0 ? { file, environments } : undefined, pipelines, faults: all };
}

/** Environments share nothing; what is written alike in two of them would be one warehouse. */
function checkWarehouses(
  environments: readonly Environment[],
  yaml: { readonly keyAt: (path: readonly string[]) => { file: string; line: number; column: number } },
  faults: FaultList,
): void {
  const owners = new Map<string, string>();
  for (const { name, warehouse } of environments) {
    const place = JSON.stringify([
      warehouse.host.written,
      warehouse.port.written,
      warehouse.database.written,
    ]);
    const other = owners.get(place);
    if (other === undefined) owners.set(place, name);
    else
      faults.add(
        'NJ-CONFIG-SHARED-WAREHOUSE',
        { environment: name, other },
        yaml.keyAt(['environments', name, 'warehouse']),
      );
  }
}
