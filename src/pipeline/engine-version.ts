import { createRequire } from 'node:module';

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
