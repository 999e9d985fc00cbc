import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runNightjar, type CommandEnd } from '../harness/command.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const example = new URL('../../nightjar.yaml', import.meta.url).pathname;

test('the data map says what goes to whom, in sentences and as objects', async () => {
  await using place = await temporaryFolder();
  const empty = join(place.path, 'nightjar.yaml');
  await writeFile(empty, '');
  const people = await runNightjar(['data-map', '-e', 'staging', '-f', example]);
  assert.equal(people.code, 0, people.complaints);
  assert.equal(people.lines[0], 'staging');
  assert.match(people.lines.join('\n'), /^ {2}ndw \(login .+\): \d+ personal columns, 0 special columns$/m);
  assert.match(people.lines.join('\n'), /^ {4}person, personal: .*\bsurname\b/m);
  assert.match(
    people.lines.join('\n'),
    /^ {2}ndw_restricted .*: \d+ personal columns, [1-9]\d* special columns$/m,
  );
  assert.doesNotMatch(people.lines.join('\n'), /^production$/m);

  const programs = await runNightjar(['data-map', '--json', '-f', example]);
  for (const environment of ['production', 'staging']) {
    const start = `{"environment":"${environment}","consumer":"colleges","logins":[`;
    const map = programs.lines.find((line) => line.startsWith(start) && line.includes('"dataset":"person",'));
    assert.match(map ?? '', /"personal":\[(?:"\w+",)*"surname"[^\]]*\],"special":\[\]}$/);
  }
  assert.equal((await runNightjar(['data-map', '-f', empty])).code, 3);
});

test('the variable names the environment where the command line does not, as the option would', async () => {
  const mapped = (args: readonly string[], name: string): Promise<CommandEnd> =>
    runNightjar(['data-map', '-f', example, ...args], { NIGHTJAR_ENVIRONMENT: name });
  const { lines } = await mapped([], 'staging');
  assert.deepEqual(
    lines.filter((line) => /^\w+$/.test(line)),
    ['staging'],
  );
  assert.equal((await mapped(['-e', 'nimdta'], 'staging')).lines[0], 'nimdta');
  for (const command of ['data-map', 'status', 'check']) {
    const { code, complaints } = await runNightjar([command, '-f', example], {
      NIGHTJAR_ENVIRONMENT: 'stagign',
    });
    assert.equal(code, 2);
    assert.match(
      complaints,
      /^NJ-USE-ENVIRONMENT: There is no environment "stagign"; .*Did you mean staging\?/,
    );
  }
});
