import type { Command } from 'commander';
import { nearestName } from '../pipeline/nearest-name.ts';
import { pathOf } from './wrong-use.ts';

/** `nightjar help COMMAND`. Commander's own shows the general help for a word that it does not know. */
export function addHelp(program: Command): void {
  program.helpCommand(false);
  program
    .command('help')
    .description('show this, or what a command takes')
    .argument('[command...]', 'a command, such as run, or generations show')
    .action((words: readonly string[], _: object, self: Command) => {
      let shown = program;
      for (const word of words) {
        const found = shown.commands.find((one) => one.name() === word);
        if (found === undefined) {
          const names = shown.commands.map((one) => one.name());
          const near = nearestName(word, names);
          const guess = near === undefined ? '' : `\n(Did you mean "${pathOf(shown)} ${near}"?)`;
          return self.error(`error: unknown command '${word}'${guess}`);
        }
        shown = found;
      }
      shown.outputHelp();
    });
}
