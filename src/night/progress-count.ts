import type { NightEvent } from './night-event.ts';
import { noProgress, type StageProgress } from './stage-progress.ts';

/** Adds up what a run tells of the stage in hand. */
export class ProgressCount {
  readonly #tables = new Map<string, { readonly rows: number; readonly bytes: number }>();
  #now = noProgress;

  get now(): StageProgress {
    return this.#now;
  }

  see(event: NightEvent): void {
    switch (event.kind) {
      case 'stage':
        this.#tables.clear();
        this.#now = noProgress;
        break;
      case 'reading': {
        const before = this.#tables.get(event.table) ?? { rows: 0, bytes: 0 };
        this.#tables.set(event.table, event);
        // A snapshot that is read anew begins at nothing again.
        const { rows, bytes } = this.#now;
        this.#now = {
          ...this.#now,
          rows: rows + event.rows - before.rows,
          bytes: bytes + event.bytes - before.bytes,
        };
        break;
      }
      case 'built':
      case 'judged':
      case 'verified':
        this.#now = { ...this.#now, datasets: this.#now.datasets + 1 };
        break;
      case 'audited':
        this.#now = {
          ...this.#now,
          datasets: this.#now.datasets + 1,
          datasetRows: this.#now.datasetRows + event.rows,
        };
        break;
      default:
    }
  }
}
