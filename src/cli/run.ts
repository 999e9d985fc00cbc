import { InvalidArgumentError, type Command } from 'commander';
import { act, withCommonOptions } from './action.ts';
import { boundHeap } from './bound-heap.ts';
import type { CommonOptions } from './context.ts';

interface RunOptions extends CommonOptions {
  readonly night?: string;
  readonly workers: number;
  readonly keep?: boolean;
  readonly dryRun?: boolean;
  readonly first?: boolean;
}

export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('run one night: read the sources, build, audit, publish — or keep the last good generation')
    .option(
      '--night <date>',
      "the date of the night, YYYY-MM-DD (default: today in the environment's time zone)",
      parseDate,
    )
    .option('--workers <n>', 'datasets built and audited at a time', parseCount, 2)
    .option('--keep', 'leave the raw tables for inspection until the next run')
    .option('--dry-run', 'do everything but publish')
    .option('--first', 'nothing is published yet, and that is as it should be')
    .addHelpText(
      'after',
      `
Examples:
  nightjar run -e staging                       tonight
  nightjar run -e staging --first               the very first night, with nothing to compare with
  nightjar run -e staging --night 2026-11-20    that night's date everywhere a dataset asks for "today"
  nightjar run -e staging --dry-run             read, build, audit and judge; publish nothing

Exit codes: 0 published, 1 failed, 2 wrong use, 3 faulty files, 4 held, 5 another run is at work, 130 stopped.`,
    );
  withCommonOptions(command).action(async (options: RunOptions) => {
    boundHeap();
    await act(
      options,
      async (context) => {
        const { runCommand } = await import('./run-command.ts');
        return runCommand(options, context);
      },
      'What consumers read is untouched, unless it was in publish: "nightjar status" says. The next run takes away what is left.',
    );
  });
}

export function parseDate(text: string): string {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (date === undefined || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) {
    throw new InvalidArgumentError('It must be a date of the calendar, as 2026-11-20.');
  }
  return text;
}

export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
