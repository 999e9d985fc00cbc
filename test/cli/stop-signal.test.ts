import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProgram, type Program } from '../harness/program.ts';

const work = new URL('programs/work.ts', import.meta.url).pathname;

/** Starts a command that works until its signal fires, and then does as `how` says. */
async function working(how: string): Promise<Program> {
  const program = startProgram([work, how]);
  assert.equal(await program.line(), 'at work');
  return program;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  for (const how of ['throws its reason', 'throws something foreign', 'throws a failure'] as const) {
    test(`${signal} ends a command that ${how} as one that was stopped`, async () => {
      const program = await working(how);
      program.child.kill(signal);
      assert.equal(await program.ended, 130);
      assert.match(program.complaints(), new RegExp(`Stopping \\(${signal}\\); once more ends it at once`));
      assert.match(
        program.complaints(),
        new RegExp(`NJ-INTERNAL-ABORTED: The command was stopped: ${signal} was received\\.`),
      );
    });
  }
}

test('a second Ctrl-C ends it at once, and says what is left as it is', async () => {
  const program = await working('goes on');
  program.child.kill('SIGINT');
  assert.equal(await program.line(), 'told to stop');
  program.child.kill('SIGINT');
  assert.equal(await program.ended, 130);
  assert.match(program.complaints(), /Ended at once \(SIGINT\)\. The work is left half done\.\n$/);
});

test('a command that fails without being told to stop has failed', async () => {
  const program = startProgram([work, 'fails at once']);
  assert.equal(await program.ended, 1);
  assert.match(program.complaints(), /NJ-INTERNAL-UNEXPECTED: .* during the command \(TypeError\)/);
});
