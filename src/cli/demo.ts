import type { Command } from 'commander';
import { act } from './action.ts';
import type { Samples } from './samples.ts';

interface DemoOptions {
  readonly exit?: boolean;
  readonly clean?: boolean;
}

export function addDemo(program: Command): void {
  const command = program
    .command('demo')
    .description(
      'a whole night of three environments on this machine, with made-up doctors; then try to break it',
    )
    .option('--exit', 'end at once instead of staying up')
    .option('--clean', 'remove the data of earlier demos')
    .action(async (options: DemoOptions) => {
      await act({}, async (context) => {
        const { runDemo, cleanDemo } = (await samples()).demo;
        if (options.clean === true) return cleanDemo(context);
        return runDemo({ exit: options.exit === true }, context);
      });
    });
  command
    .command('hurt')
    .description('do one harm to the running demo, run a night, and show what the consumer reads now')
    .argument('[fault]', 'kill, empty-table, drop-column, …; without one, the list')
    .action(async (fault: string | undefined) => {
      await act({}, async (context) => (await samples()).demo.hurtDemo(fault, context));
    });
}

async function samples(): Promise<Samples> {
  return (await import('./samples.ts')).loadSamples();
}
