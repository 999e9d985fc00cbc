import { resolve } from 'node:path';
import { z } from 'zod';
import type { NightjarError } from '../error/nightjar-error.ts';
import type { Pipeline } from './pipeline.ts';
import { readPipeline } from './read-pipeline.ts';

/** The pipelines that a deployment file's environments name, each read once. */
export interface PipelineReader {
  /** Those without fault, by folder. */
  readonly pipelines: ReadonlyMap<string, Pipeline>;
  /** The faults of all that were read. */
  readonly faults: readonly NightjarError[];
  /** Reads an environment's; `undefined` where it is at fault, or is not among those to be read. */
  readonly read: (environment: string, folder: string) => Promise<Pipeline | undefined>;
}

/** @param wanted environments whose pipelines are read; all unless given. */
export function pipelineReader(wanted: readonly string[] | undefined): PipelineReader {
  const pipelines = new Map<string, Pipeline>();
  const faults: NightjarError[] = [];
  const done = new Set<string>();
  return {
    pipelines,
    faults,
    read: async (environment, folder) => {
      if (wanted !== undefined && !wanted.includes(environment)) return undefined;
      if (!done.has(folder)) {
        done.add(folder);
        const result = await readPipeline(folder);
        if (result.pipeline !== undefined) pipelines.set(folder, result.pipeline);
        faults.push(...result.faults);
      }
      return pipelines.get(folder);
    },
  };
}

const environmentsOf = z.object({ environments: z.record(z.string(), z.unknown()) });
const pipelineOf = z.object({ pipeline: z.string() });

/**
 * Reads the pipelines of a deployment file that does not fit its schema, as far as it says where they are.
 * @param folder that of the deployment file.
 */
export async function readNamedPipelines(
  deployment: unknown,
  folder: string,
  reader: PipelineReader,
): Promise<void> {
  const { data } = environmentsOf.safeParse(deployment);
  for (const [name, environment] of Object.entries(data?.environments ?? {})) {
    const named = pipelineOf.safeParse(environment);
    if (named.success) await reader.read(name, resolve(folder, named.data.pipeline));
  }
}
