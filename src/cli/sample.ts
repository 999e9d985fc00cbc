import { InvalidArgumentError, Option, type Command } from 'commander';
import { act } from './action.ts';
import { parseCount, parseDate } from './run.ts';
import type { SampleAction, Samples, SampleOptions } from './samples.ts';

export function addSample(program: Command): void {
  const command = program
    .command('sample')
    .description('a made-up TIS: create it, live a day, do it harm')
    .addHelpText(
      'after',
      `
Examples:
  nightjar sample create --to postgres://tis:…@127.0.0.1:5432/tis --scale 0.02
  nightjar sample create --to mysql://root:…@127.0.0.1:3306 --scale 1
  nightjar sample advance --to … --today 2026-11-24
  nightjar sample hurt                              the list of harms
  nightjar sample hurt half-filled-owner --to …

Never point it at a real TIS. It refuses a place that holds tables which it did not make: in MySQL its three databases
(prefix_tcs, prefix_reference, prefix_assessments), in PostgreSQL the whole database.`,
    );
  sampleOptions(
    command
      .command('create')
      .description('make it, in place of an earlier sample')
      .requiredOption(...toOption),
  )
    .option('--scale <share>', 'of the size of England: 1 is 2.1 million placements', parseScale, 0.02)
    .addOption(new Option('--region <region>', 'whose').choices(['england', 'nimdta']).default('england'))
    .action(async (options: SampleOptions) => {
      await run('create', options);
    });
  sampleOptions(
    command
      .command('advance')
      .description('live one day: joiners, changes, leavers, the nightly sync')
      .requiredOption(...toOption),
  ).action(async (options: SampleOptions) => {
    await run('advance', options);
  });
  sampleOptions(
    command
      .command('hurt')
      .description('do one harm')
      .argument('[harm]', 'which; without one, the list')
      .option(...toOption)
      .option('--table <name>', 'the table, where the harm takes one')
      .option('--column <name>', 'the column, where the harm takes one'),
  ).action(async (fault: string | undefined, options: SampleOptions) => {
    await run('hurt', { ...options, ...(fault === undefined ? {} : { fault }) });
  });
}

const toOption = [
  '--to <url>',
  'where: mysql://user:password@host:port/prefix or postgres://user:password@host:port/database',
] as const;

function sampleOptions(command: Command): Command {
  return command
    .option('--seed <n>', 'the same seed gives the same bytes', parseCount, 1)
    .option('--today <date>', 'the day it is in the sample, YYYY-MM-DD', parseDate)
    .option('--dry-run', 'say what would happen; change nothing')
    .option('--json', 'one JSON object a line, for programs');
}

async function run(action: SampleAction, options: SampleOptions & { json?: boolean }): Promise<void> {
  await act(options, async (context) => (await samples()).sample.sampleCommand(action, options, context));
}

export function parseScale(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0 || value > 10)
    throw new InvalidArgumentError('It must be a share above 0, such as 0.02.');
  return value;
}

async function samples(): Promise<Samples> {
  return (await import('./samples.ts')).loadSamples();
}
