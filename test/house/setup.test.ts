import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { shareLock, startOf, withLock } from '../../scripts/setup/lock.mjs';
import { platform } from '../../scripts/setup/paths.mjs';
import { Stamp } from '../../scripts/setup/stamp.mjs';
import { startProgram } from '../harness/program.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const run = promisify(execFile);

async function projectWithLockFiles(path: string): Promise<void> {
  for (const folder of ['node_modules', 'runtime', 'test/postgres-15'])
    await mkdir(join(path, folder), { recursive: true });
  for (const folder of ['', 'runtime', 'test/postgres-15'])
    await writeFile(join(path, folder, 'package-lock.json'), folder);
}

test('a stamp holds until a lock file of its mode changes', async () => {
  await using project = await temporaryFolder();
  await projectWithLockFiles(project.path);
  const stamp = new Stamp(project.path);
  assert.equal(stamp.holds('run'), false);
  stamp.write('run');
  assert.equal(stamp.holds('run'), true);
  assert.equal(stamp.holds('all'), false);
  await appendFile(join(project.path, 'test/postgres-15/package-lock.json'), 'changed');
  assert.equal(stamp.holds('run'), true);
  await appendFile(join(project.path, 'runtime/package-lock.json'), 'changed');
  assert.equal(stamp.holds('run'), false);
});

test('the shell reads a stamp as we do', async () => {
  await using project = await temporaryFolder();
  await projectWithLockFiles(project.path);
  new Stamp(project.path).write('all');
  const check = () =>
    run('sha256sum', ['--check', '--status', `node_modules/.nightjar-${platform}-all`], {
      cwd: project.path,
    });
  await check();
  await appendFile(join(project.path, 'package-lock.json'), 'changed');
  await assert.rejects(check(), { code: 1 });
});

test('the lock lets one process at a time through, and every one in the end', async () => {
  await using folder = await temporaryFolder();
  const journal = join(folder.path, 'journal');
  const holder = fileURLToPath(new URL('programs/hold-lock.mjs', import.meta.url));
  const programs = Array.from({ length: 5 }, () =>
    startProgram([holder, join(folder.path, 'lock'), journal]),
  );
  assert.deepEqual(await Promise.all(programs.map((program) => program.ended)), [0, 0, 0, 0, 0]);
  const lines = (await readFile(journal, 'utf8')).trim().split('\n');
  assert.equal(lines.length, 5 * 3 * 2);
  for (let i = 0; i < lines.length; i += 2) {
    assert.match(lines[i] ?? '', /^begin/);
    assert.equal(lines[i + 1], lines[i]?.replace('begin', 'end'));
  }
});

test('the lock of a dead process, or of another with its number, does not count', async () => {
  await using folder = await temporaryFolder();
  const dead = startProgram(['-e', '']);
  const { pid } = dead.child;
  const start = startOf(Number(pid)) ?? '1';
  await dead.ended;
  await writeFile(join(folder.path, `${pid}-${start}`), '');
  await writeFile(join(folder.path, `${process.ppid}-1`), '');
  let waited = false;
  const done = await withLock(
    folder.path,
    () => (waited = true),
    async () => readdir(folder.path),
  );
  assert.deepEqual(done, [`${process.pid}-${startOf(process.pid)}`]);
  assert.equal(waited, false);
  assert.deepEqual(await readdir(folder.path), []);
});

test('who finds the lock taken says so once and gets it when the other is gone', async () => {
  await using folder = await temporaryFolder();
  const other = startProgram(['-e', 'console.log(); process.stdin.resume(); setInterval(() => {}, 60000)']);
  await other.line();
  shareLock(folder.path, Number(other.child.pid));
  let waits = 0;
  const onWait = () => {
    waits += 1;
    other.child.kill('SIGKILL');
  };
  assert.equal(await withLock(folder.path, onWait, async () => 'mine'), 'mine');
  assert.equal(waits, 1);
});
