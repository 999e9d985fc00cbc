import { CommanderError } from 'commander';
import { exitCode } from './exit-code.ts';
import { outliveReaders } from './outlive-readers.ts';
import { buildProgram } from './program.ts';

outliveReaders();

try {
  await buildProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.wrongUse;
}
