import { Option, type Command } from 'commander';
import { act, withCommonOptions } from './action.ts';
import type { CommonOptions } from './context.ts';

export function addFaults(program: Command): void {
  withCommonOptions(
    program
      .command('faults')
      .description('rows of the published night with a fault that someone can mend, by local office')
      .option('--office <name>', 'of this office only')
      .addOption(
        new Option(
          '--csv',
          'every row as CSV: office, dataset, key, fault, in words, since which night',
        ).conflicts('json'),
      )
      .addHelpText(
        'after',
        `
Examples:
  nightjar faults -e production                              how many, by dataset and fault
  nightjar faults -e production --csv > faults.csv           every row
  nightjar faults -e production --office "East Midlands" --csv`,
      ),
  ).action(async (options: CommonOptions & { office?: string; csv?: boolean }) => {
    await act(options, async (context) =>
      (await import('./faults-command.ts')).faultsCommand(options, context),
    );
  });
}
