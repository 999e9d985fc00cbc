import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from 'commander';
import { exitCode } from '../../src/cli/exit-code.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { pathOf } from '../../src/cli/wrong-use.ts';
import { readPage, tableRows } from './page.ts';

const page = await readPage('docs/reference/command-line.md');
const commands = commandsBelow(buildProgram({ json: false }));
const common = optionCells('Every command');

test('every command is on the page, and the other way round', () => {
  const headings = [...page.matchAll(/^##+ (nightjar .+)$/gm)].map(([, path]) => path);
  assert.deepEqual(headings.sort(), commands.map(pathOf).sort());
});

for (const command of commands) {
  test(`the options and arguments of ${pathOf(command)}`, () => {
    const all = command.options.map((option) => `\`${option.flags}\``);
    const own = optionCells(pathOf(command));
    assert.deepEqual([...own].sort(), all.filter((flags) => !common.includes(flags)).sort());
    for (const argument of command.registeredArguments) {
      const printed = argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
      assert.match(
        page,
        new RegExp(RegExp.escape(`\`${pathOf(command)} `) + `[^\`]*${RegExp.escape(printed)}`),
      );
    }
  });
}

test('the exit codes', () => {
  const written = tableRows(page, 'Exit codes').map(([code]) => Number(code));
  assert.deepEqual(written, Object.values(exitCode));
});

test('the common options are those of every command that concerns a deployment', () => {
  const check = commands.find((command) => command.name() === 'check');
  const own = optionCells('nightjar check');
  const flags = (check?.options ?? []).map((option) => `\`${option.flags}\``);
  assert.deepEqual([...common].sort(), [...flags.filter((one) => !own.includes(one)), '`-h, --help`'].sort());
});

function commandsBelow(command: Command): readonly Command[] {
  return command.commands.flatMap((one) => [one, ...commandsBelow(one)]);
}

function optionCells(heading: string): readonly string[] {
  return tableRows(page, heading).flatMap(([cell = '']) => (cell.startsWith('`-') ? [cell] : []));
}
