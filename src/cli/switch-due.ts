import type { Command } from 'commander';
import { act, withCommonOptions } from './action.ts';
import type { CommonOptions } from './context.ts';

export function addSwitchDue(program: Command): void {
  const command = program
    .command('switch-due')
    .description('give a consumer what waits for the end of its import, at once')
    .argument('<consumer>', 'a consumer that "status" says is due')
    .option('--dry-run', 'say what would happen; change nothing');
  withCommonOptions(command).action(
    async (consumer: string, options: CommonOptions & { dryRun?: boolean }) => {
      await act(options, async (context) =>
        (await import('./switch-due-command.ts')).switchDueCommand(consumer, options, context),
      );
    },
  );
}
