import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { z } from 'zod';
import { runNightjar } from '../../test/harness/command.ts';
import { startProgram, type Program } from '../../test/harness/program.ts';
import { temporaryFolder, untilEmpty, type TemporaryFolder } from '../../test/harness/temporary-folder.ts';
import { dayAfter } from './day-after.ts';

const root = new URL('../../', import.meta.url).pathname;
const main = join(root, 'src/cli/main.ts');
const withNode = join(root, 'scripts/with-node.mjs');
/** As small as the planted hazards allow. */
const small = ['demo', '--scale', '0.0001'];
const stateSchema = z.object({ firstDay: z.string(), today: z.string() });
const runningSchema = z.object({ pid: z.number(), secrets: z.string(), today: z.string() });

/** Reads on until it says something like this; gives all that it said on the way. */
async function until(program: Program, pattern: RegExp): Promise<string> {
  const lines: string[] = [];
  for (let line = await program.line(); line !== undefined; line = await program.line()) {
    lines.push(line);
    if (pattern.test(line)) return lines.join('\n');
  }
  return assert.fail(
    `it ended before it said ${String(pattern)}:\n${lines.join('\n')}\n${program.complaints()}`,
  );
}

/** Reads to the end: its exit code, and what it said until then. */
async function toEnd(program: Program): Promise<{ readonly code: unknown; readonly words: string }> {
  const lines: string[] = [];
  for (let line = await program.line(); line !== undefined; line = await program.line()) lines.push(line);
  return { code: await program.ended, words: lines.join('\n') };
}

describe('the demo, started and ended in every way, one after the other', () => {
  let place: TemporaryFolder;
  let temporary: string;
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  const start = (...args: readonly string[]): Program => startProgram([main, ...small, ...args], environment);
  /** As npm starts it. */
  const startOuter = (): Program => startProgram([withNode, 'run', main, ...small], environment);
  const readJson = async <Value>(schema: z.ZodType<Value>, name: string): Promise<Value> =>
    schema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));

  before(async () => {
    // The servers' users walk through it.
    place = await temporaryFolder('shared');
    temporary = join(place.path, 'tmp');
    folder = join(place.path, 'demo');
    await mkdir(temporary);
    // Not every machine has a psql; what is printed for it is tried without one.
    const programs = join(place.path, 'bin');
    await mkdir(programs);
    await writeFile(join(programs, 'psql'), '');
    const path = [programs, process.env['PATH']].join(delimiter);
    environment = { NIGHTJAR_DEMO_FOLDER: folder, TMPDIR: temporary, PATH: path };
  });
  after(() => place[Symbol.asyncDispose]());

  /** The command lines of its processes. */
  async function itsProcesses(): Promise<readonly string[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const commands = await Promise.all(
      pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
    );
    return commands.filter((command) => command.includes(place.path));
  }

  /** No process of its is there, and no file of a server's; the keepers take theirs away last, and themselves then. */
  async function nothingIsLeft(): Promise<void> {
    await untilEmpty(temporary);
    const limit = Date.now() + 10_000;
    for (let left = await itsProcesses(); left.length > 0; left = await itsProcesses())
      assert.ok(Date.now() < limit, left.join('\n').replaceAll('\0', ' '));
    const { secrets } = await readJson(runningSchema, 'running.json').catch(() => ({ secrets: '' }));
    if (secrets !== '') await assert.rejects(stat(secrets), { code: 'ENOENT' });
  }

  test('SIGTERM to the outer process while the databases are made: it says so, and nothing is left', async () => {
    const demo = startOuter();
    await until(demo, /^Making up three TIS databases/);
    demo.child.kill('SIGTERM');
    assert.equal((await toEnd(demo)).code, 130);
    assert.match(demo.complaints(), /NJ-INTERNAL-ABORTED: The demo was stopped: SIGTERM was received\./);
    assert.doesNotMatch(demo.complaints(), /publish/);
    await nothingIsLeft();
  });

  describe('once it is up', () => {
    let demo: Program;
    let words: string;
    before(async () => {
      demo = startOuter();
      words = await until(demo, /^The demo stays up/);
    });
    after(() => demo.child.kill('SIGKILL'));

    test('it says what a consumer read all along, and keeps its passwords to itself', async () => {
      assert.match(words, /reads by a consumer all along: [1-9]\d*, 0 empty, 0 mixed/);
      const { secrets } = await readJson(runningSchema, 'running.json');
      assert.equal((await stat(secrets)).mode & 0o777, 0o600);
      assert.doesNotMatch(await readFile(join(folder, 'running.json'), 'utf8'), /assword/);
    });

    test('the commands that it prints work', async () => {
      const printed = [...words.matchAll(/^ {2}\.\/nightjar (.+)$/gm)].map(([, command = '']) => command);
      assert.ok(printed.includes('status') && printed.includes('demo hurt drop-column'));
      for (const command of printed) {
        // Each of the others takes as long as a night.
        if (command === 'demo hurt empty-table') continue;
        const { code, complaints } = await runNightjar(command.split(' '), environment);
        assert.equal(code, 0, `${command}: ${complaints}`);
      }
    });

    test('the lines for psql that it prints lead to what they say', async () => {
      const logins = [...words.matchAll(/^ {2}PGPASSFILE=(\S+) psql -h (\S+) -p (\d+) -U (\S+) (\S+)$/gm)];
      const seen = await Promise.all(
        logins.map(async ([, file = '', host = '', port, user = '', database = '']) => {
          assert.equal((await stat(file)).mode & 0o777, 0o600);
          const password = (await readFile(file, 'utf8')).trim().split(':').at(-1) ?? '';
          const client = new pg.Client({ host, port: Number(port), user, database, password });
          await client.connect();
          const asked = user.startsWith('ndw') ? 'ndw.person' : 'nightjar.judgement';
          const { rows } = await client.query<{ rows: string }>(`select count(*) as rows from ${asked}`);
          await client.end();
          return Number(rows[0]?.rows);
        }),
      );
      assert.equal(seen.length, 2);
      assert.ok(seen.every((count) => count > 0));
    });

    test('a run without a night is of the day that the demo lives, which runs ahead of ours', async () => {
      const { today } = await readJson(runningSchema, 'running.json');
      const run = await runNightjar(['run', '-e', 'staging'], environment);
      assert.match(run.output, new RegExp(`staging: generation 3 of night ${today} is published\\.`));
      const hold = ['generations', 'rollback', '1', '--hold', 'prices are being looked at', '-e', 'nimdta'];
      assert.equal((await runNightjar(hold, environment)).code, 0);
    });

    test('its data are not removed under it; kill -9 leaves no process and no password', async () => {
      const inUse = await runNightjar(['demo', '--clean'], environment);
      assert.equal(inUse.code, 2);
      assert.match(inUse.complaints, /^NJ-USE-DEMO-UP: /);

      const { pid } = await readJson(runningSchema, 'running.json');
      process.kill(pid, 'SIGKILL');
      assert.equal((await toEnd(demo)).code, 128 + 9);
      await nothingIsLeft();
      assert.equal((await runNightjar(['demo', 'hurt', 'kill'], environment)).code, 2);
    });
  });

  test('started again it lives the next day; stopped in that night and started once more it lives it to its end', async () => {
    const { today } = await readJson(stateSchema, 'state.json');
    const next = dayAfter(today, 1);
    const passes = new RegExp(`^A day passes in TIS: it is now ${next}\\.$`, 'm');
    const stopped = start();
    await until(stopped, passes);
    await until(stopped, /production prepare /);
    stopped.child.kill('SIGINT');
    const end = await toEnd(stopped);
    assert.equal(end.code, 130);
    assert.match(
      end.words,
      new RegExp(
        `Run \\d+ of night ${next} was stopped in \\w+: SIGINT was received\\. ` +
          `What consumers read is untouched: generation \\d+ of night ${today}\\. Its raw tables and its candidate are removed\\.`,
      ),
    );
    assert.equal((await readJson(stateSchema, 'state.json')).today, today);

    const { code, words } = await toEnd(start('--exit'));
    assert.equal(code, 0);
    assert.match(words, passes);
    assert.match(words, new RegExp(`Published for the night of ${next}`));
    // Its servers end with it: nothing is offered that cannot be done any more.
    assert.doesNotMatch(words, /\.\/nightjar|psql|stays up for/);
    assert.match(words, /^The demo ends here, and its servers with it\n {2}npm run demo {2}/m);
    // What is on hold in one environment keeps no other from its night.
    assert.match(words, /^production {2}generation \d+: 34 datasets/m);
    assert.match(
      words,
      /^nimdta {2}reads what it read before\n {2}NJ-PUBLISH-HELD: .*prices are being looked at/m,
    );
    assert.equal((await readJson(stateSchema, 'state.json')).today, next);
    await nothingIsLeft();
  });

  test('--clean says what it would remove, and removes it', async () => {
    const would = await runNightjar(['demo', '--clean', '--dry-run'], environment);
    assert.match(would.lines.join('\n'), /would be removed/);
    await stat(folder);
    const done = await runNightjar(['demo', '--clean'], environment);
    assert.match(done.lines.join('\n'), /are removed/);
    await assert.rejects(stat(folder), { code: 'ENOENT' });
  });
});
