import { NightjarError, nightjarError } from '../error/nightjar-error.ts';
import type { SnapshotLimits, SnapshotTimes } from './source.ts';

/** Seconds for all that comes before there is a snapshot, beside what waits for locks. */
const preparationLimit = 300;

/**
 * The time in which one snapshot is read. Its signal ends everything: when the caller aborts, when the snapshot has been
 * open for too long, or when one of its readers fails. Its reason is the error to end with.
 */
export class SnapshotScope implements Disposable {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal;
  readonly #connection: string;
  readonly #onAbort: () => void;
  #timer: NodeJS.Timeout | undefined;
  #preparing: NodeJS.Timeout | undefined;
  /** Milliseconds. */
  #openedAt: number | undefined;
  #waited = 0;

  constructor(connection: string, caller: AbortSignal) {
    this.#connection = connection;
    this.#caller = caller;
    this.signal = this.#controller.signal;
    this.#onAbort = () => {
      this.fail(abortReason(`Reading "${connection}"`, caller));
    };
    if (caller.aborted) this.#onAbort();
    else caller.addEventListener('abort', this.#onAbort, { once: true });
  }

  /**
   * Bounds the time until there is a snapshot: a source may be gone without our being told, and then no answer ever comes.
   */
  prepare(
    { lockWait, snapshotLimit }: Pick<SnapshotLimits, 'lockWait' | 'snapshotLimit'>,
    tables: number,
  ): void {
    this.bound(Math.min(snapshotLimit, preparationLimit + lockWait * tables));
  }

  /** Bounds, in seconds, the time until `limit` is called: or all of it, where nothing but descriptions is read. */
  bound(seconds: number): void {
    this.#preparing = setTimeout(() => {
      const reason = `no answer within ${seconds} s`;
      const about = { connection: this.#connection, table: 'the description of its tables', reason };
      this.fail(nightjarError('NJ-SOURCE-LOST', about));
    }, seconds * 1_000);
  }

  /** From now on the snapshot is open, for `seconds` at most. */
  limit(seconds: number): void {
    clearTimeout(this.#preparing);
    this.#openedAt ??= performance.now();
    this.#timer ??= setTimeout(() => {
      this.fail(nightjarError('NJ-SOURCE-SNAPSHOT-TOO-LONG', { connection: this.#connection, seconds }));
    }, seconds * 1_000);
  }

  /** Does what takes a lock, and counts the time. */
  async waiting<Result>(work: () => Promise<Result>): Promise<Result> {
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.#waited += performance.now() - began;
    }
  }

  /** Until now. */
  get times(): SnapshotTimes {
    const now = performance.now();
    return { open: (now - (this.#openedAt ?? now)) / 1_000, locks: this.#waited / 1_000 };
  }

  /** Ends everything with an error; the first one counts. */
  fail(error: unknown): void {
    this.#controller.abort(error);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#preparing);
    clearTimeout(this.#timer);
    this.#caller.removeEventListener('abort', this.#onAbort);
  }
}

/** The error to end with when a signal was aborted. */
export function abortReason(what: string, signal: AbortSignal): NightjarError {
  const reason: unknown = signal.reason;
  if (reason instanceof NightjarError) return reason;
  return nightjarError('NJ-INTERNAL-ABORTED', {
    what,
    reason: typeof reason === 'string' ? reason : 'it was asked to stop',
  });
}
