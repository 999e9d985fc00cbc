import { finished, type Writable } from 'node:stream';
import type { CopyOutput } from './copy/copy-output.ts';

/** Milliseconds that a COPY may take to be rolled back before we stop waiting for it. */
const rollbackLimit = 5_000;

/** The stream that takes one raw table, watched from its opening to its end. */
export class TableSink implements AsyncDisposable {
  readonly stream: Writable;
  /** Resolves when everything was taken; rejects when it cannot be. */
  readonly outcome: Promise<void>;
  #settled = false;

  constructor(stream: Writable) {
    this.stream = stream;
    this.outcome = new Promise((resolve, reject) => {
      finished(stream, { readable: false }, (error) => {
        this.#settled = true;
        if (error === null || error === undefined) resolve();
        else reject(error);
      });
    });
    // Awaited only at the end; until then a failure is noticed by `orFailure`.
    this.outcome.catch(() => undefined);
    stream.on('error', () => undefined);
  }

  /** Waits for the source's part of the work; where the sink fails under it, stops the source and throws that. */
  async orFailure<Result>(work: Promise<Result>, stop: () => Promise<void>): Promise<Result> {
    const failure = new Promise<never>((_, reject) => {
      this.outcome.catch((error: unknown) => {
        reject(error instanceof Error ? error : new Error('the sink failed'));
        void stop();
      });
    });
    // Whichever comes second is nobody's business any more.
    work.catch(() => undefined);
    failure.catch(() => undefined);
    return Promise.race([work, failure]);
  }

  /** Ends the stream behind everything in `output`, and waits until all of it was taken. */
  async finish(output: CopyOutput, signal: AbortSignal): Promise<void> {
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const stop = (): void => {
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      await Promise.race([output.end().then(() => this.outcome), this.outcome, aborted]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Takes back what was written, unless the stream had finished. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#settled && (this.stream.closed || this.stream.writableFinished)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, rollbackLimit);
      this.stream.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      this.stream.destroy();
      if (this.stream.closed) {
        clearTimeout(timer);
        resolve();
      }
    });
  }
}
