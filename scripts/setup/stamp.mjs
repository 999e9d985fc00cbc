import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platform, root } from './paths.mjs';

/** @typedef {'run' | 'all'} Mode */

const lockFiles = {
  run: ['package-lock.json', 'runtime/package-lock.json'],
  all: ['package-lock.json', 'runtime/package-lock.json', 'test/postgres-15/package-lock.json'],
};

/**
 * A stamp says what is installed. It lies in node_modules, so that it goes when that goes, and has the form of
 * `sha256sum --check`, so that the shell script `nightjar` can read it.
 */
export class Stamp {
  #root;

  /** @param {string} [project] */
  constructor(project = root) {
    this.#root = project;
  }

  /** @param {Mode} mode */
  #file(mode) {
    return join(this.#root, 'node_modules', `.nightjar-${platform}-${mode}`);
  }

  /** @param {Mode} mode */
  #wanted(mode) {
    return lockFiles[mode]
      .map((name) => {
        const hash = createHash('sha256')
          .update(readFileSync(join(this.#root, name)))
          .digest('hex');
        return `${hash}  ${name}\n`;
      })
      .join('');
  }

  /**
   * Whether exactly what the lock files say is installed.
   * @param {Mode} mode
   */
  holds(mode) {
    const file = this.#file(mode);
    return existsSync(file) && readFileSync(file, 'utf8') === this.#wanted(mode);
  }

  /**
   * Whether a stamp is there, be it of other lock files.
   * @param {Mode} mode
   */
  exists(mode) {
    return existsSync(this.#file(mode));
  }

  /**
   * Only after success.
   * @param {Mode} mode
   */
  write(mode) {
    const file = this.#file(mode);
    writeFileSync(`${file}.new`, this.#wanted(mode));
    renameSync(`${file}.new`, file);
  }

  remove() {
    for (const mode of /** @type {const} */ (['run', 'all'])) rmSync(this.#file(mode), { force: true });
  }
}
