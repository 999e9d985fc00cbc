import { colours } from './colours.ts';
import type { NightEvent } from '../night/night-event.ts';
import { ProgressCount } from '../night/progress-count.ts';
import type { Stage } from '../night/stage.ts';
import type { Expectation } from '../night/time-left.ts';
import { duration, type Output } from './output.ts';
import { stageTotals, stageWords } from './stage-words.ts';

const redrawMillis = 120;
/** Elsewhere than on a terminal: how long a stage may last without a word. */
const silenceMillis = 10_000;

/** Where progress is written: standard output, unless a test looks. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  /** 0 where a terminal does not know. */
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Shows a run as it goes: on a terminal one line that changes, elsewhere a time-stamped line for each stage, and every
 * ten seconds of it. Nothing with --json, where the end alone counts.
 */
export class Progress implements Disposable {
  readonly #output: Output;
  readonly #environment: string;
  readonly #stream: ProgressStream;
  readonly #terminal: boolean;
  readonly #count = new ProgressCount();
  readonly #timer: NodeJS.Timeout | undefined;
  #expected: Expectation | undefined;
  #stage: Stage | undefined;
  #began = performance.now();
  #detail = '';
  readonly #remarks: string[] = [];
  #drawn = Number.NEGATIVE_INFINITY;

  constructor(output: Output, environment: string, stream: ProgressStream = process.stdout) {
    this.#output = output;
    this.#environment = environment;
    this.#stream = stream;
    this.#terminal = stream.isTTY === true && !output.json;
    if (this.#terminal || output.json) return;
    this.#timer = setInterval(() => {
      this.#breakSilence();
    }, silenceMillis).unref();
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
        this.#timer?.refresh();
        break;
      case 'reading':
        this.#detail = event.table;
        break;
      case 'built':
      case 'audited':
      case 'judged':
      case 'verified':
        this.#detail = event.dataset;
        break;
      case 'published':
        this.#detail = `generation ${event.generation} from ${event.instant.toISOString()}`;
        break;
      case 'held':
        this.end();
        break;
      case 'remark':
        this.#remarks.push(event.sentence);
        this.#line(event.sentence);
        break;
    }
    this.#draw();
  };

  /** What was said beside the stages, for those who see no lines: rows read the slow way, a list of faults not written to its end. */
  get remarks(): readonly string[] {
    return this.#remarks;
  }

  /** The run has ended well: the last stage's line stays. */
  end(): void {
    this.#endStage();
    this.#stage = undefined;
  }

  #endStage(): void {
    if (this.#stage === undefined) return;
    // A published generation is what its stage came to; of the others their sums are.
    const detail = this.#stage === 'publish' ? this.#detail : stageTotals(this.#seconds, this.#count.now);
    this.#line(this.#stageLine(this.#stage, detail));
  }

  #breakSilence(): void {
    if (this.#stage !== undefined) this.#line(this.#stageLine(this.#stage, this.#inHand(this.#stage)));
  }

  /** `tcs_placement: 2,100,000 rows, 500.0 MB, 500,000 rows/s, about 9 s left` */
  #inHand(stage: Stage): string {
    const words = stageWords(stage, this.#seconds, this.#count.now, this.#expected);
    return [this.#detail, words].filter((part) => part !== '').join(': ');
  }

  #stageLine(stage: Stage, detail: string): string {
    return `${stage.padEnd(8)} ${duration(this.#seconds).padStart(8)}  ${detail}`.trimEnd();
  }

  get #seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  #line(text: string): void {
    if (this.#output.json) return;
    this.#clear();
    const stamp = this.#terminal ? '' : `${new Date().toISOString()} `;
    this.#stream.write(`${stamp}${colours.dim(this.#environment)} ${text}\n`);
  }

  #draw(): void {
    const now = performance.now();
    if (!this.#terminal || this.#stage === undefined || now - this.#drawn < redrawMillis) return;
    this.#drawn = now;
    this.#clear();
    const text = `${this.#environment} ${this.#stageLine(this.#stage, this.#inHand(this.#stage))}`;
    this.#stream.write(text.slice(0, this.#width - 1));
  }

  get #width(): number {
    const { columns = 0 } = this.#stream;
    return columns === 0 ? 80 : Math.max(21, columns);
  }

  #clear(): void {
    if (this.#terminal) this.#stream.write('\r\u001B[K');
  }

  /** Where the run did not end well: the stage that it ended in, and how far that had come. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    if (this.#stage === undefined) {
      this.#clear();
      return;
    }
    const far = [this.#detail, stageTotals(this.#seconds, this.#count.now)].filter((part) => part !== '');
    this.#line(this.#stageLine(this.#stage, ['not completed', ...far].join(': ')));
    this.#stage = undefined;
  }
}
