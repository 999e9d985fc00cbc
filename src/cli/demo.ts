import type { Command } from 'commander';
import { act } from './action.ts';
import { parseScale } from './sample.ts';
import type { DemoOptions, DryRunOption, Samples } from './samples.ts';

interface JsonOption {
  readonly json?: boolean;
}

export function addDemo(program: Command): void {
  const command = program
    .command('demo')
    .description(
      'a whole night of three environments on this machine, with made-up doctors; then try to break it',
    )
    .option('--exit', 'end once the night is over instead of staying up')
    .option(
      '--scale <share>',
      'of the size of England, when the databases are made (default: 0.02)',
      parseScale,
    )
    .option('--clean', 'remove the data of earlier demos')
    .option('--dry-run', 'say what would happen; change nothing')
    .option('--json', 'one JSON object a line, for programs')
    .action(async (options: DemoOptions & JsonOption & { readonly clean?: boolean }) => {
      await act(
        options,
        async (context) => {
          const { runDemo, cleanDemo } = (await samples()).demo;
          if (options.clean === true) return cleanDemo(options, context);
          return runDemo(options, context);
        },
        'Its servers end with it; start it again when you are ready.',
      );
    });
  command
    .command('hurt')
    .description('do one harm to the running demo, run a night, and show what the consumer reads now')
    .argument('[harm]', 'kill, empty-table, drop-column, …; without one, the list')
    .option('--dry-run', 'say what would happen; change nothing')
    .option('--json', 'one JSON object a line, for programs')
    .action(async (fault: string | undefined, _: object, self: Command) => {
      // An option that its parent has too is taken by the parent.
      const all = self.optsWithGlobals<DryRunOption & JsonOption>();
      await act(all, async (context) => (await samples()).demo.hurtDemo(fault, all, context));
    });
}

async function samples(): Promise<Samples> {
  return (await import('./samples.ts')).loadSamples();
}
