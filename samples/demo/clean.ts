import type { Context } from '../../src/cli/context.ts';
import { exitCode, type ExitCode } from '../../src/cli/exit-code.ts';
import { demoFolder, removeDemo } from './demo-folder.ts';

export async function cleanDemo({ output }: Context): Promise<ExitCode> {
  await removeDemo();
  output.say(`The demo's data (${demoFolder}) are removed.`);
  return exitCode.done;
}
