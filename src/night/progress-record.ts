import { Session, type SessionOptions } from '../warehouse/session.ts';
import type { NightEvent } from './night-event.ts';
import type { Stage } from './stage.ts';
import { ProgressCount } from './progress-count.ts';
import { noProgress } from './stage-progress.ts';

const intervalMs = 1_000;

/**
 * Writes how far a run has come into its record, every second, for whoever asks "nightjar status" meanwhile. On a
 * connection of its own, which nothing depends on: a run whose progress cannot be written goes on.
 */
export class ProgressRecord implements AsyncDisposable {
  readonly #session: Session;
  readonly #run: number;
  readonly #count = new ProgressCount();
  readonly #timer: NodeJS.Timeout;
  #stage: Stage = 'prepare';
  #written = noProgress;
  #writing: Promise<void> | undefined;

  private constructor(session: Session, run: number) {
    this.#session = session;
    this.#run = run;
    this.#timer = setInterval(() => {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
    }, intervalMs).unref();
  }

  static async open(
    address: SessionOptions['address'],
    run: number,
    signal: AbortSignal,
  ): Promise<ProgressRecord> {
    return new ProgressRecord(await Session.open({ address, purpose: 'nightjar progress', signal }), run);
  }

  see(event: NightEvent): void {
    this.#count.see(event);
    if (event.kind !== 'stage') return;
    this.#stage = event.stage;
    this.#written = noProgress;
  }

  async #write(): Promise<void> {
    const progress = this.#count.now;
    if (progress === this.#written) return;
    this.#written = progress;
    await this.#session
      .query(
        'the record of the progress',
        'update nightjar.run set progress = $3 where number = $1 and stage = $2',
        [this.#run, this.#stage, JSON.stringify(progress)],
      )
      .catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await this.#session[Symbol.asyncDispose]();
  }
}
