import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProgram } from '../harness/program.ts';
import { temporaryPostgresDatabase } from '../harness/databases.ts';
import { testPostgres } from '../harness/servers.ts';
import { shownValue } from './failing-night.ts';

const program = new URL('programs/crash.ts', import.meta.url).pathname;

/** What escapes, and whether a line of ours is in its stack: a rejection that nobody waits for has none. */
const ways = [
  ['rejection', 'error 22P02', false],
  ['exception', 'error 22P02', false],
  ['command', 'error 22P02', true],
  ['in the open', 'Error', true],
] as const;

for (const [way, kind, hasLine] of ways) {
  for (const json of [false, true]) {
    test(`an error that nobody foresaw is told without its words: ${way}${json ? ', for programs' : ''}`, async () => {
      await using database = await temporaryPostgresDatabase(await testPostgres(18));
      const crashed = startProgram([program, database.url, way, ...(json ? ['--json'] : [])]);
      const lines: string[] = [];
      for (let line = await crashed.line(); line !== undefined; line = await crashed.line()) lines.push(line);
      assert.equal(await crashed.ended, 1);
      const said = [...lines, crashed.complaints()].join('\n');
      assert.doesNotMatch(said, shownValue);
      const sentence = `Something that should not happen did, during the command (${kind}).`;
      if (json) {
        const told: unknown = JSON.parse(lines.join('\n'));
        assert.ok(typeof told === 'object' && told !== null && 'error' in told && 'message' in told);
        assert.deepEqual([told.error, told.message], ['NJ-INTERNAL-UNEXPECTED', sentence]);
        assert.equal(crashed.complaints(), '');
      } else {
        assert.ok(said.includes(`NJ-INTERNAL-UNEXPECTED: ${sentence}`), said);
        assert.equal(/\n {2}at test\/night\/programs\/crash\.ts:\d+:\d+\n/.test(said), hasLine, said);
      }
    });
  }
}
