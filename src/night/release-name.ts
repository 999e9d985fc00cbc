import { engineVersion } from '../pipeline/engine-version.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';

/** Names what a run was made by: the engine's version and the digest of the pipeline's files. */
export function releaseName(pipeline: Pipeline): string {
  return `nightjar ${engineVersion} / ${pipeline.name} ${pipeline.digest.slice(0, 12)}`;
}
