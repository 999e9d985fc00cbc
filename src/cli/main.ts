import { CommanderError } from 'commander';
import { exitCode } from './exit-code.ts';
import { outliveReaders } from './outlive-readers.ts';
import { buildProgram } from './program.ts';
import { tellOfCrashes } from './tell-of-crashes.ts';

// Before the command line is understood, which is what may fail.
const json = process.argv.includes('--json');
outliveReaders();
tellOfCrashes(json);

try {
  await buildProgram({ json }).parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.wrongUse;
  if (json && error.exitCode !== 0) (await import('./tell-wrong-use.ts')).tellWrongUse(error);
}
