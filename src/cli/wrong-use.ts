import type { Command } from 'commander';
import { nearestName } from '../pipeline/nearest-name.ts';

/**
 * Answers wrong use with the nearest right use: of an argument too many, what was probably meant; of everything else,
 * the command whose help says more. For a program whose commands are all there.
 */
export function answerWrongUse(program: Command): void {
  for (const command of withSubcommands(program)) {
    command.allowExcessArguments(true);
    command.showHelpAfterError(`("${pathOf(command)} --help" shows how)`);
    command.hook('preSubcommand', refuseUnknown);
  }
  program.hook('preAction', (_, command) => {
    if (command.registeredArguments.at(-1)?.variadic === true) return;
    const [first] = command.args.slice(command.registeredArguments.length);
    if (first === undefined) return;
    const meant = probablyMeant(command, first);
    const guess = meant === undefined ? '' : `\n(Did you mean "${meant}"?)`;
    command.error(`error: "${first}" is one word too many for "${pathOf(command)}"${guess}`);
  });
}

/**
 * A word that is no command of a group would be handed to the command that stands for the group when that is called
 * alone, and be refused there with everything behind it (hold aprove … --reason …).
 */
function refuseUnknown(group: Command, begun: Command): void {
  const [word] = group.args;
  if (word === undefined || word.startsWith('-') || word === begun.name()) return;
  const meant = probablyMeant(begun, word);
  const guess = meant === undefined ? '' : `\n(Did you mean "${meant}"?)`;
  group.error(`error: unknown command '${word}'${guess}`);
}

function probablyMeant(command: Command, word: string): string | undefined {
  // A command that stands for its parent when that is called alone (generations, for generations list).
  const group = command.commands.length > 0 ? command : command.parent;
  if (group === null) return undefined;
  const names = group.commands.map((one) => one.name());
  const near = nearestName(word, names);
  if (near !== undefined && group.parent !== null) return `${pathOf(group)} ${near}`;
  if (/^\d+$/.test(word) && names.includes('show')) return `${pathOf(group)} show ${word}`;
  const takesEnvironment = command.options.some((option) => option.long === '--environment');
  return takesEnvironment && command.registeredArguments.length === 0
    ? `${pathOf(command)} -e ${word}`
    : undefined;
}

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** `nightjar generations show` */
export function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
