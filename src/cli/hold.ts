import type { Command } from 'commander';
import { act, withCommonOptions } from './action.ts';
import type { CommonOptions } from './context.ts';

interface DecisionOptions extends CommonOptions {
  readonly reason: string;
  readonly dryRun?: boolean;
}

export function addHold(program: Command): void {
  const command = program
    .command('hold')
    .description('the candidate that the guards held: show it, approve it, reject it')
    .addHelpText(
      'after',
      `
Examples:
  nightjar hold -e production                              why it is held, with keys and the SQL to see the rows
  nightjar hold approve departures:person --reason "…"     excuse this judgement; publish if it was the last
  nightjar hold reject --reason "…"                        give the candidate up
  nightjar hold token                                      make a personal token

Whoever decides is known by a personal token: NIGHTJAR_TOKEN, or the file that NIGHTJAR_TOKEN_FILE names.
An approval is for this candidate against what was published when it was judged, and for the day on which it was.`,
    );
  withCommonOptions(
    command
      .command('show', { isDefault: true })
      .description('why the candidate is held: every judgement, counts, keys')
      .option('--all', 'the judgements that passed, too'),
  ).action(async (options: CommonOptions & { all?: boolean }) => {
    await act(options, async (context) => (await import('./hold-show.ts')).holdShowCommand(options, context));
  });
  withDecisionOptions(
    command
      .command('approve')
      .description('excuse exactly these judgements, and publish the candidate if no other holds it')
      .argument('<judgement...>', 'as "nightjar hold" names them: departures:person'),
  ).action(async (names: string[], options: DecisionOptions) => {
    await act(
      options,
      async (context) => (await import('./hold-decide.ts')).approveCommand(names, options, context),
      'Whether it was published, "nightjar status" says.',
    );
  });
  withDecisionOptions(
    command.command('reject').description('give the candidate up; what is published stays'),
  ).action(async (options: DecisionOptions) => {
    await act(options, async (context) => (await import('./hold-decide.ts')).rejectCommand(options, context));
  });
  withCommonOptions(command.command('token').description('make a personal token, and its digest')).action(
    async (options: CommonOptions) => {
      await act(options, async (context) => (await import('./hold-token.ts')).tokenCommand(context));
    },
  );
}

function withDecisionOptions(command: Command): Command {
  return withCommonOptions(command)
    .requiredOption('--reason <text>', 'why, for whoever asks in a year')
    .option('--dry-run', 'say what would happen; change nothing');
}
