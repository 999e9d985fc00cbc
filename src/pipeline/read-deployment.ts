import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { NightjarError } from '../error/nightjar-error.ts';
import type { Deployment, Environment } from './deployment.ts';
import { entriesOf, requireEntries } from './entries-of.ts';
import { FaultList } from './fault-list.ts';
import type { Pipeline } from './pipeline.ts';
import { reasonOf } from './read-folder.ts';
import { readEnvironment } from './read-environment.ts';
import { pipelineReader, readNamedPipelines } from './read-pipelines.ts';
import { deploymentSchema } from './schema/deployment-schema.ts';
import { readBySchema } from './schema/read-schema.ts';
import type { Variables } from './setting.ts';
import { decodeTextFile } from './text-file.ts';
import { parseYamlFile } from './yaml-file.ts';

/** A deployment and its pipelines, or why it is none. */
export interface ReadDeployment {
  /** `undefined` exactly where there are faults. */
  readonly deployment: Deployment | undefined;
  /** The pipelines of its environments that were read and are without fault, by folder as in `Environment.pipeline`. */
  readonly pipelines: ReadonlyMap<string, Pipeline>;
  /** All of them, in the file and in the pipelines, by file, line and column. */
  readonly faults: readonly NightjarError[];
}

export interface ReadDeploymentOptions {
  /** Where `${NAME}` is looked up, at each use; the process's own environment unless given. */
  readonly variables?: Variables;
  /**
   * The environments whose pipelines are read; all unless given. Of another nothing is said that depends on its pipeline:
   * whether it has the datasets and sources that are named, or which datasets `all` are.
   */
  readonly pipelinesOf?: readonly string[] | undefined;
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
  const reader = pipelineReader(options.pipelinesOf);
  const { pipelines } = reader;
  const failed = (): ReadDeployment => ({
    deployment: undefined,
    pipelines,
    faults: [...faults.sorted(), ...reader.faults],
  });
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
  const folder = dirname(resolve(file));
  if (read === undefined) {
    await readNamedPipelines(parseYamlFile(file, text, new FaultList())?.value, folder, reader);
    return failed();
  }
  const { yaml, value } = read;
  const reading = { yaml, folder, variables: options.variables ?? process.env, faults };
  const environments: Environment[] = [];
  requireEntries(yaml, ['environments'], 'environment', faults);
  for (const [name, written] of entriesOf(yaml, ['environments'], value.environments)) {
    const pipeline = await reader.read(name, resolve(folder, written.pipeline));
    environments.push(readEnvironment(reading, name, written, pipeline));
  }
  checkWarehouses(environments, reading.yaml, faults);
  const all = [...faults.sorted(), ...reader.faults];
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
