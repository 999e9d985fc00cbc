import type { ReadProgress } from './source.ts';

/** Milliseconds. */
const interval = 250;

/** Tells of a table's progress a few times a second for as long as it is read, and once at its end. */
export class ProgressTicker implements Disposable {
  readonly #tell: () => void;
  readonly #timer: NodeJS.Timeout;

  constructor(current: () => ReadProgress, onProgress: (progress: ReadProgress) => void) {
    this.#tell = () => {
      onProgress(current());
    };
    this.#timer = setInterval(this.#tell, interval).unref();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#tell();
  }
}
