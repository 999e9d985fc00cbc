import pc from 'picocolors';
import type { NightEvent } from '../night/stage.ts';
import { count, duration, size, type Output } from './output.ts';

const redrawMillis = 120;

/**
 * Shows a run as it goes: on a terminal one line that changes, elsewhere a time-stamped line for each stage. Nothing
 * with --json, where the end alone counts.
 */
export class Progress implements Disposable {
  readonly #output: Output;
  readonly #environment: string;
  readonly #terminal: boolean;
  readonly #rowsByTable = new Map<string, { rows: number; bytes: number }>();
  #stage = '';
  #began = performance.now();
  #detail = '';
  #drawn = 0;

  constructor(output: Output, environment: string) {
    this.#output = output;
    this.#environment = environment;
    this.#terminal = process.stdout.isTTY && !output.json;
  }

  readonly show = (event: NightEvent): void => {
    switch (event.kind) {
      case 'run':
        this.#line(`run ${event.run} of night ${event.asOf} begins`);
        break;
      case 'stage':
        this.#endStage();
        this.#stage = event.stage;
        this.#began = performance.now();
        this.#detail = '';
        break;
      case 'reading': {
        this.#rowsByTable.set(event.table, { rows: event.rows, bytes: event.bytes });
        const totals = [...this.#rowsByTable.values()];
        const rows = totals.reduce((sum, one) => sum + one.rows, 0);
        const bytes = totals.reduce((sum, one) => sum + one.bytes, 0);
        const seconds = Math.max(0.001, (performance.now() - this.#began) / 1000);
        this.#detail = `${event.table}: ${count(rows)} rows in all, ${size(bytes)}, ${count(Math.round(rows / seconds))} rows/s`;
        break;
      }
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
    this.#stage = '';
  }

  #endStage(): void {
    if (this.#stage === '') return;
    const seconds = (performance.now() - this.#began) / 1000;
    this.#line(`${this.#stage.padEnd(8)} ${duration(seconds).padStart(8)}  ${this.#detail}`);
  }

  #line(text: string): void {
    if (this.#output.json) return;
    this.#clear();
    const stamp = this.#terminal ? '' : `${new Date().toISOString()} `;
    process.stdout.write(`${stamp}${pc.dim(this.#environment)} ${text}\n`);
  }

  #draw(): void {
    const now = performance.now();
    if (!this.#terminal || now - this.#drawn < redrawMillis) return;
    this.#drawn = now;
    this.#clear();
    const seconds = (now - this.#began) / 1000;
    const text = `${this.#environment} ${this.#stage.padEnd(8)} ${duration(seconds).padStart(8)}  ${this.#detail}`;
    process.stdout.write(text.slice(0, Math.max(20, process.stdout.columns - 1)));
  }

  #clear(): void {
    if (this.#terminal) process.stdout.write('\r\u001B[K');
  }

  [Symbol.dispose](): void {
    this.#clear();
  }
}
