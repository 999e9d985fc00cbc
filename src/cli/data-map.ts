import type { Command } from 'commander';
import { act, withAllEnvironments } from './action.ts';
import type { CommonOptions } from './context.ts';

export function addDataMap(program: Command): void {
  const command = program
    .command('data-map')
    .description('which personal and special columns go to which consumer; reads the files alone')
    .addHelpText(
      'after',
      `
Examples:
  nightjar data-map                       every environment of the deployment file
  nightjar data-map -e production --json  one object for each consumer and dataset

A column is personal or special as the contract of its dataset says: "privacy: personal" tells who someone is,
"privacy: special" is special category data (health, ethnicity, religion, …).`,
    );
  withAllEnvironments(command).action(async (options: CommonOptions) => {
    await act(options, async (context) =>
      (await import('./data-map-command.ts')).dataMapCommand(options, context),
    );
  });
}
