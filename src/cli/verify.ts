import type { Command } from 'commander';
import { act, withCommonOptions } from './action.ts';
import { boundHeap } from './bound-heap.ts';
import type { CommonOptions } from './context.ts';
import { parseCount } from './run.ts';

interface VerifyOptions extends CommonOptions {
  readonly raw?: boolean;
  readonly keys: number;
  readonly workers: number;
}

export function addVerify(program: Command): void {
  const command = program
    .command('verify')
    .description('compare what is read with the sources, and what is published with what they hold now')
    .option('--raw', 'compare the raw tables with their sources only; build nothing')
    .option('--keys <n>', 'how many keys that differ to name, of each table and dataset', parseCount, 20)
    .option('--workers <n>', 'datasets built at a time', parseCount, 2)
    .addHelpText(
      'after',
      `
It reads the sources as a night does, holds their snapshots open for longer, and publishes nothing. While it is at work
no night can run: not just before one is due.

Examples:
  nightjar verify -e production                 is what is published what TIS holds, but for what changed since?
  nightjar verify -e production --raw           is every row copied as its source has it?

Exit codes: 0 all the same or explained, 1 something differs, 2 wrong use, 3 faulty files, 5 another run is at work.`,
    );
  withCommonOptions(command).action(async (options: VerifyOptions) => {
    boundHeap();
    await act(
      options,
      async (context) => (await import('./verify-command.ts')).verifyCommand(options, context),
      'Nothing that anyone reads was touched.',
    );
  });
}
