import { grouped } from '../error/amount.ts';
import { isAbsolute, relative } from 'node:path';
import { colours, complaintColours } from './colours.ts';
import { type NightjarError } from '../error/nightjar-error.ts';
import { ourLines } from '../error/our-lines.ts';

/** Where a command's words go: sentences for people, or one JSON object a line for programs. */
export class Output {
  readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  /** A line for people; nothing with --json. */
  say(line = ''): void {
    if (!this.json) process.stdout.write(`${line}\n`);
  }

  /** An object for programs; nothing without --json. */
  tell(value: object): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /**
   * An error in full: where, what, what to do, its code.
   *
   * @param of what it concerns, for programs.
   * @param lines of our code that it came from; those of a fault of ours unless said.
   */
  complain(
    error: NightjarError,
    of: { readonly environment?: string } = {},
    lines: readonly string[] = error.code === 'NJ-INTERNAL-UNEXPECTED' ? ourLines(error) : [],
  ): void {
    if (this.json) {
      this.tell({
        ...of,
        error: error.code,
        class: error.class,
        message: error.message,
        remedy: error.remedy,
        ...(error.position === undefined ? {} : { position: error.position }),
        ...(lines.length === 0 ? {} : { lines }),
      });
      return;
    }
    const where = error.position;
    const place = where === undefined ? '' : `${nearby(where.file)}:${where.line}:${where.column}: `;
    process.stderr.write(
      `${place}${complaintColours.red(error.code)}: ${error.message}\n  ${complaintColours.dim('→')} ${error.remedy}\n`,
    );
    for (const line of lines) process.stderr.write(`  ${complaintColours.dim('at')} ${line}\n`);
  }
}

/** A file below the folder we are in by its path from here. */
function nearby(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') || isAbsolute(path) ? file : path;
}

/** `3.2 s`, `4 min 05 s` */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** `1.3 GB` */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** Rows of cells as columns; numbers to the right. */
export function table(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? grouped(cell) : cell)));
  const right = header.map(
    (_, index) => rows.length > 0 && rows.every((row) => typeof row[index] === 'number'),
  );
  const widths = header.map((title, index) =>
    Math.max(title.length, ...cells.map((row) => (row[index] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) =>
        right[index] === true ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [colours.dim(line(header)), ...cells.map(line)];
}
