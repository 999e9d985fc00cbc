import { InvalidArgumentError, type Command } from 'commander';
import { act, withCommonOptions } from './action.ts';
import type { CommonOptions } from './context.ts';
import { parseCount } from './run.ts';

export function addGenerations(program: Command): void {
  const command = program
    .command('generations')
    .description('the generations kept: list, show, compare, go back')
    .addHelpText(
      'after',
      `
Examples:
  nightjar generations -e production                 the list, and who reads which
  nightjar generations show 42 -e production         what generation 42 holds
  nightjar generations diff 41 42 -e production      what entered, left and changed, by dataset
  nightjar generations diff 41 42 --ndjson           each key, one JSON object a line
  nightjar generations rollback 41 --dry-run         what going back would do
  nightjar generations rollback 41 --hold "…"        go back, and publish nothing until "generations release"`,
    );

  withCommonOptions(
    command.command('list', { isDefault: true }).description('the generations kept, the newest first'),
  ).action(async (options: CommonOptions) => {
    await act(options, async (context) =>
      (await import('./generations-list.ts')).listCommand(options, context),
    );
  });
  withCommonOptions(
    command
      .command('show')
      .description('what a generation holds')
      .argument('<generation>', 'its number', parseNumber),
  ).action(async (generation: number, options: CommonOptions) => {
    await act(options, async (context) =>
      (await import('./generations-show.ts')).showCommand(generation, options, context),
    );
  });
  withCommonOptions(
    command
      .command('diff')
      .description('what entered, left and changed from one generation to another, by key')
      .argument('<from>', 'a generation', parseNumber)
      .argument('<to>', 'another', parseNumber)
      .option('--dataset <name>', 'this dataset only, with its keys')
      .option('--limit <n>', 'keys to show', parseCount, 20)
      .option('--ndjson', 'every key, one JSON object a line'),
  ).action(
    async (
      from: number,
      to: number,
      options: CommonOptions & { dataset?: string; limit: number; ndjson?: boolean },
    ) => {
      await act(options, async (context) =>
        (await import('./generations-diff.ts')).diffCommand(from, to, options, context),
      );
    },
  );
  withCommonOptions(
    command
      .command('rollback')
      .description('let every consumer read another generation that is kept, in seconds')
      .argument('<generation>', 'its number', parseNumber)
      .option('--hold <reason>', 'and publish nothing until "generations release"')
      .option('--dry-run', 'say what would happen; change nothing'),
  ).action(async (generation: number, options: CommonOptions & { hold?: string; dryRun?: boolean }) => {
    await act(options, async (context) =>
      (await import('./generations-rollback.ts')).rollbackCommand(generation, options, context),
    );
  });
  withCommonOptions(
    command
      .command('release')
      .description('lift the hold that a rollback set')
      .option('--dry-run', 'say what would happen; change nothing'),
  ).action(async (options: CommonOptions & { dryRun?: boolean }) => {
    await act(options, async (context) =>
      (await import('./generations-rollback.ts')).releaseCommand(options, context),
    );
  });
}

function parseNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number, that of a generation, such as 42.');
  return Number(text);
}
