import { access } from 'node:fs/promises';
import type { Context } from '../../src/cli/context.ts';
import { demoFolder } from '../../src/cli/demo-files.ts';
import { exitCode, type ExitCode } from '../../src/cli/exit-code.ts';
import type { DryRunOption } from '../../src/cli/samples.ts';
import { nightjarError } from '../../src/error/nightjar-error.ts';
import { removeDemo } from './demo-folder.ts';
import { isDemoUp } from './running-demo.ts';

/** Throws NJ-USE-DEMO-UP: the data of a demo that is up are in use. */
export async function cleanDemo({ dryRun = false }: DryRunOption, { output }: Context): Promise<ExitCode> {
  if (await isDemoUp()) throw nightjarError('NJ-USE-DEMO-UP', { folder: demoFolder });
  const there = await access(demoFolder).then(
    () => true,
    () => false,
  );
  if (!dryRun) await removeDemo();
  output.tell({ action: 'clean', folder: demoFolder, there, dryRun });
  output.say(
    there
      ? `The demo's data (${demoFolder}) ${dryRun ? 'would be' : 'are'} removed.`
      : `There are no data of a demo in ${demoFolder}.`,
  );
  return exitCode.done;
}
