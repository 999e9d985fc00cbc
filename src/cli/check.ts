import type { Command } from 'commander';
import { act, withAllEnvironments } from './action.ts';
import type { CheckOptions } from './check-command.ts';

export function addCheck(program: Command): void {
  const command = program
    .command('check')
    .description(
      'are the files, the sources and the warehouse as they should be? Reports every fault, changes nothing',
    )
    .option('--files-only', 'the files alone: connect to nothing')
    .addHelpText(
      'after',
      `
Checks, in this order, for one environment or for all:
  the deployment file and the pipeline folder       file, line, column and the nearest valid name for each fault
  the live sources against the declared tables      missing, retyped, narrowed, unreadable
  the warehouse                                     our rights, the SELECTs as its own server sees them, columns read in vain
and says how much room a night needs.

Exit codes: 0 no fault, 1 faults in a source or a warehouse, 3 faults in the files.`,
    );
  withAllEnvironments(command).action(async (options: CheckOptions) => {
    await act(options, async (context) =>
      (await import('./check-command.ts')).checkCommand(options, context),
    );
  });
}
