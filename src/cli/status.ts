import type { Command } from 'commander';
import { act, withAllEnvironments } from './action.ts';
import type { CommonOptions } from './context.ts';

export function addStatus(program: Command): void {
  const command = program
    .command('status')
    .description('what does each consumer have, what happens next, what may I do now, and what is running');
  withAllEnvironments(command).action(async (options: CommonOptions) => {
    await act(options, async (context) =>
      (await import('./status-command.ts')).statusCommand(options, context),
    );
  });
}
