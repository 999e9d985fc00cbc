import pc from 'picocolors';
import type { NightEvent } from '../night/night-event.ts';
import type { Stage } from '../night/stage.ts';
import { ProgressCount } from '../night/progress-count.ts';
import type { Expectation } from '../night/time-left.ts';
import { count, duration, type Output } from './output.ts';
import { stageWords } from './stage-words.ts';

const redrawMillis = 120;

/**
 * Shows a run as it goes: on a terminal one line that changes, elsewhere a time-stamped line for each stage. Nothing
 * with --json, where the end alone counts.
 */
export class Progress implements Disposable {
  readonly #output: Output;
  readonly #environment: string;
  readonly #terminal: boolean;
  readonly #count = new ProgressCount();
  #expected: Expectation | undefined;
  #stage: Stage | undefined;
  #began = performance.now();
  #detail = '';
  #drawn = 0;

  constructor(output: Output, environment: string) {
    this.#output = output;
    this.#environment = environment;
    this.#terminal = process.stdout.isTTY && !output.json;
  }

  readonly show = (event: NightEvent): void => {
    // The line of the stage that ends tells what it came to.
    if (event.kind === 'stage') this.#endStage();
    this.#count.see(event);
    switch (event.kind) {
      case 'run':
        this.#expected = event.expected;
        this.#line(`run ${event.run} of night ${event.asOf} begins`);
        break;
      case 'stage':
        this.#stage = event.stage;
        this.#began = performance.now();
        this.#detail = '';
        break;
      case 'reading':
        this.#detail = event.table;
        break;
      case 'built':
        this.#detail = `${event.dataset} (${duration(event.seconds)})`;
        break;
      case 'audited':
        this.#detail = `${event.dataset}: ${count(event.rows)} rows`;
        break;
      case 'published':
        this.#detail = `generation ${event.generation} from ${event.instant.toISOString()}`;
        break;
      case 'remark':
        this.#line(event.sentence);
        break;
    }
    this.#draw();
  };

  /** The run has ended well: the last stage's line stays. */
  end(): void {
    this.#endStage();
    this.#stage = undefined;
  }

  #endStage(): void {
    if (this.#stage !== undefined) this.#line(this.#stageLine(this.#stage, undefined));
  }

  /** `extract     4.2 s  tcs_placement: 2,100,000 rows, 500.0 MB, 500,000 rows/s, about 9 s left` */
  #stageLine(stage: Stage, expected: Expectation | undefined): string {
    const seconds = (performance.now() - this.#began) / 1000;
    const words = stageWords(stage, seconds, this.#count.now, expected);
    const detail = [this.#detail, words].filter((part) => part !== '').join(': ');
    return `${stage.padEnd(8)} ${duration(seconds).padStart(8)}  ${detail}`.trimEnd();
  }

  #line(text: string): void {
    if (this.#output.json) return;
    this.#clear();
    const stamp = this.#terminal ? '' : `${new Date().toISOString()} `;
    process.stdout.write(`${stamp}${pc.dim(this.#environment)} ${text}\n`);
  }

  #draw(): void {
    const now = performance.now();
    if (!this.#terminal || this.#stage === undefined || now - this.#drawn < redrawMillis) return;
    this.#drawn = now;
    this.#clear();
    const text = `${this.#environment} ${this.#stageLine(this.#stage, this.#expected)}`;
    process.stdout.write(text.slice(0, Math.max(20, process.stdout.columns - 1)));
  }

  #clear(): void {
    if (this.#terminal) process.stdout.write('\r\u001B[K');
  }

  [Symbol.dispose](): void {
    this.#clear();
  }
}
