import type { Session } from '../warehouse/session.ts';
import { writeStage } from './run-record.ts';
import type { NightEvent } from './night-event.ts';
import type { Stage } from './stage.ts';

/** Times the stages of a run, and tells of each as it begins: to whoever watches, and in the run's record. */
export class StageClock {
  readonly #session: Session;
  readonly #run: number;
  readonly #onEvent: (event: NightEvent) => void;
  readonly #seconds: Partial<Record<Stage, number>> = {};
  #current: { readonly stage: Stage; readonly began: number } | undefined;

  constructor(session: Session, run: number, onEvent: (event: NightEvent) => void) {
    this.#session = session;
    this.#run = run;
    this.#onEvent = onEvent;
  }

  /** The stage in hand; `undefined` before the first and after the end. */
  get stage(): Stage | undefined {
    return this.#current?.stage;
  }

  async begin(stage: Stage): Promise<void> {
    this.end();
    this.#current = { stage, began: performance.now() };
    this.#onEvent({ kind: 'stage', stage });
    await writeStage(this.#session, this.#run, stage, this.#seconds);
  }

  /** The stage in hand has failed, and the run goes on: its seconds are not told, by which it is known that it came to no end. */
  breakOff(): void {
    this.#current = undefined;
  }

  /** Ends the stage in hand; gives the seconds of all until now. */
  end(): Readonly<Record<string, number>> {
    if (this.#current !== undefined) {
      this.#seconds[this.#current.stage] = (performance.now() - this.#current.began) / 1000;
      this.#current = undefined;
    }
    return { ...this.#seconds };
  }
}
