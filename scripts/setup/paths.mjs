import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of the project. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What we keep beside node_modules; ignored by git. */
export const ownFolder = join(root, '.nightjar');

export const platform = `${process.platform}-${process.arch}`;

/** As npm puts it there; its link in node_modules/.bin is missing where packages for two platforms share a name. */
export const pinnedNode = join(root, 'runtime', 'node_modules', `node-${platform}`, 'bin', 'node');

/**
 * PATH without the folders that npm adds, in which a `node` of some package may lie, and with `node` first if given.
 * @param {string} [node]
 */
export function searchPath(node) {
  const folders = (process.env['PATH'] ?? '')
    .split(':')
    .filter((folder) => !folder.endsWith('node_modules/.bin'));
  return [...(node === undefined ? [] : [dirname(node)]), ...folders].join(':');
}
