import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NightjarError } from './nightjar-error.ts';

const root = join(import.meta.dirname, '../..');

/** A line of a stack: words of V8's, then a file of ours with line and column. */
const frame = /^ {4}at (?:.* \()?(?:async )?(file:\/\/[\w./%@+~-]+):(\d+):(\d+)\)?$/;

/**
 * Where an error came from, as `src/night/run-night.ts:97:12`: the lines of its stack that are ours. Its message stands
 * in the stack too and may hold a row's values, so nothing else of it is taken.
 */
export function ourLines(error: unknown): readonly string[] {
  if (error instanceof NightjarError && error.lines !== undefined) return error.lines;
  if (!(error instanceof Error) || error.stack === undefined) return [];
  return error.stack
    .replace(error.message, '')
    .split('\n')
    .flatMap((line) => {
      const [, url, row = '', column = ''] = frame.exec(line) ?? [];
      if (url === undefined) return [];
      const path = relative(root, fileURLToPath(url));
      return path.startsWith('..') || path.startsWith('node_modules') ? [] : [`${path}:${row}:${column}`];
    });
}
