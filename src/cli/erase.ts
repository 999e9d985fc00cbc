import type { Command } from 'commander';
import { act, withCommonOptions } from './action.ts';
import type { CommonOptions } from './context.ts';

export function addErase(program: Command): void {
  withCommonOptions(
    program
      .command('erase')
      .description('strike a key out: of every generation kept, and of all that come')
      .argument('<dataset>', 'a dataset')
      .argument('<key...>', 'its key: 17, or order_no=17 line_no=2')
      .requiredOption('--reason <text>', 'why, for whoever asks in a year')
      .option('--dry-run', 'say what would happen; change nothing')
      .addHelpText(
        'after',
        `
Examples:
  nightjar erase person 1204 --reason "…" --dry-run      which generations hold it, and which datasets refer to it
  nightjar erase person 1204 --reason "…" -e production

Whoever erases is known by a personal token: NIGHTJAR_TOKEN, or the file that NIGHTJAR_TOKEN_FILE names.
Rows of other datasets that refer to it, or are made from the same rows of the source, stay: erase each. What a dataset
that is made from this one took from it stays until the next night is published, and in the generations kept before.`,
      ),
  ).action(
    async (dataset: string, key: string[], options: CommonOptions & { reason: string; dryRun?: boolean }) => {
      await act(options, async (context) =>
        (await import('./erase-command.ts')).eraseCommand(dataset, key, options, context),
      );
    },
  );
}
