import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wantsColours } from '../../src/cli/colours.ts';
import { runNightjar } from '../harness/command.ts';

const terminal = { isTTY: true };
const file = {};

test('a terminal gets colours, a file none, and the environment has the last word', () => {
  assert.equal(wantsColours(terminal, {}), true);
  assert.equal(wantsColours(file, {}), false);
  assert.equal(wantsColours(terminal, { TERM: 'dumb' }), false);
  assert.equal(wantsColours(terminal, { NO_COLOR: '1' }), false);
  assert.equal(wantsColours(terminal, { NO_COLOR: '' }), true);
  assert.equal(wantsColours(file, { FORCE_COLOR: '1' }), true);
  assert.equal(wantsColours(terminal, { FORCE_COLOR: '0' }), false);
  assert.equal(wantsColours(terminal, { FORCE_COLOR: '1', NO_COLOR: '1' }), false);
});

test('the log of a build server stays plain', async () => {
  const { output } = await runNightjar(['explain', 'NJ-NO-SUCH-CODE'], { CI: 'true', NO_COLOR: undefined });
  assert.match(output, /NJ-/);
  assert.doesNotMatch(output, /\x1b/);
});
