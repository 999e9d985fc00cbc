import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isAlive, startProgram } from '../harness/program.ts';

test('kill -9 of the test runner ends what it was running', async () => {
  const program = startProgram([fileURLToPath(new URL('programs/hold-group.ts', import.meta.url))]);
  const pid = Number(await program.line());
  assert.equal(isAlive(pid), true);
  program.child.kill('SIGKILL');
  // The endless program holds the same pipe: its end is that program's end.
  assert.equal(await program.line(), undefined);
});
