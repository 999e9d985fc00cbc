import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { startProgram } from '../harness/program.ts';

const withNode = fileURLToPath(new URL('../../scripts/with-node.mjs', import.meta.url));
const report = fileURLToPath(new URL('programs/report.mjs', import.meta.url));
const reportSchema = z.object({ version: z.string(), path: z.array(z.string()), rest: z.array(z.string()) });

test('the program runs under the pinned Node, with its arguments, and nothing else is said', async () => {
  const binFolder = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url));
  const program = startProgram([withNode, 'all', report, '0', 'a b', '--c'], {
    PATH: `${binFolder}:${process.env['PATH'] ?? ''}`,
  });
  const said = reportSchema.parse(JSON.parse((await program.line()) ?? ''));
  const runtime = await readFile(new URL('../../runtime/package.json', import.meta.url), 'utf8');
  assert.match(runtime, new RegExp(`"${said.version.slice(1)}"`));
  assert.deepEqual(said.rest, ['a b', '--c']);
  assert.equal(said.path.includes(binFolder), false);
  assert.match(said.path[0] ?? '', /runtime\/node_modules\/node-linux-[^/]+\/bin$/);
  assert.equal(await program.ended, 0);
  assert.equal(program.complaints(), '');
});

test('the exit code is passed on, and a signal as 128 and its number', async () => {
  assert.equal(await startProgram([withNode, 'all', report, '7']).ended, 7);
  assert.equal(await startProgram([withNode, 'all', report, 'die']).ended, 128 + 9);
});

test('SIGTERM is passed on, and waited for', async () => {
  const program = startProgram([withNode, 'all', report, 'wait']);
  await program.line();
  program.child.kill('SIGTERM');
  assert.equal(await program.line(), 'told to end');
  assert.equal(await program.ended, 9);
});

test('kill -9 of the one that handed over ends the program too', async () => {
  const program = startProgram([withNode, 'all', report, 'wait']);
  await program.line();
  program.child.kill('SIGKILL');
  assert.equal(await program.line(), 'told to end');
  assert.equal(await program.line(), undefined);
});

test('wrong use is told the right one', async () => {
  const program = startProgram([withNode, 'most', report]);
  assert.equal(await program.ended, 2);
  assert.match(program.complaints(), /run\|all FILE/);
});
