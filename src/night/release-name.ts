import { createRequire } from 'node:module';
import type { Pipeline } from '../pipeline/pipeline.ts';

const require = createRequire(import.meta.url);
const manifest: unknown = require('../../package.json');

/** Nightjar's own version. */
export const engineVersion: string =
  typeof manifest === 'object' &&
  manifest !== null &&
  'version' in manifest &&
  typeof manifest.version === 'string'
    ? manifest.version
    : 'unknown';

/** Names what a run was made by: the engine's version and the digest of the pipeline's files. */
export function releaseName(pipeline: Pipeline): string {
  return `nightjar ${engineVersion} / ${pipeline.name} ${pipeline.digest.slice(0, 12)}`;
}
