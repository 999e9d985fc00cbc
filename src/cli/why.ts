import type { Command } from 'commander';
import { act, withCommonOptions } from './action.ts';
import type { CommonOptions } from './context.ts';

export function addWhy(program: Command): void {
  withCommonOptions(
    program
      .command('why')
      .description('why a key is in what is published, or is not')
      .argument('<dataset>', 'a dataset')
      .argument('<key...>', 'its key: 17, or order_no=17 line_no=2')
      .addHelpText(
        'after',
        `
Examples:
  nightjar why placement 1204 -e production
  nightjar why placement_specialty placement_id=1204 specialty_id=17`,
      ),
  ).action(async (dataset: string, key: string[], options: CommonOptions) => {
    await act(options, async (context) =>
      (await import('./why-command.ts')).whyCommand(dataset, key, options, context),
    );
  });
}
