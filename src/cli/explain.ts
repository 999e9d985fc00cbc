import type { Command } from 'commander';
import { act } from './action.ts';

export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('what an error code means, an example of it, and what to do about it')
    .argument('[code]', 'a code such as NJ-SOURCE-CUT-SHORT; without one, the list of all')
    .option('--json', 'one JSON object a line, for programs')
    .action(async (code: string | undefined, options: { json?: boolean }) => {
      await act(options, async (context) =>
        (await import('./explain-command.ts')).explainCommand(code, context),
      );
    });
}
