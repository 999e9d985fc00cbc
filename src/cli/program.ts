import { Command } from 'commander';
import { engineVersion } from '../pipeline/engine-version.ts';
import { addCheck } from './check.ts';
import { addDataMap } from './data-map.ts';
import { addDemo } from './demo.ts';
import { addExplain } from './explain.ts';
import { addErase } from './erase.ts';
import { addFaults } from './faults.ts';
import { addGenerations } from './generations.ts';
import { addHelp } from './help.ts';
import { addHold } from './hold.ts';
import { addRead } from './read.ts';
import { addRun } from './run.ts';
import { addSample } from './sample.ts';
import { addStatus } from './status.ts';
import { addSwitchDue } from './switch-due.ts';
import { addVerify } from './verify.ts';
import { addWarehouse } from './warehouse.ts';
import { addWhy } from './why.ts';
import { answerWrongUse } from './wrong-use.ts';

/**
 * All commands, none begun. What a command works with is loaded by its action, so that help and wrong use answer at
 * once.
 *
 * @param json a program is asking: nothing is written for people, wrong use included.
 */
export function buildProgram({ json }: { readonly json: boolean }): Command {
  const program = new Command('nightjar')
    .configureOutput(json ? { writeErr: () => undefined } : {})
    .description(
      'Copies operational databases into a warehouse every night and shows them to their readers all at once or not at all.',
    )
    .usage('<command> [options]')
    .helpOption('-h, --help', "show this, or a command's own help")
    .version(engineVersion, '--version', "print Nightjar's version, and end")
    .showSuggestionAfterError(true)
    .configureHelp({ sortSubcommands: false })
    .addHelpText(
      'after',
      `
Begin with:
  nightjar demo                    a whole night on this machine, with made-up doctors
  nightjar check -e staging        are the files, the sources and the warehouse as they should be?
  nightjar run -e staging          read, build, audit, publish
  nightjar status -e staging       what does each consumer have, and what happens next?
  nightjar explain CODE            what an error means, and what to do

Files: nightjar.yaml in this folder, or --file, or NIGHTJAR_FILE. Add --json to any command for programs.`,
    )
    .exitOverride();
  for (const add of [
    addDemo,
    addCheck,
    addRun,
    addStatus,
    addGenerations,
    addHold,
    addFaults,
    addWhy,
    addVerify,
    addErase,
    addSwitchDue,
    addRead,
    addWarehouse,
    addDataMap,
    addSample,
    addExplain,
    addHelp,
  ]) {
    add(program);
  }
  answerWrongUse(program);
  return program;
}
