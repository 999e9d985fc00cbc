import type { DetailsOf, ErrorCode } from '../error/catalogue.ts';
import { nightjarError, type FilePosition, type NightjarError } from '../error/nightjar-error.ts';

/** What is there twice counts once: what only the other one has is then missed wherever it is named. */
const causes: ReadonlySet<ErrorCode> = new Set(['NJ-CONFIG-KEY-TWICE', 'NJ-CONFIG-NAME-TWICE']);

/** Collects the faults of a folder or a file, so that a reader goes on behind the first. */
export class FaultList {
  readonly #faults: NightjarError[] = [];
  readonly #muted = new Set<string>();
  readonly #reported = new Set<string>();

  /** Adds a fault, unless the same is there already: an expression may be gone through more than once. */
  add<Code extends ErrorCode>(code: Code, details: DetailsOf<Code>, position: FilePosition): void {
    const fault = nightjarError(code, details, position);
    const identity = `${place(position)} ${fault.message}`;
    if (this.#muted.has(place(position)) || this.#reported.has(identity)) return;
    this.#reported.add(identity);
    this.#faults.push(fault);
  }

  /** Says that what stands here is known to be wrong: nothing more is reported about it. */
  mute(position: FilePosition): void {
    this.#muted.add(place(position));
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  /** All faults by file, line and column; first those that others may follow from. */
  sorted(): readonly NightjarError[] {
    return this.#faults.toSorted((one, other) => {
      const [a, b] = [one.position, other.position];
      if (a === undefined || b === undefined) return 0;
      const isCause = Number(causes.has(other.code)) - Number(causes.has(one.code));
      if (isCause !== 0) return isCause;
      if (a.file !== b.file) return a.file < b.file ? -1 : 1;
      return a.line - b.line || a.column - b.column;
    });
  }
}

function place(position: FilePosition): string {
  return `${position.file}:${position.line}:${position.column}`;
}
