import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { colours } from '../../src/cli/colours.ts';
import type { Output } from '../../src/cli/output.ts';

const program = resolve(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

/** Starts a run as anyone would, and kills it with SIGKILL once it has read the source and is building. */
export async function killRun(output: Output): Promise<void> {
  output.say(`${colours.bold('The harm')}: a run of production is killed (SIGKILL) while it builds.`);
  const child = spawn(process.execPath, [program, 'run', '-e', 'production'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => {
    child.once('exit', (code, signal) => {
      const end = signal ?? `exit code ${String(code)}`;
      output.tell({ action: 'hurt', fault: 'kill', end });
      output.say(`  The run ended: ${end}.`);
      done();
    });
  });
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    for (const line of text.trimEnd().split('\n')) output.say(`  ${line}`);
    // The line of a stage is printed when it ends.
    if (/ extract +\d/.test(text)) child.kill('SIGKILL');
  });
  await ended;
  output.say(
    "  What it left (raw tables, half a candidate) is taken away by the next run, without anyone's help.",
  );
}
