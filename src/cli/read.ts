import type { Command } from 'commander';
import { act, withCommonOptions } from './action.ts';
import type { CommonOptions } from './context.ts';
import { parseCount } from './run.ts';

interface ReadOptions extends CommonOptions {
  readonly limit: number;
}

export function addRead(program: Command): void {
  const command = program
    .command('read')
    .description("show what a consumer's role sees of a dataset, with that role's own rights")
    .argument('<consumer>', 'a consumer of the environment, such as ndw')
    .argument('[dataset]', 'a dataset; without one, the list of those it may read')
    .option('--limit <n>', 'rows to show', parseCount, 10)
    .addHelpText('after', '\nExample:\n  nightjar read ndw placement -e staging --limit 3');
  withCommonOptions(command).action(
    async (consumer: string, dataset: string | undefined, options: ReadOptions) => {
      await act(options, async (context) => {
        const { readCommand } = await import('./read-command.ts');
        return readCommand(consumer, dataset, options, context);
      });
    },
  );
}
